// Everything the engine knows of one handle.

import IOSpec

/// One handle's state: open, closing (its operations are being awaited, every use is `.badHandle`), or free.
struct HandleRecord {
    enum State: UInt8 {
        case free, open, closing
    }

    /// How far a stream has come in being connected.
    enum Connection: UInt8 {
        /// Was never connected, or the attempt was refused.
        case unconnected
        /// An attempt is on its way; transfers wait for it.
        case connecting
        case connected
        /// An attempt was cancelled or timed out: nothing but closing is meaningful.
        case abandoned
    }

    var generation: UInt32 = 1
    var state = State.free
    var connection = Connection.unconnected
    var native = NativeHandle.none
    /// Operations that refer to the handle and have not completed, whether started or not; a close that has begun is not among them.
    var operations: Int32 = 0
    /// The close that waits for those operations.
    var close = Slot.none
    /// The error that every transfer meets from now on, encoded; 0 while there is none.
    var failure: Int32 = 0
    /// The operations of each half in the order of submission; only the first of each is ever started.
    var receiving = SlotQueue()
    var sending = SlotQueue()
    var nextFree = Slot.none
}
