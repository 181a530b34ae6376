// Why the model does not allow what was seen.

/// A disagreement between a backend and the specification.
public struct Refusal: Error, Hashable, Sendable {
    /// The clause that what was seen breaks.
    public let clause: String
    /// What would have been allowed, in words.
    public let allowed: String
    /// What was seen, in words.
    public let seen: String

    /// A disagreement.
    public init(clause: String, allowed: String, seen: String) {
        self.clause = clause
        self.allowed = allowed
        self.seen = seen
    }
}
