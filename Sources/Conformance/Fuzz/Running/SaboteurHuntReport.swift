// How soon random histories noticed each saboteur.

import IOSpec

/// What became of each saboteur.
public struct SaboteurHuntReport: Codable, Sendable {
    /// The version of this structure.
    public var schemaVersion = 1
    /// One for each saboteur that could be put around a backend, by name.
    public var results: [FuzzResult]
    /// The clauses that each saboteur breaks.
    public var broken: [String: [String]]

    init(_ results: [FuzzResult], saboteurs: [Saboteur]) {
        self.results = results
        broken = Dictionary(saboteurs.map { ($0.name, $0.clauses) }, uniquingKeysWith: { $1 })
    }

    /// Those that were noticed.
    public var found: [FuzzResult] { results.filter { $0.finding != nil && !$0.isFalseAlarm } }

    /// A table of the saboteurs, with the medians of those that were found.
    public var text: String {
        var table = TextTable(["saboteur", "backend", "found", "operations", "steps", "clause", "breaks"])
        for result in results {
            let finding = result.finding
            table.add([
                result.saboteur ?? "", result.backend, Self.word(for: result), "\(finding?.operationsBefore ?? result.operations)",
                finding.map { "\($0.history.steps.count)" } ?? "-", finding.map { $0.disagreement.clause ?? "crash or hang" } ?? "-",
                broken[result.saboteur ?? "", default: []].joined(separator: " "),
            ])
        }
        let findings = found.compactMap(\.finding)
        return table.text + "\n\n\(findings.count) of \(results.count) saboteurs found"
            + (findings.isEmpty
                ? "\n"
                : "; medians: \(Self.median(findings.map(\.operationsBefore))) operations, \(Self.median(findings.map { $0.history.steps.count })) steps\n")
    }

    private static func word(for result: FuzzResult) -> String {
        if result.isFalseAlarm { return "false alarm" }
        return result.finding == nil ? "no" : "yes"
    }

    private static func median(_ numbers: [Int]) -> Int { numbers.sorted()[numbers.count / 2] }
}
