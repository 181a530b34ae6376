// `iospec report`: a run that was made before, in another form.

import ArgumentParser
import Conformance

/// Writes the JSON report of an earlier run as HTML or JUnit XML.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write the JSON report of an earlier run in another form.",
        discussion: "Exits with 64 when the file is no report that this version can read. Whether the run failed has no part in it."
    )

    @Argument(help: ArgumentHelp("What iospec conform --json wrote.", valueName: "report.json"))
    var path: String

    @Option(help: ArgumentHelp("Write one HTML page.", valueName: "F"))
    var html: String?

    @Option(help: ArgumentHelp("Write JUnit XML.", valueName: "F"))
    var junit: String?

    func validate() throws {
        try reportingProblems {
            if html == nil, junit == nil { throw WrongUse("nothing is to be written; say --html or --junit") }
            try ReportFile.checkDistinct([("--html", html), ("--junit", junit)])
        }
    }

    func run() throws {
        try reportingProblems {
            let report = try RunReport.read(from: path)
            try ReportFile(html, option: "--html")?.write(Array(HTMLReport.document(report).utf8))
            try ReportFile(junit, option: "--junit")?.write(Array(JUnitReport.document(report).utf8))
        }
    }
}
