// Two handles that are acquired together.

/// The two ends of something that is made as a pair.
public struct HandlePair: BitwiseCopyable, Hashable, Sendable {
    /// One end of a stream pair, or the end of a pipe that is read.
    public let first: Handle

    /// The other end of a stream pair, or the end of a pipe that is written.
    public let second: Handle

    /// Puts two ends together.
    public init(first: Handle, second: Handle) {
        self.first = first
        self.second = second
    }
}
