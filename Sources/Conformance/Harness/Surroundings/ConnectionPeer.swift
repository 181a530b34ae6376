// The far end of a connection that no backend has.

/// A peer that sees how its connection ends, and can end it in a bad way.
public protocol ConnectionPeer: BytePeer {
    /// Whether the end of the stream, or its reset, comes.
    func isEnded() -> Bool
    /// Closes its end so that the backend's sees a reset, over the internet protocol.
    func reset()
}
