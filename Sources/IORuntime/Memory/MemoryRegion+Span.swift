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
        if count <= Limits.maximumTransfer { return self }
        // Sound: it lies inside a region whose lender made the promise already.
        return unsafe MemoryRegion(address: address, count: Limits.maximumTransfer)
    }

    /// The bytes of a span, to be read.
    init(reading span: RawSpan) {
        self = unsafe span.withUnsafeBytes { unsafe MemoryRegion($0) }
    }
}
