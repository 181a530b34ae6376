// What one try without waiting came to.

public import IOSpec

/// The answer of ``Attempt``.
public enum AttemptOutcome: BitwiseCopyable, Sendable {
    /// Over; `result` and `made` are as in `KernelEvent`.
    case finished(result: Int32, made: HandleKind)
    /// Nothing was done; try again when the descriptor is ready in this direction.
    case wouldBlock(Direction)
    /// Nothing was done; a worker has to make a blocking call, which waits for storage only when `bounded`, else for a peer.
    case blocks(bounded: Bool)

    static func finished(_ result: Int32) -> AttemptOutcome { .finished(result: result, made: .file) }
}
