// The waiters of the operations in flight.

/// By the operations' slots.
///
/// Sound: a slot is one that the backend gave out, below the limit of operations that the table was made for, and is filled before its completion can be reaped.
@safe
struct WaiterTable: ~Copyable {
    private let waiters: UnsafeMutablePointer<Waiter>

    init(capacity: Int) {
        unsafe waiters = .allocate(capacity: capacity)
    }

    deinit {
        // Sound: a waiter is plain data.
        unsafe waiters.deallocate()
    }

    subscript(slot: UInt32) -> Waiter {
        get { unsafe waiters[Int(slot)] }
        nonmutating set { unsafe (waiters + Int(slot)).initialize(to: newValue) }
    }
}
