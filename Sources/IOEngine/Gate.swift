// Where operations wait for a barrier.

/// What is before and behind a barrier. Operations pass in the order of their submission.
@usableFromInline struct Gate {
    /// The operations that have not passed, the first of which is a barrier or waits for one that has.
    @usableFromInline var waiting = SlotQueue()
    /// The operations that have passed and not completed.
    @usableFromInline var admitted = 0
    /// The barrier among them, behind which the gate is shut.
    @usableFromInline var barrier = Slot.none

    /// Whether an operation that is submitted now passes at once.
    @inline(__always)
    @inlinable func isOpen(toBarrier isBarrier: Bool) -> Bool {
        waiting.isEmpty && barrier == Slot.none && (!isBarrier || admitted == 0)
    }

    @inlinable init() {}
}
