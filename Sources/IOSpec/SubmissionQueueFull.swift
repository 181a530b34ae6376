// The only thing that `submit` can say.

/// Every slot of the backend is taken: reap completions, then submit again (clause `completion.queue-full`).
public struct SubmissionQueueFull: Error, BitwiseCopyable, Sendable {
    /// Makes the error.
    public init() {}
}
