// How operations are accepted and completed.

extension Clause {
    static var completions: [Clause] {
        [
            Clause("completion.exactly-one", "An accepted operation has exactly one terminal completion."),
            Clause("completion.not-from-submit", "Nothing is delivered from inside submit; completions are seen only by reaping."),
            Clause(
                "completion.own-error",
                "An operation's error is its own completion's result, and of several mistakes any one, where no clause orders them. Submit only ever says that the queue is full."
            ),
            Clause("completion.independent", "One bad member of a batch harms no other."),
            Clause("completion.unordered", .may, "Completions come in any order, except where another clause orders them."),
            Clause("completion.burst", "A burst larger than any kernel queue loses nothing: what does not fit is held back."),
            Clause(
                "completion.queue-full",
                "When every slot is taken, submit says so and accepts nothing; once completions have been reaped it accepts again."),
            Clause(
                "completion.identity",
                "An operation's identity is never used again, and its token is unique among the operations in flight."),
            Clause("completion.no-interrupt", "An interrupted wait or call is never seen, whatever signals the process handles."),
            Clause(
                "completion.fair", .must, .stochastic,
                "Every operation that is ready completes within a bounded number of turns, whatever floods beside it."),
            Clause(
                "completion.idle",
                "An operation may wait for any length of time and then completes with its result, whatever other threads of the process have ended meanwhile."
            ),
            Clause(
                "completion.bounded-progress",
                "Bounded operations go on while unbounded ones block, however many; and none of those waits for the others to end. What there is no thread for is outOfResources at once."
            ),
            Clause("wake.not-lost", .must, .stochastic, "A wake from any thread ends the current wait, or the next one; none is lost."),
            Clause("wake.empty", "A wake ends a wait without a completion and disturbs no operation."),
        ]
    }
}
