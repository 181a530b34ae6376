// The storage that a file takes up.

public import IOSpec

extension File {
    /// Takes storage for `count` bytes from `offset` on, so that writing there does not meet a full file system, and makes the file longer where they reach beyond its end,
    /// unless `keepingSize` (clauses `space.allocate`, `space.range`).
    public nonisolated(nonsending) func allocate(_ count: Int64, at offset: Int64, keepingSize: Bool = false) async throws(IOFailure) {
        _ = try await open.perform(.file(.allocate(open.handle, at: offset, count: count, keepsSize: keepingSize)))
    }

    /// Gives the storage of `count` bytes from `offset` on back: they read as zeros, and the size stays (clause `space.punch-hole`).
    public nonisolated(nonsending) func punchHole(_ count: Int64, at offset: Int64) async throws(IOFailure) {
        _ = try await open.perform(.file(.punchHole(open.handle, at: offset, count: count)))
    }

    /// Tells how `count` bytes from `offset` on will be used, 0 for all that follow; changes nothing but speed (clause `file.advise`).
    public nonisolated(nonsending) func advise(_ advice: Advice, count: Int64 = 0, at offset: Int64 = 0) async throws(IOFailure) {
        _ = try await open.perform(.file(.advise(open.handle, at: offset, count: count, advice)))
    }
}
