// Memory of the runtime's own that is lent to an operation: a path, an address, a status.

import IOSpec

/// A piece of memory that lies still for as long as an operation has it.
@safe
struct LentBlock: ~Copyable {
    private let memory: UnsafeMutableRawBufferPointer

    /// Zeros.
    init(count: Int) {
        unsafe memory = .allocate(byteCount: max(count, 1), alignment: 16)
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
    }

    /// A path with its closing zero.
    ///
    /// - Throws: `.invalidArgument` for a path with a zero in it.
    init(path: String) throws(IOError) {
        if path.utf8.contains(0) { throw IOError(.invalidArgument) }
        self.init(count: path.utf8.count + 1)
        unsafe memory.copyBytes(from: path.utf8)
    }

    /// A value.
    init<Value: BitwiseCopyable>(_ value: Value) {
        self.init(count: MemoryLayout<Value>.size)
        unsafe memory.storeBytes(of: value, as: Value.self)
    }

    // Sound: whoever lends the region keeps the block until the operation is over.
    deinit { unsafe memory.deallocate() }

    var region: MemoryRegion { unsafe MemoryRegion(memory) }

    /// The value that it holds.
    func load<Value: BitwiseCopyable>(as type: Value.Type) -> Value { unsafe memory.load(as: type) }
}
