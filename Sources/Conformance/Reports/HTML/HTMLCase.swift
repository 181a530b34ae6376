// What the page tells of one case: on each backend its verdict, what was seen, how long it took, and how to run it again.

/// A case behind a cell.
enum HTMLCase {
    /// The case in full, which opens.
    static func entry(_ id: String, _ index: ReportIndex) -> Markup {
        let results = index.results(ofCase: id)
        return """
            <details class="case" id="case-\(id)"\(verdicts(results))><summary><code>\(id)</code>\(told(results).map(mark))</summary>
            <div class="inside">\(index.title(ofCase: id).map { "<p>\(capitalised($0)).</p>" as Markup })
            \(proves(results))
            \(iterations(results))
            \(told(results).map { line($0, seed: index.report.run.seed) })
            \(untold(results))
            \(results.contains(where: needsOwnCommand) ? nil : HTMLReport.again("--case \(id) --seed \(index.report.run.seed)"))
            </div></details>

            """
    }

    /// A link to a case that is told in full elsewhere.
    static func mention(_ id: String, _ index: ReportIndex) -> Markup {
        let results = index.results(ofCase: id)
        return "<li class=\"mention\"\(verdicts(results))>\(HTMLReport.link("case", id))\(told(results).map(mark))</li>"
    }

    /// The results of the first mode, and those of other modes that are not like it.
    private static func told(_ results: [CaseResult]) -> [CaseResult] {
        let first = Dictionary(results.map { ($0.backend, $0) }, uniquingKeysWith: { first, _ in first })
        return results.filter { result in
            result.mode == first[result.backend]?.mode || result.verdict != first[result.backend]?.verdict || needsOwnCommand(result)
        }
    }

    /// How many results are like those that are told.
    private static func untold(_ results: [CaseResult]) -> Markup? {
        let count = results.count - told(results).count
        return count == 0 ? nil : "<p class=\"hint\">\(count) results in other modes have the same verdicts.</p>"
    }

    /// The results for the filters.
    private static func verdicts(_ results: [CaseResult]) -> Markup {
        " data-results=\"\(results.map { "\($0.backend):\($0.verdict.rawValue)" }.joined(separator: " "))\""
    }

    private static func mark(_ result: CaseResult) -> Markup {
        " <span class=\"mark \(result.verdict.rawValue)\" data-backend=\"\(result.backend)\">\(result.verdict.sign) \(result.setting)</span>"
    }

    private static func capitalised(_ sentence: String) -> String {
        sentence.prefix(1).uppercased() + sentence.dropFirst()
    }

    private static func proves(_ results: [CaseResult]) -> Markup? {
        guard let clauses = results.first?.clauses, clauses.count > 1 else { return nil }
        return "<p class=\"hint\">Proves \(clauses.map { HTMLReport.link("clause", $0) }.joined(separator: ", "))</p>"
    }

    private static func iterations(_ results: [CaseResult]) -> Markup? {
        results.first?.iterations.map { "<p class=\"hint\">Stochastic: repeats what it proves \($0) times.</p>" }
    }

    private static func needsOwnCommand(_ result: CaseResult) -> Bool { result.verdict.isFailure || result.verdict == .nonStrict }

    private static func line(_ result: CaseResult, seed: UInt64) -> Markup {
        """
        <div class="result" data-backend="\(result.backend)"><b class="backend">\(result.setting)</b> \(HTMLReport.badge(result.verdict)) \
        <span class="time">\(HTMLReport.duration(result.seconds))</span>\
        \(result.message.isEmpty ? nil : "<p class=\"message\">\(result.message)</p>" as Markup)\
        \(result.blamed.map { "<p class=\"hint\">Blames \(HTMLReport.link("clause", $0))</p>" as Markup })\
        \(needsOwnCommand(result) ? HTMLReport.again(result, seed: seed) : nil)\
        \(trace(result))</div>

        """
    }

    private static func trace(_ result: CaseResult) -> Markup? {
        guard let trace = result.trace, !trace.isEmpty else { return nil }
        return """
            <details class="trace"><summary>Last steps</summary><pre tabindex="0" role="region" aria-label="Last steps of \(result.id) on \
            \(result.setting)">\(trace.joined(separator: "\n"))</pre></details>
            """
    }
}
