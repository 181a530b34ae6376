// A loop as the executor of actors.

/// Runs actors on the thread of an event loop, and elsewhere, one job at a time, when the loop has ended.
///
/// Apart from the loop as a ``TaskExecutor``: one object that were both could not tell which of the two a job is for, and a plain task would pay for an actor's.
public final class LoopSerialExecutor: SerialExecutor, @unchecked Sendable {
    // Set by the loop before anybody else has either; an actor may have this for longer than there is the loop.
    weak var loop: EventLoop?
    private let afterwards: SerialFallback

    init(afterwards: SerialFallback) {
        self.afterwards = afterwards
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if let loop, loop.take(LoopJob(job: job, isIsolated: true)) { return }
        runElsewhere(job)
    }

    func runElsewhere(_ job: UnownedJob) {
        afterwards.enqueue(job, as: self)
    }

    public func isIsolatingCurrentContext() -> Bool? { loop?.isCurrent }

    public func checkIsolated() {
        precondition(loop?.isCurrent == true, "Not on the thread of the actor's event loop")
    }
}
