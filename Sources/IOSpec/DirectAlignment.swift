// What direct transfers of a file must be aligned to, small enough to travel with its handle.

/// The alignments of direct transfers, each a power of two.
public struct DirectAlignment: BitwiseCopyable, Hashable, Sendable {
    /// The base-two logarithm of the alignment in memory.
    public let memoryShift: UInt8
    /// The base-two logarithm of the alignment of offset and length.
    public let offsetShift: UInt8

    /// Nothing is known, and nothing is required: the kernel decides.
    @inlinable
    public static var none: DirectAlignment { DirectAlignment(memory: 0, offset: 0) }

    /// Alignments in bytes; what is not a power of two, as the 0 of a file that tells none, is taken for 1.
    @inlinable
    public init(memory: UInt32, offset: UInt32) {
        memoryShift = memory.nonzeroBitCount == 1 ? UInt8(memory.trailingZeroBitCount) : 0
        offsetShift = offset.nonzeroBitCount == 1 ? UInt8(offset.trailingZeroBitCount) : 0
    }

    /// Whether memory of `count` bytes at `address` is aligned; no memory always is.
    @inlinable
    public func admits(address: UInt, count: Int) -> Bool {
        if count == 0 { return true }
        return address & (1 << UInt(memoryShift) - 1) == 0 && count & (1 << Int(offsetShift) - 1) == 0
    }

    /// Whether a transfer may begin at `offset`.
    @inlinable
    public func admits(offset: Int64) -> Bool {
        offset & (1 << Int64(offsetShift) - 1) == 0
    }
}
