// Locks on files.

public import IOSpec

extension File {
    /// Waits until the file can be locked, and locks it for this handle (clauses `lock.excludes`, `lock.waits`, `lock.mode`, `lock.cancel`). Tasks that have the same `File`
    /// have the lock in common: it keeps out whoever else has opened the file. A deadline in the past, as ``Instant/distantPast``, only tries, and is `.timedOut` when somebody has it.
    public nonisolated(nonsending) func lock(_ mode: LockMode = .exclusive, until deadline: Instant = .never) async throws(IOFailure) {
        _ = try await open.perform(.file(.lock(open.handle, mode)), until: deadline)
    }

    /// Gives up the lock, if there is one (clause `lock.released`).
    public nonisolated(nonsending) func unlock() async throws(IOFailure) {
        _ = try await open.perform(.file(.unlock(open.handle)), cancellation: .ignored)
    }
}
