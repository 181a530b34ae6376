// An operation together with the rules it is to run under.

/// An operation, its deadline, and whether it is a barrier.
public struct Submission: BitwiseCopyable, Sendable {
    /// What is to be done.
    public var operation: Operation

    /// When to give up; ``Instant/never`` for no deadline. A result that is there already wins (clause `time.result-wins`).
    public var deadline: Instant

    /// Whether this starts only after everything submitted before it has completed, and holds back everything
    /// submitted after it until it has (clauses `barrier.waits` and `barrier.not-overtaken`).
    public var isBarrier: Bool

    /// Submits `operation` under `deadline`.
    public init(_ operation: Operation, deadline: Instant = .never, isBarrier: Bool = false) {
        self.operation = operation
        self.deadline = deadline
        self.isBarrier = isBarrier
    }
}
