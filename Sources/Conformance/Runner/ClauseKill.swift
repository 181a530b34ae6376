// Which case shows that a clause is proved: it caught a saboteur that breaks that clause.

public import IOSpec

/// The evidence for a clause.
public struct ClauseKill: Codable, Hashable, Sendable {
    /// The id of the clause.
    public var clause: String
    /// The saboteur that was caught; nil when none of those that break the clause was caught by a case of the clause.
    public var saboteur: String?
    /// The id of the case that caught it.
    public var killer: String?

    /// The evidence for each `must` that can be tested, in the order of `clauses`.
    public static func all(of clauses: [Clause], in findings: [SelfTest.Finding]) -> [ClauseKill] {
        clauses.filter(isDemanded).map { clause in
            let broken = findings.filter { $0.saboteur.clauses.contains(clause.id) }
            for finding in broken {
                guard let kill = finding.kills.first(where: { $0.concerned.contains(clause.id) }) else { continue }
                return ClauseKill(clause: clause.id, saboteur: finding.saboteur.name, killer: kill.id)
            }
            return ClauseKill(clause: clause.id)
        }
    }

    private static func isDemanded(_ clause: Clause) -> Bool {
        if case .untestable = clause.kind { return false }
        return clause.level == .must
    }
}
