// Lending memory to operations.

import IOSpec

// A span that is borrowed by an asynchronous function stays valid until that returns, and none here returns before the operation's own completion: so its address may be lent
// to the operation. This is the one place where the runtime takes an address; whoever lends one extends the life of the span beyond the operation.

extension MemoryRegion {
    /// The bytes of a span, to be filled.
    init(filling span: inout MutableRawSpan) {
        self = unsafe span.withUnsafeMutableBytes { unsafe MemoryRegion($0) }
    }

    /// As much of it as one operation may move.
    var atMostOneTransfer: MemoryRegion {
        prefix(min(count, Limits.maximumTransfer))
    }

    /// Its first `count` bytes, which it has.
    func prefix(_ count: Int) -> MemoryRegion {
        precondition(count >= 0 && count <= self.count, "A region has no more bytes than it has")
        // Sound: it lies inside a region whose lender made the promise already.
        return unsafe MemoryRegion(address: address, count: count)
    }

    /// The bytes of a span, to be read.
    init(reading span: RawSpan) {
        self = unsafe span.withUnsafeBytes { unsafe MemoryRegion($0) }
    }

    /// The bytes of an array, to be read for as long as somebody has it: an array's bytes lie on the heap, and nobody changes what is shared.
    init(reading array: [UInt8]) {
        self.init(reading: unsafe array.span.bytes)
    }
}
