// Whether the suite is whole: each clause has a case, each case has clauses that exist.

public import IOSpec

/// The clauses held against the cases.
public struct Audit: Sendable {
    /// What became of a clause.
    public enum Coverage: Hashable, Sendable {
        /// These cases prove it.
        case covered([String])
        /// No case proves it at its level.
        case uncovered
        /// No case can.
        case untestable(String)
    }

    /// Each clause with its coverage, in the order of the specification.
    public let clauses: [(clause: Clause, coverage: Coverage)]
    /// What is wrong with the catalogue; a suite with problems is not whole.
    public let problems: [String]

    /// Holds `cases` against `clauses`.
    ///
    /// With `saboteurs`, a `must` that can be tested needs one that breaks it, too.
    public init(clauses: [Clause] = Clause.all, cases: [ConformanceCase], saboteurs: [Saboteur]? = nil) {
        self.clauses = clauses.map { ($0, Self.coverage(of: $0, by: cases)) }
        problems =
            Self.problems(clauses, cases) + self.clauses.compactMap(Self.problem)
            + (saboteurs.map { Self.unbroken(clauses, by: $0) } ?? [])
    }

    private static func unbroken(_ clauses: [Clause], by saboteurs: [Saboteur]) -> [String] {
        let broken = Set(saboteurs.flatMap(\.clauses))
        let unbroken = clauses.filter { clause in
            if case .untestable = clause.kind { return false }
            return clause.level == .must && !broken.contains(clause.id)
        }
        let missing = unbroken.map { "the clause \($0.id) is a must, and no saboteur breaks it" }
        let unknown = broken.subtracting(clauses.map(\.id)).sorted().map { "a saboteur breaks the clause \($0), which does not exist" }
        return missing + unknown
    }

    /// A case proves a clause only when it is at least as binding: a `should` case cannot fail a run.
    private static func coverage(of clause: Clause, by cases: [ConformanceCase]) -> Coverage {
        if case .untestable(let reason) = clause.kind { return .untestable(reason) }
        let proving = cases.filter { $0.clauses.contains(clause.id) && $0.level.weakness <= clause.level.weakness }
        return proving.isEmpty ? .uncovered : .covered(proving.map(\.id))
    }

    private static func problem(_ entry: (clause: Clause, coverage: Coverage)) -> String? {
        guard entry.clause.level == .must, entry.coverage == .uncovered else { return nil }
        return "the clause \(entry.clause.id) is a must, and no case proves it"
    }

    private static func problems(_ clauses: [Clause], _ cases: [ConformanceCase]) -> [String] {
        let known = Set(clauses.map(\.id))
        let counts = cases.reduce(into: [:]) { $0[$1.id, default: 0] += 1 }
        let duplicates = cases.map(\.id).uniqued().filter { counts[$0, default: 0] > 1 }.map { "the case \($0) exists more than once" }
        let unknown = cases.flatMap { entry in
            entry.clauses.filter { !known.contains($0) }.map { "the case \(entry.id) names the clause \($0), which does not exist" }
        }
        let idle = cases.filter(\.clauses.isEmpty).map { "the case \($0.id) proves no clause" }
        let untestable = clauses.compactMap { clause -> String? in
            guard case .untestable = clause.kind, let entry = cases.first(where: { $0.clauses.contains(clause.id) }) else { return nil }
            return "the clause \(clause.id) is declared untestable, and the case \(entry.id) claims to prove it"
        }
        return duplicates + unknown + idle + untestable
    }

    /// The audit for people: every clause with its cases, then the problems.
    public var text: String {
        var table = TextTable(["clause", "level", "cases"])
        for (clause, coverage) in clauses {
            table.add([clause.id, clause.level.rawValue, Self.words(coverage)])
        }
        let counts =
            "\(clauses.count) clauses: \(count { if case .covered = $0 { true } else { false } }) covered, "
            + "\(count { $0 == .uncovered }) uncovered, \(count { if case .untestable = $0 { true } else { false } }) untestable"
        return ([table.text, counts] + problems.map { "problem: \($0)" }).joined(separator: "\n")
    }

    private func count(_ isCounted: (Coverage) -> Bool) -> Int {
        clauses.count { isCounted($0.coverage) }
    }

    private static func words(_ coverage: Coverage) -> String {
        switch coverage {
        case .covered(let cases):
            cases.count > 3 ? "\(cases.prefix(3).joined(separator: " ")) and \(cases.count - 3) more" : cases.joined(separator: " ")
        case .uncovered: "UNCOVERED"
        case .untestable(let reason): "untestable: \(reason)"
        }
    }
}
