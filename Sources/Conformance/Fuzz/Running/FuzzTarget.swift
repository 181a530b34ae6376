// What random histories are carried out on.

import IOSpec

/// A backend in its surroundings, and which histories it gets.
public struct FuzzTarget: Codable, Hashable, Sendable {
    /// The name of the backend.
    public var backend: String
    /// The surroundings.
    public var mode: AmbientMode
    /// The name of the saboteur that is put around it, if any.
    public var saboteur: String?
    /// Whether a simulated world fails now and then, as a real one does.
    public var hasFaults: Bool
    /// Whether it is looked at what a backend leaves in the process, which takes as long as a short history.
    public var watchesProcess = false
    /// The seed from which every history's own is made.
    public var seed: UInt64
    /// How many operations a history has, about.
    public var length: Int

    /// A target.
    public init(
        backend: String, mode: AmbientMode = .default, saboteur: String? = nil, hasFaults: Bool = false, seed: UInt64, length: Int
    ) {
        self.backend = backend
        self.mode = mode
        self.saboteur = saboteur
        self.hasFaults = hasFaults
        self.seed = seed
        self.length = length
    }

    /// The causes that the surroundings may impose on any operation.
    var imposedFailures: [IOError.Cause] { (hasFaults ? [.noSpace] : []) + (mode == .fewDescriptors ? [.tooManyOpen] : []) }

    /// The history at a place in the endless row of them. Targets with one seed and length have the same row.
    func history(at index: Int) -> History {
        HistoryGenerator.history(seed: SplitMix64.seed(for: "history \(index)", runSeed: seed), length: length)
    }
}
