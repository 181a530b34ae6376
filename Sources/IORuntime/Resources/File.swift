// A file: bytes with positions.

public import IOSpec

/// An open file. Any number of tasks may use it at once; it is closed by ``close()``, or when nobody has it any more.
public struct File: Sendable {
    let open: OpenHandle

    init(_ open: OpenHandle) {
        self.open = open
    }

    /// Reads as many bytes as `buffer` has room for, at most 2^30, from `offset` on, and returns how many there were. Fewer are there at the end of the file, or when the rest could not be
    /// read, which the next read tells; 0 is the end (clauses `file.full-transfer`, `file.end-of-file`).
    public nonisolated(nonsending) func read(into buffer: inout MutableRawSpan, at offset: Int64) async throws(IOFailure) -> Int {
        defer { extendLifetime(buffer) }
        return try await open.perform(.file(.read(open.handle, into: MemoryRegion(filling: &buffer).atMostOneTransfer, at: offset)))
    }

    /// The same into an array.
    public nonisolated(nonsending) func read(into buffer: inout [UInt8], at offset: Int64) async throws(IOFailure) -> Int {
        var span = buffer.mutableSpan
        // Sound: any bytes are bytes.
        var bytes = unsafe span.mutableBytes
        return try await read(into: &bytes, at: offset)
    }

    /// Writes all of `bytes` at `offset` (clause `file.full-transfer`).
    ///
    /// - Throws: a failure that tells how many bytes were written before.
    public nonisolated(nonsending) func write(_ bytes: RawSpan, at offset: Int64) async throws(IOFailure) {
        defer { extendLifetime(bytes) }
        let region = MemoryRegion(reading: bytes)
        try await open.performWhole(region) { rest, moved in
            .file(.write(open.handle, from: rest, at: offset + Int64(moved)))
        }
    }

    /// The same from an array.
    public nonisolated(nonsending) func write(_ bytes: [UInt8], at offset: Int64) async throws(IOFailure) {
        try await write(unsafe bytes.span.bytes, at: offset)
    }

    /// The file's status.
    public nonisolated(nonsending) func status() async throws(IOFailure) -> FileStatus {
        try await open.status()
    }

    /// Has everything that was written before in storage (clause `file.synchronize`).
    public nonisolated(nonsending) func synchronize() async throws(IOFailure) {
        _ = try await open.perform(.file(.synchronize(open.handle)))
    }

    /// Cuts the file off at a size, or fills it up with zeros.
    public nonisolated(nonsending) func truncate(to size: Int64) async throws(IOFailure) {
        _ = try await open.perform(.file(.truncate(open.handle, to: size)))
    }

    /// Closes the file.
    public nonisolated(nonsending) func close() async throws(IOFailure) {
        try await open.close()
    }
}
