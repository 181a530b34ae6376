// Memory of the runtime's own that is lent to an operation: a path, an address, a status.

import IOSpec

/// A piece of memory that lies still for as long as an operation has it.
///
/// A loop keeps small ones for the next time, so that on its thread a transfer that needs one allocates nothing.
@safe
struct LentBlock: ~Copyable {
    /// The bytes of a block that loops keep.
    static var keptSize: Int { 512 }
    /// What memory is aligned to: a large block can be used for direct transfers.
    private static func alignment(of count: Int) -> Int { count < 4096 ? 16 : 4096 }

    private let memory: UnsafeMutableRawBufferPointer
    private let loop: EventLoop

    /// Zeros.
    init(count: Int, on loop: EventLoop) {
        self.loop = loop
        let base = unsafe count <= Self.keptSize ? loop.takeBlock() : nil
        if let base = unsafe base {
            unsafe memory = UnsafeMutableRawBufferPointer(start: base, count: count)
        } else {
            let size = max(count, Self.keptSize)
            let base = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: Self.alignment(of: count))
            unsafe memory = UnsafeMutableRawBufferPointer(start: base, count: count)
        }
        unsafe memory.initializeMemory(as: UInt8.self, repeating: 0)
    }

    /// A path with its closing zero.
    ///
    /// - Throws: `.invalidArgument` for a path with a zero in it.
    init(path: String, on loop: EventLoop) throws(IOError) {
        if path.utf8.contains(0) { throw IOError(.invalidArgument) }
        self.init(count: path.utf8.count + 1, on: loop)
        unsafe memory.copyBytes(from: path.utf8)
    }

    /// A value.
    init<Value: BitwiseCopyable>(_ value: Value, on loop: EventLoop) {
        self.init(count: MemoryLayout<Value>.size, on: loop)
        store(value)
    }

    // Sound: whoever lends the region keeps the block until the operation is over, and every block of the size that is kept, or less, has that size.
    deinit {
        guard let base = unsafe memory.baseAddress else { return }
        if unsafe memory.count <= Self.keptSize && loop.keepBlock(base) { return }
        unsafe base.deallocate()
    }

    var region: MemoryRegion { unsafe MemoryRegion(memory) }

    /// A part of it, `count` bytes from `offset` on.
    func region(at offset: Int, count: Int) -> MemoryRegion {
        unsafe MemoryRegion(UnsafeMutableRawBufferPointer(rebasing: memory[offset..<offset + count]))
    }

    /// The value that it holds at `offset`.
    func load<Value: BitwiseCopyable>(at offset: Int = 0, as type: Value.Type) -> Value {
        unsafe memory.load(fromByteOffset: offset, as: type)
    }

    /// Has it hold a value at `offset`.
    func store<Value: BitwiseCopyable>(_ value: Value, at offset: Int = 0) {
        unsafe memory.storeBytes(of: value, toByteOffset: offset, as: Value.self)
    }

    /// The text in its first `count` bytes.
    func text(count: Int) -> String { unsafe String(decoding: memory[..<count], as: UTF8.self) }
}
