// `iospec selftest`: whether the suite would notice.

import ArgumentParser
import Conformance

/// Runs the good backends, then the saboteurs.
struct SelfTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Demand that no good backend is blamed; then put each saboteur around one and demand that the suite catches it."
    )

    @Option(
        name: .customLong("backend"),
        help: ArgumentHelp("Sabotage and judge this backend; repeat for several. All when left out.", valueName: "N"))
    var backends: [String] = []

    @OptionGroup var options: RunOptions

    @Flag(help: "Try every case of a saboteur's clauses on it, and report all that catch it; takes longer.")
    var allKills = false

    @Option(help: ArgumentHelp("Write the findings as JSON.", valueName: "F"))
    var json: String?

    @Option(help: ArgumentHelp("Write the findings as Markdown.", valueName: "F"))
    var markdown: String?

    func validate() throws {
        try reportingProblems {
            _ = try BackendCatalogue.named(backends)
            try ReportFile.checkDistinct([("--json", json), ("--markdown", markdown)])
        }
    }

    func run() throws {
        try reportingProblems {
            let jsonFile = try ReportFile(json, option: "--json")
            let markdownFile = try ReportFile(markdown, option: "--markdown")
            Interruption.install()
            let factories = try BackendCatalogue.named(backends)
            let good = try ConformanceRun(
                backends: factories.map(\.name), required: try Requirements.backends(with: backends), cases: CaseCatalogue.all,
                seed: options.seed, jobs: options.jobs,
                host: RunCasesCommand.host
            ).run()
            try printFalseAlarms(good)
            let findings = try SelfTest(
                saboteurs: SaboteurCatalogue.all, factories: factories, cases: CaseCatalogue.all, seed: options.seed, jobs: options.jobs,
                host: RunCasesCommand.host, findsAllKills: allKills
            ).run(after: good)
            let report = SelfTestReport(findings, after: good)
            try jsonFile?.write(JSON.document(report))
            try markdownFile?.write(Array(report.markdown.utf8))
            try output(report.text)
            if findings.isEmpty || !good.isSuccess || report.caught < findings.count { throw ExitCode.failure }
        }
    }

    /// How often a good backend is blamed.
    private func printFalseAlarms(_ good: RunReport) throws {
        for failure in good.failures { try output("false alarm: \(failure.backend) \(failure.id): \(failure.message)\n") }
        let judged = good.results.count { $0.verdict != .skip }
        try output("\(good.failures.count) false alarms in \(judged) results of good backends\n\n")
    }
}
