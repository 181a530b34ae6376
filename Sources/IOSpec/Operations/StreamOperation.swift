// Operations on what has an order and no positions.

/// What is done with streams, pipes and listeners. In one direction of one handle, operations take effect in the order of their
/// submission (clause `stream.order`).
public enum StreamOperation: BitwiseCopyable, Hashable, Sendable {
    /// Receives at least one byte, or 0 at the end of the stream (clause `stream.receive-some`).
    case receive(Handle, into: MemoryRegion)
    /// Sends everything (clause `stream.full-send`).
    case send(Handle, from: MemoryRegion)
    /// Waits for a connection; completes with a number that `IOBackend.handle(madeBy:)` turns into the stream's handle.
    case accept(Handle)
    /// Connects to the ``SocketAddress`` that the region holds; completes with 0 (clause `stream.connect-outcome`).
    case connect(Handle, to: MemoryRegion)
    /// Shuts down one half, or both. The sending half ends after the sends submitted before; the receiving half at once, which ends
    /// a pending receive with 0 (clause `stream.half-close`).
    case shutDown(Handle, Direction)
}
