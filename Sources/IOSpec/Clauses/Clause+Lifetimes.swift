// Setting a backend up, and its end.

extension Clause {
    static var lifetimes: [Clause] {
        [
            Clause("shutdown.terminal", "Shutting down gives every operation its terminal completion, and nothing else."),
            Clause("shutdown.refuses", "What is submitted after shutting down is cancelled, with no effect."),
            Clause(
                "shutdown.releases",
                "A backend that is gone leaves no descriptor, thread, mapping or context behind, even if it was dropped with work in flight."
            ),
            Clause("shutdown.many", "Backends live side by side and one after the other; the end of one does not touch another."),
            Clause("process.spawn", "Starting other programs while operations are in flight disturbs neither."),
            Clause(
                "process.fork", .must,
                .untestable("a forked child of a threaded program cannot run Swift code safely"),
                "After a fork the child must not use a backend."),
            Clause("process.fork-parent", "A fork disturbs no operation of the parent."),
            Clause("availability.typed-reason", "What is not available says so when it is set up, with a typed reason and what to do."),
            Clause(
                "availability.probed", "Availability is found by trying: a denied system call is a reason, never a crash or a wrong result."
            ),
            Clause(
                "availability.mechanism",
                "The mechanism of each operation is published, and what is published as unsupported completes with unsupported."),
            Clause(
                "availability.mechanism-holds",
                "Each operation is carried out by the mechanism that is published for it, and submitting never waits for it."),
        ]
    }
}
