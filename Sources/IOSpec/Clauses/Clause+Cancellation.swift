// What asking an operation to end means.

extension Clause {
    static var cancellation: [Clause] {
        [
            Clause("cancel.request", "Cancel is a request without a completion of its own; the operation's completion is the only one."),
            Clause("cancel.prompt", "An operation that waits for a peer or the clock ends promptly when it is cancelled."),
            Clause(
                "cancel.harmless",
                "Cancelling what is unknown, finished or cancelled already changes nothing, and never touches another operation."),
            Clause("cancel.before-start", "Cancelling what has not started cancels it, with no effect."),
            Clause(
                "cancel.result-wins",
                "An operation that could complete without waiting does, although it was cancelled. Cancelled means that nothing was moved."),
            Clause("cancel.partial", "A transfer that is cancelled half-way completes with what it moved."),
            Clause(
                "cancel.race", .must, .stochastic,
                "An operation that races with its cancel has one of the two results, with all that belongs to it."),
        ]
    }
}
