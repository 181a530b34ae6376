// A peer that one thread sets and another has do something.

import Synchronization

/// The peer of the current round of a race.
final class PeerBox: Sendable {
    private let peer = Mutex<(any BytePeer)?>(nil)

    var current: (any BytePeer)? {
        get { peer.withLock { $0 } }
        set { peer.withLock { $0 = newValue } }
    }

    /// Takes the peer out, if there is one.
    func take() -> (any BytePeer)? {
        peer.withLock { peer in
            defer { peer = nil }
            return peer
        }
    }
}
