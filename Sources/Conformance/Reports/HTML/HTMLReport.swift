// A run as one HTML page that needs nothing beside itself: no network, no other file, and no script for reading.

public import IOSpec

/// Writes the page: what failed, the backends, and a matrix of clauses with the cases behind each cell.
public enum HTMLReport {
    /// The page.
    ///
    /// - Parameters:
    ///   - clauses: where the words of clauses come from.
    ///   - cases: where the titles of cases come from.
    public static func document(
        _ report: RunReport, clauses: [Clause] = Clause.all, cases: [ConformanceCase] = CaseCatalogue.all
    ) -> String {
        let index = ReportIndex(report, clauses: clauses, cases: cases)
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
            <title>\(title(report)) · IO conformance</title>
            <style>\(HTMLStyle.sheet)</style>
            </head>
            <body>
            <a class="jump" href="#clauses">Skip to the clauses</a>
            <header>\(HTMLSummary.header(index))</header>
            <main>
            \(HTMLSummary.failures(index))
            \(HTMLBackends.section(index))
            \(HTMLMatrix.overview(index))
            \(HTMLMatrix.section(index))
            </main>
            <script>\(HTMLScript.code)</script>
            </body>
            </html>

            """
        return page.html
    }

    /// The run in a few words.
    static func title(_ report: RunReport) -> String {
        if report.isSuccess { return "Every judged case holds" }
        if report.failures.isEmpty { return "Nothing was judged" }
        return report.failures.count == 1 ? "1 failure" : "\(report.failures.count) failures"
    }

    /// What leads to a case, a clause or an area in the page.
    static func link(_ prefix: String, _ id: String) -> Markup { "<a href=\"#\(prefix)-\(id)\"><code>\(id)</code></a>" }

    /// A verdict as a coloured word with its sign.
    static func badge(_ verdict: Verdict) -> Markup { "<b class=\"badge \(verdict.rawValue)\">\(verdict.sign) \(verdict.rawValue)</b>" }

    /// The command that runs a case again.
    static func again(_ result: CaseResult, seed: UInt64) -> Markup {
        let mode = result.mode == .default ? "" : " --mode \(result.mode.rawValue)"
        return again("--backend \(result.backend) --case \(result.id)\(mode) --seed \(seed)")
    }

    /// The command that runs cases again with these options.
    static func again(_ options: String) -> Markup { "<p class=\"again\"><code>iospec conform \(options)</code></p>" }

    /// Seconds in the unit that suits them.
    static func duration(_ seconds: Double) -> String {
        // A report that was read may say anything.
        guard (0..<1_000_000).contains(seconds) else { return "–" }
        if seconds < 0.001 { return "\(Int((seconds * 1_000_000).rounded())) µs" }
        if seconds < 1 { return "\(tenths(seconds * 1000)) ms" }
        return "\(tenths(seconds)) s"
    }

    private static func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
