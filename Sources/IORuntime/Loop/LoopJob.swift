// A piece of a task that a loop runs.

/// A job, and as which of its loop's two executors the loop runs it.
struct LoopJob {
    let job: UnownedJob
    /// Of an actor that lives on the loop.
    let isIsolated: Bool
}
