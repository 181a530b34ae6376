// What a blocking call came to.

public import IOSpec

/// The answer of ``BlockingCall/run(_:on:nonBlocking:)``.
public enum BlockingOutcome: BitwiseCopyable, Sendable {
    /// Over; `result` and `made` are as in `KernelEvent`.
    case finished(result: Int32, made: HandleKind)
    /// A file was opened for direct transfers.
    case openedDirect(descriptor: Int32, alignment: DirectAlignment)
    /// The path names a pipe whose opening waits for a peer: ``BlockingCall/openNamedPipe(_:options:nonBlocking:isStopped:)``
    /// goes on from this descriptor and closes it.
    case waitsForPeer(descriptor: Int32)

    static func finished(_ result: Int32) -> BlockingOutcome { .finished(result: result, made: .file) }
}
