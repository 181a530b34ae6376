// Everything the engine knows of one handle.

public import IOSpec

/// One handle's state: open, closing (its operations are being awaited, every use is `.badHandle`), or free.
@usableFromInline struct HandleRecord {
    @usableFromInline enum State: UInt8 {
        case free, open, closing
    }

    /// How far a stream has come in being connected.
    @usableFromInline enum Connection: UInt8 {
        /// Was never connected, or the attempt was refused.
        case unconnected
        /// An attempt is on its way; transfers wait for it.
        case connecting
        case connected
        /// An attempt was cancelled or timed out: nothing but closing is meaningful.
        case abandoned
    }

    @usableFromInline var generation: UInt32 = 1
    @usableFromInline var state = State.free
    @usableFromInline var connection = Connection.unconnected
    @usableFromInline var native = NativeHandle.none
    /// Operations that refer to the handle and have not completed, whether started or not; a close that has begun is not among them.
    @usableFromInline var operations: Int32 = 0
    /// The close that waits for those operations.
    @usableFromInline var close = Slot.none
    /// The error that every transfer meets from now on, encoded; 0 while there is none.
    @usableFromInline var failure: Int32 = 0
    /// The operations of each half in the order of submission; only the first of each is ever started.
    @usableFromInline var receiving = SlotQueue()
    @usableFromInline var sending = SlotQueue()
    @usableFromInline var nextFree = Slot.none

    @inlinable init() {}
}
