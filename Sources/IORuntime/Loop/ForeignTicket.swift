// How an operation is named that a task awaits elsewhere.

/// Names an operation of a task that does not run on the operation's loop.
struct ForeignTicket: BitwiseCopyable, Hashable, Sendable {
    let number: UInt64
}
