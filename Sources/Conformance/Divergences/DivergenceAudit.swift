// Whether every measured disagreement is accounted for: by a case, or by the reason why there can be none.

public import IOSpec

/// The disagreements held against the clauses and the cases.
public struct DivergenceAudit: Sendable {
    /// A disagreement with the cases that show it.
    public struct Entry: Codable, Sendable {
        /// The number by which people refer to it.
        public var number: Int
        /// What it is about.
        public var title: String
        /// What kernel interfaces do.
        public var behaviour: String
        /// The ids of the clauses that decide.
        public var rule: [String]
        /// The ids of the cases that show it.
        public var cases: [String]
        /// Why no case can tell.
        public var reason: String?

        /// Whether a case shows it, or there is a reason why none can.
        public var isAccounted: Bool { reason != nil || !cases.isEmpty }
    }

    /// The disagreements in the order of their numbers.
    public let entries: [Entry]
    /// What is wrong; with problems not everything is accounted for.
    public let problems: [String]
    private let total: Int

    /// Holds `divergences`, which must have exactly these `numbers`, against `clauses` and `cases`.
    public init(
        _ divergences: [Divergence] = DivergenceCatalogue.all, numbers: ClosedRange<Int> = DivergenceCatalogue.numbers,
        clauses: [Clause] = Clause.all, cases: [ConformanceCase]
    ) {
        let ids = cases.map(\.id)
        let ordered = divergences.sorted { $0.number < $1.number }
        entries = ordered.map { Entry($0, among: ids) }
        total = numbers.count
        let known = Set(clauses.map(\.id))
        problems = Self.misnumbered(ordered.map(\.number), numbers) + ordered.flatMap { Self.problems(of: $0, known, cases) }
    }

    private static func misnumbered(_ found: [Int], _ numbers: ClosedRange<Int>) -> [String] {
        let counts = found.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        let missing = numbers.filter { counts[$0] == nil }.map { "there is no item \($0)" }
        let repeated = counts.filter { $0.value > 1 }.keys.sorted().map { "the item \($0) exists more than once" }
        let foreign = counts.keys.filter { !numbers.contains($0) }.sorted().map {
            "the item \($0) is not one of \(numbers.lowerBound) to \(numbers.upperBound)"
        }
        return missing + repeated + foreign
    }

    private static func problems(of divergence: Divergence, _ clauses: Set<String>, _ cases: [ConformanceCase]) -> [String] {
        let name = "the item \(divergence.number) (\(divergence.title))"
        let unknown = divergence.rule.filter { !clauses.contains($0) }.map { "\(name) names the clause \($0), which does not exist" }
        guard case .cases(let patterns) = divergence.evidence else { return unknown }
        let lawless = divergence.rule.isEmpty ? ["\(name) names no clause"] : []
        let unmatched = patterns.filter { pattern in !cases.contains { Selection.matches($0.id, pattern) } }
        let matching = cases.filter { entry in patterns.contains { Selection.matches(entry.id, $0) } }
        let unproved = divergence.rule.filter { clause in clauses.contains(clause) && !matching.contains { $0.clauses.contains(clause) } }
        return unknown + lawless + (patterns.isEmpty ? ["\(name) names no case"] : [])
            + unmatched.map { "\(name) names the cases \($0), and none has such an id" }
            + unproved.map { "\(name) names the clause \($0), and none of its cases proves that" }
    }

    private func count(_ isCounted: (Entry) -> Bool) -> Int { entries.count(where: isCounted) }

    /// How many are accounted for, and how.
    public var summary: String {
        "\(count(\.isAccounted)) of \(total) accounted for: \(count { $0.isAccounted && $0.reason == nil }) by a case, "
            + "\(count { $0.reason != nil }) untestable"
    }

    /// The table for people, the summary, then the problems.
    public var text: String {
        var table = TextTable(["item", "title", "cases"])
        for entry in entries { table.add(["\(entry.number)", entry.title, entry.evidence]) }
        return ([table.text, summary] + problems.map { "problem: \($0)" }).joined(separator: "\n")
    }

    /// The disagreements as a document in Markdown: what kernels do, what the specification says, and what shows it.
    public var markdown: String {
        let rows = entries.map { entry in
            let rule = entry.rule.map { "`\($0)`" }.joined(separator: " ")
            return "| \(entry.number) | \(entry.title) | \(entry.behaviour) | \(rule) | \(entry.evidence) |\n"
        }
        let problems = problems.map { "- \($0)\n" }.joined()
        return
            "# Where kernel interfaces disagree\n\n\(summary).\n\n| item | title | what kernels do | clauses | cases |\n|---|---|---|---|---|\n"
            + rows.joined() + (problems.isEmpty ? "" : "\n## Problems\n\n\(problems)")
    }

    /// Everything as data.
    public var document: Document { Document(total: total, summary: summary, items: entries, problems: problems) }

    /// The audit as it is written in JSON.
    public struct Document: Codable, Sendable {
        /// The version of this structure.
        public var schemaVersion = 1
        /// How many disagreements there must be.
        public var total: Int
        /// How many are accounted for, and how, in words.
        public var summary: String
        /// The disagreements.
        public var items: [Entry]
        /// What is wrong.
        public var problems: [String]
    }
}

extension DivergenceAudit.Entry {
    fileprivate init(_ divergence: Divergence, among ids: [String]) {
        number = divergence.number
        title = divergence.title
        behaviour = divergence.behaviour
        rule = divergence.rule
        cases = []
        switch divergence.evidence {
        case .cases(let patterns): cases = ids.filter { id in patterns.contains { Selection.matches(id, $0) } }
        case .untestable(let why): reason = why
        }
    }

    /// The first few cases and their number, or why there are none.
    fileprivate var evidence: String {
        if let reason { return "untestable: \(reason)" }
        if cases.isEmpty { return "NONE" }
        return cases.count > 3 ? "\(cases.prefix(3).joined(separator: " ")) and \(cases.count - 3) more" : cases.joined(separator: " ")
    }
}
