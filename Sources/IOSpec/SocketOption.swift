// The options of streams, listeners and datagram handles: a closed set.

/// An option, whose value is a number that is never negative.
public enum SocketOption: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// Whether bytes leave without waiting for more: 0 or 1. On by default. Streams of internet addresses.
    case noDelay
    /// Whether a silent peer is asked for a sign of life: 0 or 1. Streams of internet addresses.
    case keepAlive
    /// The seconds of silence before that, in `1 ... 32_767`. Streams of internet addresses.
    case keepAliveIdle
    /// Whether closing breaks the connection, so that the peer sees a reset, and bytes under way are lost: 0 or 1. Off by default: closing waits for nobody, and
    /// bytes under way still arrive. Streams of internet addresses.
    case resetsOnClose
    /// The bytes that may wait to be received; the system may choose a larger number. At least 1.
    case receiveBuffer
    /// The bytes that may wait to be sent; the system may choose a larger number. At least 1.
    case sendBuffer
    /// Whether datagrams may be sent to everyone in a network: 0 or 1. Datagrams of internet addresses.
    case broadcast
}
