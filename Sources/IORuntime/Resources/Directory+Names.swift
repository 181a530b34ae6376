// Changing the names beneath a directory.

public import IOSpec

extension Directory {
    /// Removes the name of anything but a directory (clause `unlink.removes`).
    public nonisolated(nonsending) func remove(_ path: String) async throws(IOFailure) {
        try await remove(path, cancellation: .heeded)
    }

    nonisolated(nonsending) func remove(_ path: String, cancellation: CancellationRule) async throws(IOFailure) {
        let block = try lend(path, .unlink)
        defer { extendLifetime(block) }
        try await perform(.unlink(beneath: open.handle, path: PathReference(block.region)), path, cancellation)
    }

    /// Makes a directory (clause `directory.make`); its permissions are less what the system withholds.
    public nonisolated(nonsending) func makeDirectory(_ path: String, permissions: UInt16 = 0o777) async throws(IOFailure) {
        let block = try lend(path, .makeDirectory)
        defer { extendLifetime(block) }
        try await perform(.makeDirectory(beneath: open.handle, path: PathReference(block.region), permissions: permissions), path)
    }

    /// Removes an empty directory (clause `directory.remove`).
    public nonisolated(nonsending) func removeDirectory(_ path: String) async throws(IOFailure) {
        let block = try lend(path, .removeDirectory)
        defer { extendLifetime(block) }
        try await perform(.removeDirectory(beneath: open.handle, path: PathReference(block.region)), path)
    }

    /// Moves a name, in one step, beneath this directory or to another one of the same loop (clauses `rename.moves`, `rename.exclusive`, `rename.exchange`).
    public nonisolated(nonsending) func rename(
        _ path: String, to newPath: String, in directory: Directory? = nil, _ mode: RenameMode = .replacing
    ) async throws(IOFailure) {
        let block = try lend(path, .rename)
        defer { extendLifetime(block) }
        let newBlock = try lend(newPath, .rename)
        defer { extendLifetime(newBlock) }
        let target = try handle(of: directory, .rename, newPath)
        try await perform(
            .rename(
                beneath: open.handle, path: PathReference(block.region), toDirectory: target,
                toPath: PathReference(newBlock.region), mode),
            path)
    }

    /// The status of what a path names (clause `path.status`).
    public nonisolated(nonsending) func status(of path: String, followingLink: Bool = true) async throws(IOFailure) -> FileStatus {
        let block = try lend(path, .pathStatus)
        defer { extendLifetime(block) }
        let status = LentBlock(FileStatus(), on: open.loop)
        defer { extendLifetime(status) }
        try await perform(
            .status(beneath: open.handle, path: PathReference(block.region), into: status.region, followsLink: followingLink), path)
        return status.load(as: FileStatus.self)
    }
}
