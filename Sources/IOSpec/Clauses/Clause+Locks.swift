// Locks on files.

extension Clause {
    static var locks: [Clause] {
        [
            Clause(
                "lock.excludes",
                "An exclusive lock keeps out every other handle that opened the file, of this process too; shared locks keep out exclusive ones only. A handle that came in a message has its lock in common with the one that was passed."
            ),
            Clause("lock.waits", "Locking waits for those in the way, holds up nobody else, and with a deadline in the past only tries."),
            Clause("lock.released", "A lock is gone once its unlock, or the close of the last handle that has it, has completed."),
            Clause(
                "lock.mode",
                "A handle that is locked again changes the mode of its lock; while it has to wait for that, and if it gives up, it holds none."
            ),
            Clause("lock.cancel", .must, .stochastic, "Locking that reports cancelled or timedOut leaves no lock, whatever it raced with."),
        ]
    }
}
