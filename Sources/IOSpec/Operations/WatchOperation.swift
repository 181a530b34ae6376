// Operations that wait for something and move nothing.

/// Waiting for readiness, and for the end of a process.
public enum WatchOperation: BitwiseCopyable, Hashable, Sendable {
    /// Waits until the handle is ready in one of the ways asked for, and completes with those it is ready in, as the bits of a ``Readiness``; failures and
    /// hang-ups are told unasked. A file or directory is ready at once (clauses `readiness.once`, `readiness.unasked`).
    case readiness(Handle, Readiness)
    /// The same until it is cancelled: a completion with more to follow for each time that it becomes ready; several may be told as one
    /// (clauses `readiness.multishot`, `multishot.ends`).
    case readinessMultishot(Handle, Readiness)
    /// Waits for the end of a process that this one has started, and completes with a number that ``ProcessEnding`` explains (clause `process.end`).
    case processEnd(Handle)
}
