// Timers and deadlines.

extension Clause {
    static var time: [Clause] {
        [
            Clause("time.never-early", "A timer never fires before its instant, on the monotonic clock."),
            Clause("time.past-fires", "A timer at the present or in the past, however far, fires at once."),
            Clause("time.far-future", "A timer in the far future does not fire, however large the number; instants saturate."),
            Clause("time.order", "Timers fire in the order of their instants; equal ones in the order of submission."),
            Clause("time.deadline", "An operation that waits past its deadline is timedOut, and nothing was moved."),
            Clause(
                "time.result-wins",
                "The result wins over the deadline: an operation that can complete without waiting does, even when its deadline has passed."
            ),
            Clause("time.partial", "A transfer that meets its deadline half-way completes with what it moved."),
            Clause(
                "time.deadline-race", .must, .stochastic,
                "An operation that races with its deadline has one of the two results, with all that belongs to it."),
            Clause("time.uninterruptible", "A deadline on what cannot be interrupted may complete late, with its true result or timedOut."),
        ]
    }
}
