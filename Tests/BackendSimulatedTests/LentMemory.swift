// Memory for the operations of a program.

import IOSpec

/// Memory that lives as long as somebody has it. Whoever lends it keeps it until the operation is over.
@safe
final class LentMemory {
    private let buffer: UnsafeMutableRawBufferPointer

    init(_ bytes: [UInt8]) {
        unsafe buffer = .allocate(byteCount: max(1, bytes.count), alignment: 16)
        self.bytes = bytes
        region = unsafe MemoryRegion(UnsafeMutableRawBufferPointer(rebasing: buffer[..<bytes.count]))
    }

    convenience init(count: Int) { self.init([UInt8](repeating: 0, count: count)) }

    /// Holds a value as it lies in memory.
    convenience init<Value: BitwiseCopyable>(holding value: Value) {
        var value = value
        self.init(unsafe withUnsafeBytes(of: &value) { unsafe Array($0) })
    }

    deinit { unsafe buffer.deallocate() }

    private(set) var region = MemoryRegion.empty

    var bytes: [UInt8] {
        get { unsafe Array(buffer[..<region.count]) }
        set { unsafe buffer.copyBytes(from: newValue) }
    }

    func load<Value: BitwiseCopyable>(as type: Value.Type) -> Value { unsafe buffer.loadUnaligned(as: type) }
}
