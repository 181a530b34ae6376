// How a simulation went that did not fail.

/// The run of one seed.
public struct SimulationOutcome: Hashable, Sendable {
    /// The seed.
    public let seed: UInt64
    /// The steps that it took.
    public let steps: Int
    /// ``SimulatedWorld/traceDigest`` at its end: the same for each run of the seed.
    public let digest: UInt64
}
