// Why a simulation failed, and how it is repeated.

/// What went wrong in the run of one seed. The same seed fails in the same way again, as long as the programs are the same.
public struct SimulationFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The seed.
    public let seed: UInt64
    /// How far the run had come.
    public let step: Int
    /// ``SimulatedWorld/traceDigest`` at that time.
    public let digest: UInt64
    /// What went wrong.
    public let reason: String

    /// The failure, and what repeats it.
    public var description: String {
        "The simulation failed at step \(step) with seed \(seed): \(reason). Its trace is \(String(digest, radix: 16)); seeds: \(seed)...\(seed) repeats it"
    }
}
