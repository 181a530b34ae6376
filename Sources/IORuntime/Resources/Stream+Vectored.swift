// Transfers of several pieces at once.

public import IOSpec

extension Stream {
    /// Receives some bytes into two buffers, the second when the first is full: at least one, or 0 at the end of the stream (clause `stream.vectored`).
    public nonisolated(nonsending) func receive(
        into first: inout MutableRawSpan, _ second: inout MutableRawSpan, until deadline: Instant = .never
    ) async throws(IOFailure) -> Int {
        defer { extendLifetime(first) }
        defer { extendLifetime(second) }
        let segments = SegmentBlock(MemoryRegion(filling: &first), MemoryRegion(filling: &second), on: open.loop)
        defer { extendLifetime(segments) }
        return try await open.perform(.stream(.receiveVectored(open.handle, into: segments.list)), until: deadline)
    }

    /// Sends all of two pieces, such as a header and a body (clause `stream.vectored`).
    ///
    /// - Throws: a failure that tells how many bytes were sent before.
    public nonisolated(nonsending) func send(
        _ first: RawSpan, _ second: RawSpan, until deadline: Instant = .never
    ) async throws(IOFailure) {
        defer { extendLifetime(first) }
        defer { extendLifetime(second) }
        let segments = SegmentBlock(MemoryRegion(reading: first), MemoryRegion(reading: second), on: open.loop)
        try await open.performWhole(segments, until: deadline) { rest, _ in .stream(.sendVectored(open.handle, from: rest)) }
    }

    /// Sends all of several pieces.
    ///
    /// - Throws: a failure that tells how many bytes were sent before.
    public nonisolated(nonsending) func send(_ pieces: [[UInt8]], until deadline: Instant = .never) async throws(IOFailure) {
        defer { extendLifetime(pieces) }
        let segments = SegmentBlock(pieces.map(MemoryRegion.init(reading:)), on: open.loop)
        try await open.performWhole(segments, until: deadline) { rest, _ in .stream(.sendVectored(open.handle, from: rest)) }
    }

    /// As ``send(_:until:)``, and where the kernel can, without copying: it returns when `bytes` may be changed again, which may be when the peer has taken them (clause
    /// `stream.zero-copy`).
    public nonisolated(nonsending) func sendWithoutCopying(_ bytes: RawSpan, until deadline: Instant = .never) async throws(IOFailure) {
        defer { extendLifetime(bytes) }
        try await open.performWhole(MemoryRegion(reading: bytes), until: deadline) { rest, _ in
            .stream(.sendZeroCopy(open.handle, from: rest))
        }
    }
}
