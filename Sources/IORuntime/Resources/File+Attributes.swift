// What a file is like, apart from its contents.

public import IOSpec

extension File {
    /// Sets the permission bits (clause `file.set-permissions`).
    public nonisolated(nonsending) func setPermissions(_ permissions: UInt16) async throws(IOFailure) {
        _ = try await open.perform(.file(.setPermissions(open.handle, permissions)))
    }

    /// Sets when the file was read and changed (clause `file.set-times`).
    public nonisolated(nonsending) func setTimes(
        access: FileTime = .unchanged, modification: FileTime = .unchanged
    ) async throws(IOFailure) {
        _ = try await open.perform(.file(.setTimes(open.handle, access: access, modification: modification)))
    }
}

extension OpenHandle {
    nonisolated(nonsending) func status() async throws(IOFailure) -> FileStatus {
        let block = LentBlock(FileStatus(), on: loop)
        defer { extendLifetime(block) }
        _ = try await perform(.file(.status(handle, into: block.region)))
        return block.load(as: FileStatus.self)
    }
}
