// Operations on messages: datagrams, packets, and bytes that carry handles.

/// What is done with whole messages. The region holds exactly one ``Message``, aligned as such, which is lent until the operation's own completion, as all that it
/// names. In one direction of one handle, messages keep the order of their submission, among themselves and with other transfers (clause `message.order`).
public enum MessageOperation: BitwiseCopyable, Hashable, Sendable {
    /// Sends a message; completes with the bytes sent. On a stream everything is sent, and the handles go with the first byte
    /// (clauses `message.whole`, `message.too-long`, `message.address`, `message.handles`).
    case send(Handle, MemoryRegion)
    /// Receives one message, or on a stream at least one byte; completes with the bytes that were put into the segments. The rest of a longer
    /// message is gone, and ``Message/Flags/truncated`` says so (clauses `message.truncated`, `message.empty`, `message.end`, `message.address`, `message.handles`).
    case receive(Handle, MemoryRegion)
}
