// What validating an operation found out.

public import IOSpec

/// The outcome of checking an operation: where it belongs, and whether it may run at all.
@usableFromInline struct Check {
    /// The index of its handle, or ``Slot/none``.
    @usableFromInline var handle: Int32
    /// The index of the second handle of an operation that acts on two, or ``Slot/none``.
    @usableFromInline var other = Slot.none
    /// The error that it completes with instead of running; 0 if it is valid.
    @usableFromInline var failure: Int32
    /// The bytes that it asks for.
    @usableFromInline var requested: Int
    @usableFromInline var order: StreamOrder
    @usableFromInline var flags: Slot.Flags

    @inline(__always)
    @inlinable init(
        handle: Int32 = Slot.none, failure: Int32 = 0, requested: Int = 0, order: StreamOrder = .none, flags: Slot.Flags = []
    ) {
        self.handle = handle
        self.failure = failure
        self.requested = requested
        self.order = order
        self.flags = flags
    }

    /// A valid operation without a handle.
    @inlinable static var valid: Check { Check() }

    /// An operation that only completes with an error.
    @inlinable static func failing(_ cause: IOError.Cause) -> Check {
        Check(failure: IOError(cause).encoded)
    }
}
