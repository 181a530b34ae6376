// How a task is told that its operation is over.

/// Resumes a task that waits for one outcome. Each is used exactly once: by its operation's completion, or instead of it when there is none.
@safe
struct Resumption: Sendable {
    // Unchecked, as a checked one would be an allocation for each operation.
    private let continuation: UnsafeContinuation<Outcome, Never>

    init(_ continuation: UnsafeContinuation<Outcome, Never>) {
        unsafe self.continuation = continuation
    }

    func resume(_ outcome: Outcome) { unsafe continuation.resume(returning: outcome) }
}
