// A directory, beneath which paths are resolved.

public import IOSpec

/// An open directory. Paths beneath it cannot leave it, unless it was opened unconfined (clause `path.beneath`).
public struct Directory: Sendable {
    let open: OpenHandle

    init(_ open: OpenHandle) {
        self.open = open
    }

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: the file's path beneath this directory.
    ///   - options: what is wanted of it.
    ///   - permissions: those of a file that is made, less what the system withholds.
    public nonisolated(nonsending) func open(
        _ path: String, _ options: OpenOptions = .reading, permissions: UInt16 = 0o666
    ) async throws(IOFailure) -> File {
        File(try await make(path, options, permissions))
    }

    /// Opens a directory beneath this one.
    public nonisolated(nonsending) func openDirectory(_ path: String) async throws(IOFailure) -> Directory {
        Directory(try await make(path, [.reading, .directory], 0))
    }

    /// Closes the directory.
    public nonisolated(nonsending) func close() async throws(IOFailure) {
        try await open.close()
    }

    private nonisolated(nonsending) func make(_ path: String, _ options: OpenOptions, _ permissions: UInt16) async throws(IOFailure)
        -> OpenHandle
    {
        let block = try lend(path, .open)
        defer { extendLifetime(block) }
        let operation = PathOperation.open(
            beneath: open.handle, path: PathReference(block.region), options: options, permissions: permissions)
        return try await open.make(.path(operation), named: path)
    }

    @discardableResult
    nonisolated(nonsending) func perform(
        _ operation: PathOperation, _ path: String, _ cancellation: CancellationRule = .heeded
    ) async throws(IOFailure) -> Int {
        let outcome = await open.loop.perform(.path(operation), cancellation: cancellation)
        if outcome.result < 0 { throw IOFailure(outcome.error, Operation.path(operation).kind, of: path) }
        return Int(outcome.result)
    }

    func lend(_ path: String, _ operation: OperationKind) throws(IOFailure) -> LentBlock {
        do throws(IOError) { return try LentBlock(path: path, on: open.loop) } catch { throw IOFailure(error, operation, of: path) }
    }
}
