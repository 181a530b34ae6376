// A loop as the executor of actors.

/// Runs actors on the thread of an event loop.
///
/// Apart from the loop as a ``TaskExecutor``: one object that were both could not tell which of the two a job is for, and a plain task would pay for an actor's.
public final class LoopSerialExecutor: SerialExecutor, @unchecked Sendable {
    // The loop makes this and sets it before anybody else has either. Whoever has this has the loop.
    unowned var loop: EventLoop?

    public func enqueue(_ job: consuming ExecutorJob) {
        guard let loop else { preconditionFailure("An actor's event loop is gone: whoever has the actor keeps the loop") }
        loop.enqueue(LoopJob(job: UnownedJob(job), isIsolated: true))
    }

    public func isIsolatingCurrentContext() -> Bool? { loop?.isCurrent }

    public func checkIsolated() {
        precondition(loop?.isCurrent == true, "Not on the thread of the actor's event loop")
    }
}
