// The segments of a vectored operation.

import IOSpec

/// The regions of a vectored operation in memory that can be lent, and what of them is still to be moved.
struct SegmentBlock: ~Copyable {
    private static var stride: Int { MemoryLayout<MemoryRegion>.stride }

    private let block: LentBlock
    private let count: Int
    private var first = 0
    /// The bytes that are still to be moved.
    private(set) var byteCount = 0

    /// `regions` must be valid for as long as the block is lent.
    init(_ regions: [MemoryRegion], on loop: EventLoop) {
        count = regions.reduce(0) { $0 + Self.pieces(of: $1) }
        block = LentBlock(count: count * Self.stride, on: loop)
        var place = 0
        for region in regions { append(region, &place) }
    }

    /// Two regions, without an array.
    init(_ first: MemoryRegion, _ second: MemoryRegion, on loop: EventLoop) {
        count = Self.pieces(of: first) + Self.pieces(of: second)
        block = LentBlock(count: count * Self.stride, on: loop)
        var place = 0
        append(first, &place)
        append(second, &place)
    }

    /// What one operation may move of it.
    var list: SegmentList {
        var length = 0
        var end = first
        while end < count, end - first < Limits.maximumSegments {
            length += region(at: end).count
            if length > Limits.maximumTransfer { break }
            end += 1
        }
        // Sound: the regions lie in the block, and whoever made it promised them.
        return unsafe SegmentList(
            address: block.region.address + UInt(first * Self.stride), count: end - first)
    }

    /// Notes that the first `moved` bytes have been moved.
    mutating func drop(_ moved: Int) {
        byteCount -= moved
        var rest = moved
        while first < count {
            let region = region(at: first)
            if rest < region.count { return block.store(region.dropping(rest), at: first * Self.stride) }
            rest -= region.count
            first += 1
        }
    }

    private func region(at place: Int) -> MemoryRegion { block.load(at: place * Self.stride, as: MemoryRegion.self) }

    // A region that is longer than an operation may be takes several places, each of which is not.
    private mutating func append(_ region: MemoryRegion, _ place: inout Int) {
        byteCount += region.count
        var rest = region
        repeat {
            let piece = rest.atMostOneTransfer
            block.store(piece, at: place * Self.stride)
            rest = rest.dropping(piece.count)
            place += 1
        } while rest.count > 0
    }

    private static func pieces(of region: MemoryRegion) -> Int {
        max(1, (region.count + Limits.maximumTransfer - 1) / Limits.maximumTransfer)
    }
}
