// Transfers of several pieces at once, and at the end of a file.

import IOSpec

extension File {
    /// Reads from `offset` on into two buffers, the second when the first is full (clause `file.vectored`); otherwise as ``read(into:at:)``.
    public nonisolated(nonsending) func read(
        into first: inout MutableRawSpan, _ second: inout MutableRawSpan, at offset: Int64
    ) async throws(IOFailure) -> Int {
        defer { extendLifetime(first) }
        defer { extendLifetime(second) }
        let segments = SegmentBlock(MemoryRegion(filling: &first), MemoryRegion(filling: &second), on: open.loop)
        defer { extendLifetime(segments) }
        return try await open.perform(.file(.readVectored(open.handle, into: segments.list, at: offset)))
    }

    /// Writes all of two pieces, one after the other, at `offset` (clause `file.vectored`).
    ///
    /// - Throws: a failure that tells how many bytes were written before.
    public nonisolated(nonsending) func write(_ first: RawSpan, _ second: RawSpan, at offset: Int64) async throws(IOFailure) {
        defer { extendLifetime(first) }
        defer { extendLifetime(second) }
        let segments = SegmentBlock(MemoryRegion(reading: first), MemoryRegion(reading: second), on: open.loop)
        try await open.performWhole(segments) { rest, moved in
            .file(.writeVectored(open.handle, from: rest, at: offset + Int64(moved)))
        }
    }

    /// Writes all of several pieces.
    ///
    /// - Throws: a failure that tells how many bytes were written before.
    public nonisolated(nonsending) func write(_ pieces: [[UInt8]], at offset: Int64) async throws(IOFailure) {
        defer { extendLifetime(pieces) }
        let segments = SegmentBlock(pieces.map(MemoryRegion.init(reading:)), on: open.loop)
        try await open.performWhole(segments) { rest, moved in
            .file(.writeVectored(open.handle, from: rest, at: offset + Int64(moved)))
        }
    }

    /// Writes all of `bytes` at the end of a file that was opened for appending (clauses `file.append`, `file.append-concurrent`). When that takes several operations, as after one
    /// that was cut short, what others append may come in between.
    ///
    /// - Throws: a failure that tells how many bytes were written before.
    public nonisolated(nonsending) func append(_ bytes: RawSpan) async throws(IOFailure) {
        defer { extendLifetime(bytes) }
        try await open.performWhole(MemoryRegion(reading: bytes)) { rest, _ in .file(.append(open.handle, from: rest)) }
    }

    /// The same from an array.
    public nonisolated(nonsending) func append(_ bytes: [UInt8]) async throws(IOFailure) {
        try await append(unsafe bytes.span.bytes)
    }

    /// Has the contents that were written before, and what is needed to read them again, in storage.
    public nonisolated(nonsending) func synchronizeData() async throws(IOFailure) {
        _ = try await open.perform(.file(.synchronizeData(open.handle)))
    }
}
