// Who waits for which operation.

import IOSpec

/// The continuations of the operations in flight, by the operations' slots.
///
/// Sound: a slot is one that the backend gave out, below the limit of operations that the table was made for, and is filled before its completion can be reaped.
@safe
struct WaiterTable: ~Copyable {
    struct Waiter {
        /// Who is told; nobody for what is only to be done.
        let resumption: Resumption?
        /// Which operation of a task that runs elsewhere it is, if it is one.
        let foreign: ForeignTicket?
        /// Whether the operation makes a handle.
        let makesHandle: Bool
    }

    private let waiters: UnsafeMutablePointer<Waiter>

    init(capacity: Int) {
        unsafe waiters = .allocate(capacity: capacity)
    }

    deinit {
        // Sound: a waiter is a plain reference, which its completion has used up.
        unsafe waiters.deallocate()
    }

    subscript(slot: UInt32) -> Waiter {
        get { unsafe waiters[Int(slot)] }
        nonmutating set { unsafe (waiters + Int(slot)).initialize(to: newValue) }
    }
}
