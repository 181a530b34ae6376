// What a directory itself is like.

public import IOSpec

extension Directory {
    /// The directory's status.
    public nonisolated(nonsending) func status() async throws(IOFailure) -> FileStatus {
        try await open.status()
    }

    /// Sets the permission bits (clause `file.set-permissions`).
    public nonisolated(nonsending) func setPermissions(_ permissions: UInt16) async throws(IOFailure) {
        _ = try await open.perform(.file(.setPermissions(open.handle, permissions)))
    }

    /// Sets when the directory was read and changed (clause `file.set-times`).
    public nonisolated(nonsending) func setTimes(
        access: FileTime = .unchanged, modification: FileTime = .unchanged
    ) async throws(IOFailure) {
        _ = try await open.perform(.file(.setTimes(open.handle, access: access, modification: modification)))
    }
}
