// Lending memory to operations.

import IOSpec

// A span that is borrowed by an asynchronous function stays valid until that returns, and none here returns before the operation's own completion: so its address may be lent
// to the operation. This is the one place where the runtime takes an address.

extension MemoryRegion {
    /// The bytes of a span, to be filled.
    init(filling span: inout MutableRawSpan) {
        self = unsafe span.withUnsafeMutableBytes { unsafe MemoryRegion($0) }
    }

    /// The bytes of a span, to be read.
    init(reading span: RawSpan) {
        self = unsafe span.withUnsafeBytes { unsafe MemoryRegion($0) }
    }
}
