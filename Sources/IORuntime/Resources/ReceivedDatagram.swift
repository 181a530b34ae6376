// What receiving a datagram tells.

public import IOSpec

/// One datagram that was received; its bytes are in the buffer.
public struct ReceivedDatagram: Sendable {
    /// The bytes that were put into the buffer.
    public let count: Int
    /// The bytes of the datagram as it was sent.
    public let length: Int
    /// Whom it came from; nil when that has no address.
    public let sender: SocketAddress?

    /// Whether the buffer was too short, so that the end of the datagram is gone.
    public var isTruncated: Bool { length > count }
}
