// What a case throws when the backend broke a clause.

/// A disproof, in words that name what was expected and what was seen.
public struct CaseFailure: Error, CustomStringConvertible {
    /// What kind of disproof it is.
    public enum Kind: Sendable {
        /// Something else was seen than the clause says.
        case disproved
        /// What the clause promises did not come within the case's time limit.
        case timeout
    }

    /// What was expected and what was seen.
    public let message: String
    /// The clause that was broken, where it is not simply those of the case.
    public let clause: String?
    /// What kind of disproof it is.
    public let kind: Kind

    /// A disproof of `clause`, or of the clauses of the case.
    public init(_ message: String, clause: String? = nil, kind: Kind = .disproved) {
        self.message = message
        self.clause = clause
        self.kind = kind
    }

    public var description: String { message }
}
