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

    func validate() throws {
        try reportingProblems { _ = try BackendCatalogue.named(backends) }
    }

    func run() throws {
        try reportingProblems {
            Interruption.install()
            let factories = try BackendCatalogue.named(backends)
            let good = try ConformanceRun(
                backends: factories.map(\.name), cases: CaseCatalogue.all, seed: options.seed, jobs: options.jobs,
                host: RunCasesCommand.host
            ).run()
            try printFalseAlarms(good)
            let findings = try SelfTest(
                saboteurs: SaboteurCatalogue.all, factories: factories, cases: CaseCatalogue.all, seed: options.seed, jobs: options.jobs,
                host: RunCasesCommand.host
            ).run(after: good)
            try output(SelfTestReport.text(findings) + "\n")
            if findings.isEmpty || !good.isSuccess || !findings.allSatisfy(\.isCaught) { throw ExitCode.failure }
        }
    }

    /// How often a good backend is blamed.
    private func printFalseAlarms(_ good: RunReport) throws {
        for failure in good.failures { try output("false alarm: \(failure.backend) \(failure.id): \(failure.message)\n") }
        let judged = good.results.count { $0.verdict != .skip }
        try output("\(good.failures.count) false alarms in \(judged) results of good backends\n\n")
    }
}
