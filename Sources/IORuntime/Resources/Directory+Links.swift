// Links, and files without a name.

import IOSpec

extension Directory {
    /// What a symbolic link says (clause `link.read`).
    public nonisolated(nonsending) func readLink(_ path: String) async throws(IOFailure) -> String {
        let block = try lend(path, .readLink)
        defer { extendLifetime(block) }
        let target = LentBlock(count: Limits.maximumPathLength, on: open.loop)
        defer { extendLifetime(target) }
        let count = try await perform(.readLink(beneath: open.handle, path: PathReference(block.region), into: target.region), path)
        return target.text(count: count)
    }

    /// Makes a symbolic link at `path` that says `target`, whether that exists or not (clause `link.symbolic`).
    public nonisolated(nonsending) func makeSymbolicLink(_ path: String, to target: String) async throws(IOFailure) {
        let block = try lend(path, .symbolicLink)
        defer { extendLifetime(block) }
        let targetBlock = try lend(target, .symbolicLink)
        defer { extendLifetime(targetBlock) }
        try await perform(
            .symbolicLink(beneath: open.handle, path: PathReference(block.region), target: PathReference(targetBlock.region)), path)
    }

    /// Gives the file at `path` another name, beneath this directory or another one of the same loop (clause `link.hard`).
    public nonisolated(nonsending) func makeLink(
        to path: String, at newPath: String, in directory: Directory? = nil
    ) async throws(IOFailure) {
        let block = try lend(path, .hardLink)
        defer { extendLifetime(block) }
        let newBlock = try lend(newPath, .hardLink)
        defer { extendLifetime(newBlock) }
        let target = try handle(of: directory, .hardLink, newPath)
        try await perform(
            .hardLink(
                beneath: open.handle, path: PathReference(block.region), toDirectory: target, toPath: PathReference(newBlock.region)),
            path)
    }

    /// Opens a file without a name, which is gone with its last handle (clause `path.temporary`).
    public nonisolated(nonsending) func openTemporary() async throws(IOFailure) -> File {
        try await open(".", [.reading, .writing, .temporary], permissions: 0o600)
    }

    /// The handle of the directory, or of this one. One of another loop means something else here.
    func handle(of directory: Directory?, _ operation: OperationKind, _ path: String) throws(IOFailure) -> Handle {
        let directory = directory ?? self
        if directory.open.loop !== open.loop { throw IOFailure(IOError(.badHandle), operation, of: path) }
        return directory.open.handle
    }
}
