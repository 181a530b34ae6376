// `iospec diff`: what changed from one run to another.

import ArgumentParser
import Conformance

/// Compares two JSON reports.
struct DiffCommand: ParsableCommand {
    /// The forms of the comparison.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case markdown
        case json
    }

    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Tell what changed between the JSON reports of two runs.",
        discussion: """
            A result is worse when it fails and did not, when a should is missed that was not, and when it was judged and no longer is, because \
            it is skipped or absent from the second report. Exits with 1 when a result got worse, unless --no-fail-on-regression is given, with 0 \
            otherwise, and with 64 when a file is no report that this version can read.
            """
    )

    @Argument(help: ArgumentHelp("The report of the earlier run.", valueName: "before.json"))
    var before: String

    @Argument(help: ArgumentHelp("The report of the later run.", valueName: "after.json"))
    var after: String

    @Option(help: "text, markdown or json.")
    var format: Format = .text

    @Flag(inversion: .prefixedNo, help: "Whether a result that got worse is a failure.")
    var failOnRegression = true

    func run() throws {
        try reportingProblems {
            let comparison = ReportComparison(try RunReport.read(from: before), try RunReport.read(from: after))
            try output(text(of: comparison))
            if failOnRegression, comparison.hasRegression { throw ExitCode.failure }
        }
    }

    private func text(of comparison: ReportComparison) throws -> String {
        switch format {
        case .text: comparison.text
        case .markdown: comparison.markdown
        case .json: String(decoding: try JSON.document(comparison), as: UTF8.self)
        }
    }
}
