// The two halves of a stream.

/// Which half of a stream an operation shuts down.
public enum Direction: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// What the peer sends to us. Shutting it down ends a pending receive with 0.
    case receiving
    /// What we send to the peer. Shutting it down lets the peer see the end of the stream.
    case sending
    /// Both halves.
    case both
}
