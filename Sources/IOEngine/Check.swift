// What validating an operation found out.

import IOSpec

/// The outcome of checking an operation: where it belongs, and whether it may run at all.
struct Check {
    /// The index of its handle, or ``Slot/none``.
    var handle = Slot.none
    /// The error that it completes with instead of running; 0 if it is valid.
    var failure: Int32 = 0
    /// The bytes that it asks for.
    var requested = 0
    var order = StreamOrder.none
    var flags: Slot.Flags = []

    /// A valid operation without a handle.
    static var valid: Check { Check() }

    /// An operation that only completes with an error.
    static func failing(_ cause: IOError.Cause) -> Check {
        Check(failure: IOError(cause).encoded)
    }
}
