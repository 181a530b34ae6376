// What other threads ask of a loop.

import IOSpec

/// One request to a loop.
enum Letter {
    case job(LoopJob)
    /// An operation of a task that runs elsewhere.
    case operation(Submission, Waiter)
    case cancel(Ticket)
    case cancelForeign(ForeignTicket)
    /// A handle that nobody has any more.
    case close(Handle)
    /// Something to be done with the backend.
    case perform((LoopDriver) -> Void)
    case end
}
