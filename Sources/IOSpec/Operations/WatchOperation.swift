// Operations that wait for something and move nothing.

/// Waiting for readiness, and for the end of a process.
public enum WatchOperation: BitwiseCopyable, Hashable, Sendable {
    /// Waits until the handle is ready in one of the ways asked for, and completes with those it is ready in, as the bits of a ``Readiness``; failures and
    /// hang-ups are told unasked. A file or directory is ready at once, and waiting for it as anything else than receiving or sending `.unsupported` (clauses `readiness.once`, `readiness.unasked`, `readiness.peer-finished`, `readiness.files`,
    /// `readiness.many`, `readiness.ends`).
    case readiness(Handle, Readiness)
    /// The same until it is cancelled: a completion with more to follow when it is ready, and for each time that it becomes ready again, which is after the program took
    /// what was there; several may be told as one, and what is still ready may be told again when something happens to it.
    /// What it has found is told before its end (clauses `readiness.ends`, `readiness.multishot`, `readiness.not-lost`, `readiness.idle`, `multishot.ends`).
    case readinessMultishot(Handle, Readiness)
    /// Waits for the end of a process that this one has started, and completes with a number that ``ProcessEnding`` explains, or fails with `.notFound`
    /// when that was told before, or to somebody else. In the order of their submission (clauses `process.end`, `process.end-once`).
    case processEnd(Handle)
}
