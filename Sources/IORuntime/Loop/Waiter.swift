// Who waits for one operation.

/// What a loop knows of an operation apart from the operation itself.
struct Waiter {
    /// Who is told of its end; nobody for what is only to be done.
    var resumption: Resumption?
    /// By what it is cancelled. The loop gives it back when the operation is over: whoever took it may go on in another thread.
    var ticket = Ticket.none
    /// By what it is cancelled when its task runs elsewhere.
    var foreign: ForeignTicket?
    /// Whether it makes a handle.
    var makesHandle = false
    /// Whether it may wait for others.
    var mayWait = false
}
