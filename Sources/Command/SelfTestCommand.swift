// `iospec selftest`: whether the suite would notice.

import ArgumentParser
import Conformance

/// Runs the good backends, then the saboteurs.
struct SelfTestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Demand that no good backend is blamed; then put each saboteur around one and demand that the suite catches it.",
        discussion: """
            A good backend is judged as it is and behind what saboteurs are made of, with nothing done wrong. Of each must that can be tested a saboteur has \
            to be caught by a case of that clause. Exits with 0 when all that holds, with 1 when it does not, and with 64 for wrong usage.
            """
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
            let test = SelfTest(
                saboteurs: SaboteurCatalogue.all, factories: try BackendCatalogue.named(backends), cases: CaseCatalogue.all,
                seed: options.seed, jobs: options.jobs, host: RunCasesCommand.host, findsAllKills: allKills)
            let good = try test.runGood(required: try Requirements.backends(with: backends))
            let disguised = try test.runDisguised(after: good)
            try printFalseAlarms(good.results + disguised)
            let report = SelfTestReport(try test.run(after: good), after: good, disguised: disguised)
            try jsonFile?.write(JSON.document(report))
            try markdownFile?.write(Array(report.markdown.utf8))
            try output(report.text)
            if !report.isSuccess { throw ExitCode.failure }
        }
    }

    /// How often a good backend is blamed, as it is and in the disguise of a saboteur.
    private func printFalseAlarms(_ results: [CaseResult]) throws {
        let failures = results.filter(\.verdict.isFailure)
        for failure in failures { try output("false alarm: \(failure.setting) \(failure.id): \(failure.message)\n") }
        let judged = results.count { $0.verdict != .skip }
        try output("\(failures.count) false alarms in \(judged) results of good backends\n\n")
    }
}
