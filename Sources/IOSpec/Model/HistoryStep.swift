// One line of a history.

/// What a program does, in order. Operations are numbered from 1 by the order of their submission.
public enum HistoryStep: Hashable, Sendable {
    /// Acquires a resource, which makes the next symbols.
    case acquire(SymbolicResource, makes: [Symbol])
    /// Submits an operation, with a deadline so many microseconds away; `isLinked` to the one before it in a chain.
    case submit(SymbolicOperation, deadline: Int?, isLinked: Bool, isBarrier: Bool)
    /// Asks for the operation with a number to end.
    case cancel(Int)
    /// Gives back the buffers of a pool that the program has.
    case giveBack(Symbol)
    /// Registers a handle.
    case register(Symbol)
    /// Registers so many bytes of memory, which operations are lent from now on as long as there are some.
    case registerMemory(Int)
    /// Reaps once, without waiting.
    case turn
    /// Reaps until nothing more comes by itself.
    case settle
}
