// Which buffer of its pool an operation has filled.

/// A buffer that belongs to the program from the completion that names it until it is given back.
public struct SelectedBuffer: BitwiseCopyable, Hashable, Sendable {
    /// Which buffer, from 0 on.
    public let index: Int
    /// The bytes that it was filled with, at least one.
    public let count: Int

    /// A buffer of a pool.
    ///
    /// - Precondition: both numbers are within the limits of ``BufferPool``.
    public init(index: Int, count: Int) {
        precondition(index >= 0 && index < BufferPool.maximumCount, "A pool has no buffer of that index")
        precondition(count > 0 && count <= BufferPool.maximumSize, "A buffer does not hold that many bytes")
        self.index = index
        self.count = count
    }

    /// The buffer that the result of a completion names, or nil when that is 0 or an error.
    public init?(encoded result: Int32) {
        if result <= 0 || result & 0xffff == 0 { return nil }
        self.init(index: Int(result >> 16), count: Int(result & 0xffff))
    }

    /// The result of a completion: the count in the low 16 bits, the index above.
    public var encoded: Int32 { Int32(index) << 16 | Int32(count) }
}
