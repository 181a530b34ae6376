// What the suite's own test found, for people.

extension SelfTestReport {
    /// A table of saboteurs, the cases that caught them and what those said, for a terminal.
    public var text: String {
        var table = TextTable(["saboteur", "backend", "caught by", "time", "message"])
        for entry in saboteurs {
            table.add([
                entry.name, entry.backend ?? "-", entry.word, entry.time, entry.kills.first?.message ?? entry.summary,
            ])
            for kill in entry.kills.dropFirst() { table.add(["", "", kill.id, HTMLReport.duration(kill.seconds), kill.message]) }
        }
        return [table.text, clauseTable, shortcomings, summary].filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    /// What keeps the run from being a success, a line each: last, since of a long output often only the end is kept.
    private var shortcomings: String {
        let alarms = falseAlarms.map { "false alarm: \($0.setting) \($0.id): \($0.message)" }
        let survivors = saboteurs.filter { $0.outcome != .caught }.map { "\($0.outcome.words): \($0.name)" }
        let unshown = clauses.filter { $0.killer == nil }.map { "shown by no case of its own: \($0.clause)" }
        return (alarms + survivors + unshown).joined(separator: "\n")
    }

    /// Each clause with the saboteur of it that was caught by a case of its own.
    private var clauseTable: String {
        var table = TextTable(["clause", "saboteur", "caught by"])
        for clause in clauses { table.add([clause.clause, clause.saboteur ?? "-", clause.killer ?? "NOTHING"]) }
        return table.text
    }

    /// The same as a document, with what each saboteur does and which clauses it breaks.
    public var markdown: String {
        let alarms = falseAlarms.map { "- false alarm: `\($0.backend)` `\($0.id)`: \(ReportComparison.cell($0.message))\n" }
        let rows = saboteurs.map { entry in
            "| `\(entry.name)`<br>\(ReportComparison.cell(entry.summary)) | \(entry.clauses.map { "`\($0)`" }.joined(separator: " ")) "
                + "| \(entry.backend ?? "–") | \(entry.outcome.words) | \(entry.kills.map(\.markdown).joined(separator: "<br>")) |\n"
        }
        return "# Self-test of the conformance suite\n\n\(summary). \(run.kernel), seed \(run.seed), \(run.date).\n\n\(alarms.joined())\n"
            + "| saboteur | breaks | on | outcome | caught by |\n| --- | --- | --- | --- | --- |\n\(rows.joined())"
            + "\n| clause | saboteur | caught by |\n| --- | --- | --- |\n\(clauses.map(\.markdown).joined())"
    }

    /// The numbers in one line.
    private var summary: String {
        "\(caught) of \(saboteurs.count) saboteurs caught by the right clause, \(falseAlarms.count) false alarms in \(judged) results of good "
            + "backends, \(shown) of \(clauses.count) clauses shown by a case of their own"
    }
}

extension SelfTestReport.Entry {
    fileprivate var word: String {
        let first = kills.first?.id ?? ""
        return outcome == .caught ? first : "\(outcome.words.uppercased())\(first.isEmpty ? "" : ": \(first)")"
    }

    fileprivate var time: String { kills.first.map { HTMLReport.duration($0.seconds) } ?? "-" }
}

extension SelfTestReport.Outcome {
    fileprivate var words: String {
        switch self {
        case .caught: "caught"
        case .wrongClause: "wrong clause"
        case .survived: "survived"
        case .notApplicable: "not applicable"
        }
    }
}

extension ClauseKill {
    fileprivate var markdown: String {
        "| `\(clause)` | \(saboteur.map { "`\($0)`" } ?? "–") | \(killer.map { "`\($0)`" } ?? "nothing") |\n"
    }
}

extension SelfTestReport.Kill {
    fileprivate var markdown: String {
        "`\(id)` (\(verdict.rawValue), \(HTMLReport.duration(seconds))): \(ReportComparison.cell(message))"
    }
}
