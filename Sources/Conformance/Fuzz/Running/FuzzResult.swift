// What random histories on one target came to.

/// How much was carried out on one target, and what was found.
public struct FuzzResult: Codable, Sendable {
    /// The name of the backend.
    public var backend: String
    /// The saboteur around it, if any.
    public var saboteur: String?
    /// The histories that were judged.
    public var histories = 0
    /// Their operations.
    public var operations = 0
    /// The histories of which files and names were judged up to a point only, since they could have been in too many states.
    public var givenUp = 0
    /// How long that took.
    public var seconds = 0.0
    /// The histories that could not be judged, and why the last one could not.
    public var skipped = 0
    public var skipReason: String?
    /// Why the backend cannot be had here.
    public var unavailable: String?
    /// What the backend does that the specification does not allow.
    public var finding: FuzzFinding?

    /// Nothing so far.
    init(_ target: FuzzTarget) {
        backend = target.backend
        saboteur = target.saboteur
    }

    /// Operations in a second.
    public var rate: Double { seconds > 0 ? Double(operations) / seconds : 0 }

    mutating func add(_ progress: FuzzProgress) {
        histories += progress.histories
        operations += progress.operations
        givenUp += progress.givenUp
        skipped += progress.skipped
        skipReason = progress.skipReason ?? skipReason
    }
}
