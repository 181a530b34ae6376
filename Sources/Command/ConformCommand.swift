// `iospec conform`: the suite on the backends.

import ArgumentParser
import Conformance
import Glibc
import IOSpec

/// Runs the cases that were asked for on the backends that were asked for.
struct ConformCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conform",
        abstract: "Run the conformance suite.",
        discussion: """
            Exits with 0 when every case on every backend holds, with 1 when one does not, and with 64 for wrong usage. A backend that cannot be \
            had is skipped, with the reason; asked for by --backend, or listed in the environment variable IOSPEC_REQUIRE_BACKENDS \
            (comma-separated), it is a failure; so is a mode that cannot be had and is listed in IOSPEC_REQUIRE_MODES. A run that judged nothing, because every case was skipped, has failed, too. An interrupted run \
            exits with 130, a terminated one with 143.
            """
    )

    @Option(name: .customLong("backend"), help: ArgumentHelp("Run on this backend; repeat for several. All when left out.", valueName: "N"))
    var backends: [String] = []

    @Option(
        name: .customLong("case"), help: ArgumentHelp("Run the cases whose ids match, with * and ?; repeat for several.", valueName: "GLOB")
    )
    var patterns: [String] = []

    @Option(name: .customLong("clause"), help: ArgumentHelp("Run the cases that prove this clause; repeat for several.", valueName: "ID"))
    var clauses: [String] = []

    @Option(help: ArgumentHelp("Run the cases of this level and of those that bind more: must, should or may.", valueName: "L"))
    var level: String = "may"

    @Option(
        name: .customLong("mode"),
        help: ArgumentHelp(
            "Run every case in these surroundings: \(AmbientMode.allCases.map(\.rawValue).joined(separator: ", ")), or all; repeat for several.",
            valueName: "M"))
    var modes: [String] = []

    @OptionGroup var options: RunOptions

    @Option(help: ArgumentHelp("Write the results as JSON.", valueName: "F"))
    var json: String?

    @Option(help: ArgumentHelp("Write the results as JUnit XML.", valueName: "F"))
    var junit: String?

    @Option(help: ArgumentHelp("Write the results as one HTML page.", valueName: "F"))
    var html: String?

    @OptionGroup var expectations: ExpectationOptions

    @Flag(help: "Print the results as TAP 13, and what is for people to the error output.")
    var tap = false

    @Flag(help: "List the chosen cases and run nothing.")
    var list = false

    func validate() throws {
        try reportingProblems {
            _ = try plan()
            try ReportFile.checkDistinct([("--json", json), ("--junit", junit), ("--html", html)])
            if list, json != nil || junit != nil || html != nil || tap {
                throw WrongUse("--list runs nothing and reports nothing; leave out --json, --junit, --html and --tap")
            }
        }
    }

    func run() throws {
        try reportingProblems {
            let plan = try plan()
            if list { return try listCases(plan.cases) }
            try conform(plan)
        }
    }

    private func plan() throws(WrongUse) -> ConformanceRun {
        ConformanceRun(
            backends: try BackendCatalogue.named(backends).map(\.name), required: try Requirements.backends(with: backends),
            modes: try AmbientMode.named(modes), requiredModes: try Requirements.modes(),
            cases: try selection().select(from: CaseCatalogue.all), expectations: try expectations.read(), seed: options.seed,
            jobs: options.jobs, host: RunCasesCommand.host)
    }

    private func reportFiles() throws(WrongUse) -> (json: ReportFile?, junit: ReportFile?, html: ReportFile?) {
        (try ReportFile(json, option: "--json"), try ReportFile(junit, option: "--junit"), try ReportFile(html, option: "--html"))
    }

    private func selection() throws(WrongUse) -> Selection {
        guard let level = Clause.Level(rawValue: level) else {
            throw WrongUse("there is no level “\(level)”; there are \(Clause.Level.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return Selection(patterns: patterns, clauses: clauses, level: level)
    }

    private func conform(_ run: ConformanceRun) throws {
        let files = try reportFiles()
        let terminal = TerminalReporter(descriptor: tap ? STDERR_FILENO : STDOUT_FILENO, seed: run.seed)

        Interruption.install()
        let report = try run.run(progress: terminal.progress)

        // The files first: nobody may be left to read the output.
        try files.json?.write(JSON.document(report))
        try files.junit?.write(Array(JUnitReport.document(report).utf8))
        try files.html?.write(Array(HTMLReport.document(report).utf8))
        terminal.finish(report)
        if tap { try output(TAPReport.document(report)) }
        if let problem = terminal.problem { throw problem }
        if !report.isSuccess { throw ExitCode.failure }
    }

    private func listCases(_ cases: [ConformanceCase]) throws {
        var table = TextTable(["case", "level", "clauses"])
        for entry in cases { table.add([entry.id, entry.level.rawValue, entry.clauses.joined(separator: " ")]) }
        try output(table.text + "\n")
    }
}
