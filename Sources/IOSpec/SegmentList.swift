// The segments of a vectored transfer: memory that holds memory regions.

/// A borrowed array of ``MemoryRegion`` values, filled or emptied one after the other by a vectored operation.
///
/// Both the array and every region in it belong to the backend until the operation's own terminal completion. On the
/// 64-bit systems a region is laid out as their native scatter–gather element, so nothing is copied.
public struct SegmentList: BitwiseCopyable, Hashable, Sendable {
    /// The address of the first region. Without meaning when `count` is zero.
    public let address: UInt

    /// The number of regions, at most ``Limits/maximumSegments`` (clause `result.segment-limit`).
    public let count: Int

    /// Names `count` regions at `address`; the promise is that of ``MemoryRegion/init(address:count:)``.
    @unsafe
    public init(address: UInt, count: Int) {
        self.address = address
        self.count = count
    }

    /// Names the regions in `buffer`; the promise is that of ``MemoryRegion/init(address:count:)``.
    @unsafe
    public init(_ buffer: UnsafeBufferPointer<MemoryRegion>) {
        unsafe self.init(address: UInt(bitPattern: buffer.baseAddress), count: buffer.count)
    }

    /// The region at `index`.
    ///
    /// Unsafe because it reads the lender's memory.
    @unsafe
    public func region(at index: Int) -> MemoryRegion {
        unsafe UnsafePointer<MemoryRegion>(bitPattern: address).unsafelyUnwrapped[index]
    }

    /// The list without its first `count` regions.
    ///
    /// - Precondition: `0 <= count <= self.count`.
    public func dropping(_ count: Int) -> SegmentList {
        precondition(count >= 0 && count <= self.count, "Cannot drop more segments than the list has")
        let bytes = UInt(bitPattern: count) &* UInt(bitPattern: MemoryLayout<MemoryRegion>.stride)
        // Sound: the result lies inside a list whose lender made the promise already.
        return unsafe SegmentList(address: address &+ bytes, count: self.count &- count)
    }
}
