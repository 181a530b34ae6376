// How often things go wrong in a world.

/// How often each thing goes wrong, in a million times that it could; never, at first.
public struct FaultRates: Sendable {
    /// A transfer moves fewer bytes than it could.
    public var shortTransfers = 0
    /// A connect is refused, although somebody listens.
    public var refusedConnections = 0
    /// A connection breaks when something is sent or received on it.
    public var resets = 0
    /// A write meets a full file system.
    public var noSpace = 0
    /// A datagram between two hosts is lost.
    public var lostDatagrams = 0
    /// A kernel takes as long as ``latencySpike`` before it looks at an operation.
    public var latencySpikes = 0
    /// The length of such a wait, in nanoseconds.
    public var latencySpike: ClosedRange<Int64> = 1_000_000...50_000_000

    /// Nothing goes wrong.
    public init() {}
}
