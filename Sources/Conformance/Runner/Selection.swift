// Which cases a person asked for.

import Glibc
public import IOSpec

/// Chooses cases by pattern, clause and level. What is empty chooses everything.
public struct Selection: Sendable {
    /// Patterns of ids, with `*` and `?`.
    public var patterns: [String]
    /// Ids of clauses, of which a case must prove one.
    public var clauses: [String]
    /// The weakest level: `should` chooses `must` and `should`.
    public var level: Clause.Level

    /// A choice; everything unless said otherwise.
    public init(patterns: [String] = [], clauses: [String] = [], level: Clause.Level = .may) {
        self.patterns = patterns
        self.clauses = clauses
        self.level = level
    }

    /// The chosen cases, in their order.
    ///
    /// - Throws: ``WrongUse`` for a pattern that matches nothing, a clause that does not exist or has no case, and an empty choice.
    public func select(from cases: [ConformanceCase]) throws(WrongUse) -> [ConformanceCase] {
        for pattern in patterns where !cases.contains(where: { Self.matches($0.id, pattern) }) {
            let areas = cases.map(\.area).uniqued().joined(separator: ", ")
            throw WrongUse(
                "no case matches “\(pattern)”; the areas are \(areas) (for instance “\(cases.first?.area ?? "file").*”); --list names every case"
            )
        }
        for clause in clauses { try check(clause, cases) }
        let chosen = cases.filter(isChosen)
        if chosen.isEmpty {
            throw WrongUse("no case is chosen: the patterns, clauses and level exclude each other; --list names every case")
        }
        return chosen
    }

    private func check(_ clause: String, _ cases: [ConformanceCase]) throws(WrongUse) {
        guard Clause.all.contains(where: { $0.id == clause }) else {
            throw WrongUse("there is no clause “\(clause)”; iospec spec lists all \(Clause.all.count)")
        }
        guard cases.contains(where: { $0.clauses.contains(clause) }) else {
            throw WrongUse("no case proves the clause “\(clause)”; iospec audit says which clauses have cases")
        }
    }

    private func isChosen(_ conformanceCase: ConformanceCase) -> Bool {
        if conformanceCase.level.weakness > level.weakness { return false }
        if !patterns.isEmpty, !patterns.contains(where: { Self.matches(conformanceCase.id, $0) }) { return false }
        return clauses.isEmpty || conformanceCase.clauses.contains(where: clauses.contains)
    }

    /// Whether `pattern`, with `*` and `?`, describes all of `id`.
    static func matches(_ id: String, _ pattern: String) -> Bool {
        unsafe fnmatch(pattern, id, 0) == 0
    }
}

extension Clause.Level {
    /// How little binding: 0 for `must`.
    var weakness: Int {
        switch self {
        case .must: 0
        case .should: 1
        case .may: 2
        }
    }
}

extension Sequence where Element: Hashable {
    /// The elements, each the first time that it is seen.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
