// What several handles can refer to together.

import IOSpec

/// Something open, which ends when the last handle, or message on its way, lets go of it.
class Description {
    /// The handles, and messages on their way, that refer to it.
    private var holders = 0
    /// What was opened, when it was opened by a name and is neither file nor directory.
    final var namedNode: Node?
    /// Which it is among all that lies on no storage; 0 until somebody asks.
    final var identity: UInt64 = 0
    /// Given when receiving may have become possible, or has ended.
    final let receiving = Signal()
    /// Given when sending may have become possible, or has ended.
    final let sending = Signal()

    /// What it is ready for now, whatever was asked; failures and hang-ups included.
    var readiness: Readiness { [.receiving, .sending] }

    final func hold() { holders += 1 }

    final func letGo() {
        holders -= 1
        if holders == 0 { end() }
    }

    /// The last one has let go.
    func end() {}
}
