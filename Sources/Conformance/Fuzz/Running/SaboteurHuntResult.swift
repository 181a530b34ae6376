// How soon random histories found one saboteur out.

/// What became of the hunt for one saboteur.
public struct SaboteurHuntResult: Codable, Sendable {
    /// The name of the saboteur.
    public var saboteur: String
    /// The clauses that it breaks.
    public var breaks: [String]
    /// The backend on which it was found; nil when it was not.
    public var backend: String?
    /// How long the hunt took until then, in seconds, without shrinking.
    public var seconds = 0.0
    /// The operations that were carried out until then, on all backends.
    public var operations = 0
    /// The histories that the good backend was blamed for as well, so that they show nothing.
    public var falseAlarms = 0
    /// Why backends cannot be had here, by their names.
    public var unavailable: [String: String] = [:]
    /// Why no history can show it; nil when one should.
    public var isHiddenBecause: String?
    /// What the sabotaged backend does, and the good one does not.
    public var finding: FuzzFinding?

    /// Nothing so far.
    init(_ saboteur: Saboteur) {
        self.saboteur = saboteur.name
        breaks = saboteur.clauses
        isHiddenBecause = saboteur.isHiddenFromHistoriesBecause
    }

    /// What came of the hunt, in few words.
    public var outcome: String {
        if finding != nil { return "found" }
        if let isHiddenBecause { return "not visible in a history: \(isHiddenBecause)" }
        return "not found"
    }
}
