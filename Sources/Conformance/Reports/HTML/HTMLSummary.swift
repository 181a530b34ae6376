// The top of the page: how the run went, where it was made, and what failed.

/// The outcome and the circumstances of a run.
enum HTMLSummary {
    /// The title, the numbers and the circumstances.
    static func header(_ index: ReportIndex) -> Markup {
        let report = index.report
        return """
            <p class="kind">IO specification · conformance report</p>
            <h1 class="\(report.isSuccess ? "good" : "bad")">\(HTMLReport.title(report))</h1>
            <p class="verdicts">\(counts(report))</p>
            \(circumstances(report.run))
            """
    }

    private static func counts(_ report: RunReport) -> [Markup] {
        Tally(report.results).verdicts.map { verdict, count in
            "<span class=\"count \(verdict.rawValue)\"><b>\(count)</b> \(verdict.rawValue)</span> "
        }
    }

    private static func circumstances(_ run: RunInformation) -> Markup {
        let limits = run.limits.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        let facts = [
            ("Ended", run.date), ("Took", HTMLReport.duration(run.seconds)), ("Kernel", run.kernel),
            ("Processors", "\(run.processors) × \(run.machine)"), ("Children at a time", "\(run.jobs)"), ("Seed", "\(run.seed)"),
            ("File system", run.fileSystem), ("Limits", limits.isEmpty ? "none" : limits),
        ]
        return "<dl class=\"facts\">\(facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" as Markup })</dl>"
    }

    /// Every failure, with what was seen; nothing when there is none.
    static func failures(_ index: ReportIndex) -> Markup? {
        let failures = index.report.failures
        if failures.isEmpty { return nil }
        let absent = index.report.backends.filter { backend in !backend.available && failures.contains { $0.backend == backend.name } }
        let rows = failures.filter { failure in !absent.contains { $0.name == failure.backend } }
        return """
            <section id="failures"><h2>What failed</h2>
            <ul class="failures">\(absent.map(absence))\(rows.map(row))</ul>
            </section>
            """
    }

    private static func absence(_ backend: BackendReport) -> Markup {
        "<li><b>\(backend.name)</b> with every case <p class=\"message\">\(backend.explanation ?? "not available")</p></li>"
    }

    private static func row(_ result: CaseResult) -> Markup {
        """
        <li>\(HTMLReport.badge(result.verdict)) <b>\(result.setting)</b> \(HTMLReport.link("case", result.id))\
        <p class="message">\(result.message)</p></li>
        """
    }
}
