// How soon random histories noticed each saboteur, as data and as a table.

/// What became of each saboteur.
public struct SaboteurHuntReport: Codable, Sendable {
    /// The version of this structure.
    public var schemaVersion = 2
    /// One for each saboteur that could be put around a backend, by name.
    public var results: [SaboteurHuntResult]

    init(_ results: [SaboteurHuntResult]) {
        self.results = results
    }

    /// Those that were noticed.
    public var found: [SaboteurHuntResult] { results.filter { $0.finding != nil } }

    /// Those that a history should show.
    public var visible: [SaboteurHuntResult] { results.filter { $0.finding != nil || $0.isHiddenBecause == nil } }

    /// A table of the saboteurs, with the share that was found and its medians.
    public var text: String {
        var table = TextTable(["saboteur", "outcome", "backend", "operations", "seconds", "steps", "clause"])
        for result in results {
            let finding = result.finding
            table.add([
                result.saboteur, result.outcome, result.backend ?? "-", "\(result.operations)", Self.tenths(result.seconds),
                finding.map { "\($0.history.steps.count)" } ?? "-",
                finding.map { $0.disagreement.clause ?? "crash or hang" } ?? result.breaks.joined(separator: " "),
            ])
        }
        return table.text + "\n\n" + share(of: results, "all saboteurs") + share(of: visible, "those that a history can show") + medians
    }

    private func share(of all: [SaboteurHuntResult], _ words: String) -> String {
        all.isEmpty ? "" : "found \(found.count) of \(all.count), \(found.count * 100 / all.count) % of \(words)\n"
    }

    private var medians: String {
        let findings = found.compactMap(\.finding)
        guard let operations = findings.map(\.operationsBefore).median, let steps = findings.map(\.history.steps.count).median,
            let seconds = found.map(\.seconds).median
        else { return "" }
        return "medians of what was found: \(operations) operations, \(Self.tenths(seconds)) s, \(steps) steps of the shrunk history\n"
    }

    private static func tenths(_ seconds: Double) -> String {
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension Array where Element: Comparable {
    /// The one in the middle; nil when there is none.
    fileprivate var median: Element? { isEmpty ? nil : sorted()[count / 2] }
}
