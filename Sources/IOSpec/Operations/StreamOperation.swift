// Operations on what has an order and no positions.

/// What is done with streams, pipes and listeners. In one direction of one handle, operations take effect in the order of their
/// submission (clause `stream.order`).
public enum StreamOperation: BitwiseCopyable, Hashable, Sendable {
    /// Receives at least one byte, or 0 at the end of the stream (clause `stream.receive-some`).
    case receive(Handle, into: MemoryRegion)
    /// Fills the region; fewer bytes only at the end of the stream, or when it was cut short (clause `stream.receive-exactly`).
    case receiveExactly(Handle, into: MemoryRegion)
    /// As `receive`, into the segments one after the other (clause `stream.vectored`).
    case receiveVectored(Handle, into: SegmentList)
    /// Sends everything (clause `stream.full-send`).
    case send(Handle, from: MemoryRegion)
    /// Sends all segments, one after the other (clause `stream.vectored`).
    case sendVectored(Handle, from: SegmentList)
    /// As `send`, and where the kernel can, without copying; completes when the memory may be changed again (clause `stream.zero-copy`). That may be when the peer
    /// has taken the bytes: a cancel or a deadline cannot hurry what is on its way, and closing the stream breaks the connection then.
    case sendZeroCopy(Handle, from: MemoryRegion)
    /// Moves at least one byte and at most `count` from one handle to another without passing through the program, or 0 at the end; one of the two
    /// is a pipe, the other a pipe, a stream or a file. `at` is the offset in the file, and 0 where neither is one
    /// (clauses `splice.moves`, `splice.conserves`, `splice.order`, `splice.waits`, `splice.refused`, `splice.broken`).
    case splice(from: Handle, to: Handle, count: Int, at: Int64)
    /// Waits for a connection; completes with a number that `IOBackend.handle(madeBy:)` turns into the stream's handle.
    case accept(Handle)
    /// Accepts connections until it is cancelled: each has a completion of its own with more to follow (clauses `multishot.accept`, `multishot.exhausted`,
    /// `multishot.ends`).
    case acceptMultishot(Handle)
    /// Receives until the stream ends, into buffers of a pool that are taken as bytes come: each completion with more to follow names its buffer
    /// by `IOBackend.buffer(selectedBy:)`. Ends with 0 at the end of the stream, and with `.noBuffers` when bytes wait and no buffer is left; nothing is
    /// lost then (clauses `multishot.receive`, `multishot.no-buffers`, `multishot.ends`).
    case receiveMultishot(Handle, BufferPool)
    /// Connects to the ``SocketAddress`` that the region holds; completes with 0 (clause `stream.connect-outcome`).
    case connect(Handle, to: MemoryRegion)
    /// Shuts down one half, or both. The sending half ends after the sends submitted before; the receiving half at once, which ends
    /// a pending receive with 0 (clause `stream.half-close`).
    case shutDown(Handle, Direction)
    /// Sets an option (clause `option.set`).
    case setOption(Handle, SocketOption, Int32)
    /// Completes with the value of an option, which is never negative (clause `option.set`).
    case option(Handle, SocketOption)
}
