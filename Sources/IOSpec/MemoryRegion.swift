// A stretch of memory that an operation reads or fills, as plain data.

/// The address and length of memory that is lent to an operation.
///
/// A region is plain data so that operations can be logged, compared and replayed. The memory belongs to the backend
/// from `submit` until the operation's own terminal completion has been reaped, whatever was cancelled in between
/// (clause `buffer.owned-until-completion`).
public struct MemoryRegion: BitwiseCopyable, Hashable, Sendable {
    /// The address of the first byte. Without meaning when `count` is zero.
    public let address: UInt

    /// The length in bytes.
    public let count: Int

    /// Names `count` bytes at `address`.
    ///
    /// Unsafe because whoever submits the region promises that the memory stays valid, and is not touched by anyone
    /// else, until the operation's own terminal completion.
    @unsafe
    public init(address: UInt, count: Int) {
        self.address = address
        self.count = count
    }

    /// Names the memory of `buffer`; the promise is that of ``init(address:count:)``.
    @unsafe
    public init(_ buffer: UnsafeMutableRawBufferPointer) {
        unsafe self.init(address: UInt(bitPattern: buffer.baseAddress), count: buffer.count)
    }

    /// Names the memory of `buffer`, which the operation must only read; the promise is that of ``init(address:count:)``.
    @unsafe
    public init(_ buffer: UnsafeRawBufferPointer) {
        unsafe self.init(address: UInt(bitPattern: buffer.baseAddress), count: buffer.count)
    }

    /// No memory at all.
    public static var empty: MemoryRegion { unsafe MemoryRegion(address: 0, count: 0) }

    /// The region without its first `count` bytes.
    ///
    /// - Precondition: `0 <= count <= self.count`.
    public func dropping(_ count: Int) -> MemoryRegion {
        precondition(count >= 0 && count <= self.count, "Cannot drop more bytes than the region has")
        // Sound: the result lies inside a region whose lender made the promise already.
        return unsafe MemoryRegion(address: address &+ UInt(bitPattern: count), count: self.count &- count)
    }
}
