// One measured disagreement between kernel interfaces, and how the specification settles it.

/// What kernels do differently, the clauses that decide, and the cases that show it.
public struct Divergence: Sendable {
    /// What shows that the rule holds on a backend.
    public enum Evidence: Hashable, Sendable {
        /// The cases whose ids match these patterns, with `*` and `?`.
        case cases([String])
        /// No case can tell on a live kernel, for this reason.
        case untestable(String)
    }

    /// The number by which people refer to it.
    public let number: Int
    /// What it is about.
    public let title: String
    /// What kernel interfaces do, as it was measured.
    public let behaviour: String
    /// The ids of the clauses that decide what a backend does.
    public let rule: [String]
    /// What shows it.
    public let evidence: Evidence

    /// Describes a disagreement.
    public init(_ number: Int, _ title: String, _ behaviour: String, rule: [String] = [], _ evidence: Evidence) {
        self.number = number
        self.title = title
        self.behaviour = behaviour
        self.rule = rule
        self.evidence = evidence
    }
}
