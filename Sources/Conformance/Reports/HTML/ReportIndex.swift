// A report in the order in which a reader asks: areas, their clauses, the cases of each clause, the results of each case.

import IOSpec

/// Everything that the page looks up, once.
struct ReportIndex {
    /// An area with the clauses in it that results speak about.
    struct Area {
        var name: String
        var clauses: [String]
    }

    let report: RunReport
    /// The areas in the order of the specification, those that it does not know last.
    let areas: [Area]
    /// The names of the backends, in the order of the report.
    let backends: [String]

    private let clauses: [String: Clause]
    private let cases: [String: ConformanceCase]
    private let casesByClause: [String: [String]]
    private let resultsByCase: [String: [CaseResult]]
    private let tallies: [Cell: Tally]

    private struct Cell: Hashable {
        var clause: String
        var backend: String
    }

    /// An index of `report`, in which clauses and cases have their words from these.
    init(_ report: RunReport, clauses: [Clause], cases: [ConformanceCase]) {
        self.report = report
        self.clauses = Dictionary(clauses.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.cases = Dictionary(cases.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        backends = (report.backends.map(\.name) + report.results.map(\.backend)).uniqued()
        resultsByCase = Dictionary(grouping: report.results, by: \.id)

        var byClause: [String: [String]] = [:]
        var byCell: [Cell: [CaseResult]] = [:]
        for result in report.results {
            for clause in result.concerned {
                byClause[clause, default: []].append(result.id)
                byCell[Cell(clause: clause, backend: result.backend), default: []].append(result)
            }
        }
        casesByClause = byClause.mapValues { $0.uniqued() }
        tallies = byCell.mapValues { Tally($0) }

        let known = clauses.map(\.id).filter { byClause[$0] != nil }
        let unknown = byClause.keys.filter { !known.contains($0) }.sorted()
        let all = known + unknown
        areas = all.map(Self.area).uniqued().map { name in Area(name: name, clauses: all.filter { Self.area(of: $0) == name }) }
    }

    private static func area(of clause: String) -> String { String(clause.prefix { $0 != "." }) }

    /// The clause, where this version of the specification has it.
    func clause(_ id: String) -> Clause? { clauses[id] }

    /// What the case proves as a sentence, where it has one.
    func title(ofCase id: String) -> String? { cases[id]?.title }

    /// The results of a case, in the order of the report.
    func results(ofCase id: String) -> [CaseResult] { resultsByCase[id, default: []] }

    /// The cases that speak about a clause.
    func cases(of clause: String) -> [String] { casesByClause[clause, default: []] }

    /// The clause under which a case is told in full: the first that it proves.
    func home(ofCase id: String) -> String? {
        results(ofCase: id).first.flatMap { $0.clauses.first ?? $0.blamed }
    }

    /// How a backend stands to a clause.
    func tally(of clause: String, on backend: String) -> Tally {
        tallies[Cell(clause: clause, backend: backend)] ?? Tally([])
    }

    /// How a backend stands in an area: each case counts once, where it is told in full.
    func tally(ofArea area: Area, on backend: String) -> Tally {
        let homes = Set(area.clauses)
        return Tally(report.results.filter { $0.backend == backend && homes.contains($0.clauses.first ?? $0.blamed ?? "") })
    }

    /// How a backend stands.
    func tally(ofBackend backend: String) -> Tally { Tally(report.results.filter { $0.backend == backend }) }
}
