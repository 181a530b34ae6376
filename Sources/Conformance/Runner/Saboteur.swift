// A backend that breaks one rule on purpose, to prove that the suite would notice.

/// Breaks the rule of its clauses in any backend that it is put around.
public struct Saboteur: Sendable {
    /// A stable name.
    public let name: String
    /// The ids of the clauses that it breaks, at least one; none of a control, which does nothing wrong.
    public let clauses: [String]
    /// What it does wrong, in one sentence.
    public let summary: String
    /// The number of the measured ``Divergence`` of kernels that invites the mistake, if one does.
    public let disagreement: Int?
    /// The surroundings in which it is hunted, because it does no harm in others.
    public private(set) var mode = AmbientMode.default
    /// The sabotaged backend, or nil when this kind of backend cannot be sabotaged so. It keeps the good one's name.
    public let wrap: @Sendable (BackendFactory) -> BackendFactory?

    /// A saboteur of `clauses`.
    public init(
        _ name: String, breaks clauses: [String], summary: String, disagreement: Int? = nil,
        wrap: @escaping @Sendable (BackendFactory) -> BackendFactory?
    ) {
        self.name = name
        self.clauses = clauses
        self.summary = summary
        self.disagreement = disagreement
        self.wrap = wrap
    }

    /// The same saboteur, hunted in `mode`.
    public func surrounded(by mode: AmbientMode) -> Saboteur {
        var surrounded = self
        surrounded.mode = mode
        return surrounded
    }
}
