// What a run of random histories came to, as data.

import IOSpec

/// The results of all backends, and where they differ.
public struct FuzzReport: Codable, Sendable {
    /// The version of this structure.
    public var schemaVersion = 1
    /// The seed of the run.
    public var seed: UInt64
    /// What became of each target.
    public var results: [FuzzResult] = []
    /// The histories that came to rest after each step and were carried out on more than one backend.
    public var compared = 0
    /// Where backends differ in such histories.
    public var differences: [FuzzDifference] = []

    init(_ seed: UInt64) {
        self.seed = seed
    }

    /// Whether something was judged, and nothing was found.
    public var isSuccess: Bool {
        differences.isEmpty && !results.contains { $0.finding != nil } && results.contains { $0.histories > 0 }
    }
}
