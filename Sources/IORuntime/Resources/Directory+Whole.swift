// Whole files.

import IOSpec

extension Directory {
    /// Reads a whole file.
    public nonisolated(nonsending) func read(_ path: String) async throws(IOFailure) -> [UInt8] {
        let file = try await open(path)
        let bytes: [UInt8]
        do throws(IOFailure) { bytes = try await file.readAll() } catch {
            try? await file.close()
            throw error
        }
        try await file.close()
        return bytes
    }

    /// Writes a file so that its name leads to all of it or, whatever happens, to what it led to before: a temporary file beside it is written and synchronized, renamed, and
    /// the directory synchronized. A temporary file that was not renamed is removed.
    ///
    /// - Parameter path: the name of the file in this directory, without a slash.
    public nonisolated(nonsending) func writeAtomically(
        _ bytes: [UInt8], to path: String, permissions: UInt16 = 0o666
    ) async throws(IOFailure) {
        let temporary = ".\(path).\(String(UInt64.random(in: 0 ... .max), radix: 36)).partial"
        let file = try await open(temporary, [.writing, .creating, .exclusive], permissions: permissions)
        do throws(IOFailure) {
            try await file.write(bytes, at: 0)
            try await file.synchronize()
            try await file.close()
            try await rename(temporary, to: path)
        } catch {
            try? await file.close()
            try? await remove(temporary, cancellation: .ignored)
            throw error
        }
        try await synchronize()
    }

    /// Has the names beneath the directory in storage (clause `file.synchronize`).
    public nonisolated(nonsending) func synchronize() async throws(IOFailure) {
        _ = try await open.perform(.file(.synchronize(open.handle)))
    }
}

extension File {
    /// Reads everything from the start to the end.
    public nonisolated(nonsending) func readAll() async throws(IOFailure) -> [UInt8] {
        // What is there, and a byte more, as far as the size can be believed: a file may be all hole.
        let expected = min(Int(clamping: try await status().size), 1 << 24) + 1
        var bytes = [UInt8](repeating: 0, count: expected)
        var count = 0
        // Fewer bytes than asked may have a failure behind them, which the next read tells: only none at all is the end.
        while true {
            let moved = try await read(into: &bytes, from: count)
            if moved == 0 { break }
            count += moved
            if count == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Fills an array from a place in it on with what is in the file from the same place on.
    private nonisolated(nonsending) func read(into bytes: inout [UInt8], from start: Int) async throws(IOFailure) -> Int {
        var span = bytes.mutableSpan
        // Sound: any bytes are bytes.
        var raw = unsafe span.mutableBytes
        let rest = MemoryRegion(filling: &raw).dropping(start).atMostOneTransfer
        defer { extendLifetime(raw) }
        return try await open.perform(.file(.read(open.handle, into: rest, at: Int64(start))))
    }
}
