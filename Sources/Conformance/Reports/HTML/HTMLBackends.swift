// The backends of a run: whether each could be had, how it stands, what it probed for and how it carries out each operation.

import IOSpec

/// A card for each backend, and the table of mechanisms.
enum HTMLBackends {
    /// The section.
    static func section(_ index: ReportIndex) -> Markup {
        """
        <section id="backends"><h2>Backends</h2>
        <div class="cards">\(index.report.backends.map { card($0, index.tally(ofBackend: $0.name)) })</div>
        \(mechanisms(index.report.backends.filter(\.available)))
        </section>
        """
    }

    private static func card(_ backend: BackendReport, _ tally: Tally) -> Markup {
        let state = backend.available ? standing(tally) : "not available"
        return """
            <article class="card \(tally.worst?.rawValue ?? "skip")">
            <h3>\(backend.name)</h3><p class="standing">\(state)</p>
            <p class="figure"><b>\(tally.figure)</b> \(tally.words)</p>
            \(bar(tally))
            \(backend.explanation.map { "<p class=\"message\">\($0)</p>" as Markup })
            \(backend.available ? properties(backend) : nil)
            </article>
            """
    }

    private static func standing(_ tally: Tally) -> String {
        if tally.failed > 0 { return "does not conform" }
        return tally.good > 0 ? "no clause is broken" : "nothing was judged"
    }

    /// The verdicts as lengths; the figures beside it say the same.
    private static func bar(_ tally: Tally) -> Markup {
        let parts = tally.verdicts.reversed().map { "<i class=\"\($0.verdict.rawValue)\" style=\"flex-grow:\($0.count)\"></i>" as Markup }
        return "<div class=\"bar\" aria-hidden=\"true\">\(parts)</div>"
    }

    private static func properties(_ backend: BackendReport) -> Markup {
        let rows = [
            row("Claims", backend.capabilities), row("Kernel features", backend.features.filter(\.present).map(\.name)),
            row("Without", backend.features.filter { !$0.present }.map(\.name)),
        ]
        return "<details><summary>Claims and kernel features</summary><dl>\(rows.compactMap { $0 })</dl></details>"
    }

    private static func row(_ title: String, _ words: [String]) -> Markup? {
        if words.isEmpty { return nil }
        return "<dt>\(title)</dt><dd>\(words.map { "<code>\($0)</code> " as Markup })</dd>"
    }

    /// How each backend carries out each operation.
    private static func mechanisms(_ backends: [BackendReport]) -> Markup? {
        if backends.isEmpty { return nil }
        // Operations of a later version stand after those that are known here.
        let known = OperationKind.allCases.map { "\($0)" }
        let all = backends.flatMap { $0.mechanisms.keys.sorted() }
        let operations = (known.filter(all.contains) + all).uniqued()
        return """
            <details class="wide"><summary>How each operation is carried out</summary><div class="scroll"><table>
            <thead><tr><th scope="col">operation</th>\(backends.map { "<th scope=\"col\">\($0.name)</th>" as Markup })</tr></thead>
            <tbody>\(operations.map { mechanism(of: $0, backends) })</tbody></table></div></details>
            """
    }

    private static func mechanism(of operation: String, _ backends: [BackendReport]) -> Markup {
        let cells = backends.map { "<td>\($0.mechanisms[operation] ?? "–")</td>" as Markup }
        return "<tr><th scope=\"row\"><code>\(operation)</code></th>\(cells)</tr>\n"
    }
}
