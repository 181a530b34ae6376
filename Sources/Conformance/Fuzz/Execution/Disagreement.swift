// What a backend did that the specification does not allow, as a report has it.

public import IOSpec

/// A disagreement between a backend and the model, between two backends, or the end of the process.
public struct Disagreement: Codable, Hashable, Sendable, Error {
    /// The clause that is broken; nil for a crash or a hang, which break them all.
    public var clause: String?
    /// What would have been allowed.
    public var allowed: String
    /// What was seen.
    public var seen: String

    init(clause: String?, allowed: String, seen: String) {
        self.clause = clause
        self.allowed = allowed
        self.seen = seen
    }

    /// What the model does not allow.
    public init(_ refusal: Refusal) {
        self.init(clause: refusal.clause, allowed: refusal.allowed, seen: refusal.seen)
    }

    init(_ failure: CaseFailure) {
        let clause = failure.clause ?? "completion.exactly-one"
        self.init(clause: clause, allowed: "what the clause says", seen: failure.message)
    }

    /// Whether `other` is about the same thing, so that a smaller history may stand for a larger one.
    func isLike(_ other: Disagreement) -> Bool { clause == other.clause && (clause != nil || kind == other.kind) }

    /// The first word of what was seen tells a crash from a hang.
    private var kind: Substring { seen.prefix { $0 != " " } }

    /// The sentence of the clause.
    public var sentence: String? { Clause.all.first { $0.id == clause }?.sentence }
}
