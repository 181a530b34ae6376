// Operations that wait for other operations.

extension Clause {
    static var chains: [Clause] {
        [
            Clause("chain.order", "Each member of a chain starts after the one before it succeeded in full."),
            Clause("chain.breaks", "A short count or an error cancels the rest of the chain, with no effect."),
            Clause("chain.timer", "A timer that fires is a success, and the chain goes on."),
            Clause("chain.whole", "A chain is accepted whole or not at all, also when it is longer than any kernel queue."),
            Clause("chain.cancel", "Cancelling a member cancels it and those after it; those before it are not touched."),
            Clause("chain.independent", "What is not in a chain does not wait for it."),
            Clause("barrier.waits", "A barrier starts after everything submitted before it has completed."),
            Clause("barrier.not-overtaken", "Nothing submitted after a barrier starts before the barrier has completed."),
            Clause("barrier.failure", "A barrier that fails or is cancelled holds nothing back any longer."),
        ]
    }
}
