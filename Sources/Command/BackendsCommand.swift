// `iospec backends`: which backends can be had here, and what they are like.

import ArgumentParser
import Conformance
import IOSpec

/// Sets each backend up and tells what it says.
struct BackendsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backends",
        abstract: "Tell which backends can be had here, or why not, and how each carries out each operation."
    )

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try reportingProblems {
            Interruption.install()
            let names = BackendCatalogue.all.map(\.name)
            let reports = try ConformanceRun.probe(names, jobs: names.count, host: RunCasesCommand.host)
            try output(json ? String(decoding: JSON.document(reports), as: UTF8.self) : text(of: reports))
        }
    }

    private func text(of reports: [BackendReport]) -> String {
        (reports.map(description) + [mechanisms(reports)]).joined(separator: "\n") + "\n"
    }

    private func description(of report: BackendReport) -> String {
        guard report.available else { return "\(report.name): not available\n  \(report.explanation ?? "")\n" }
        let present = report.features.filter(\.present).map(\.name)
        let absent = report.features.filter { !$0.present }.map(\.name)
        let lines = [
            "\(report.name): available",
            line("claims", report.capabilities),
            line("kernel features", present),
            line("without", absent),
        ]
        return lines.compactMap { $0 }.joined(separator: "\n") + "\n"
    }

    private func line(_ title: String, _ words: [String]) -> String? {
        words.isEmpty ? nil : "  \(title): \(words.joined(separator: ", "))"
    }

    /// How each available backend carries out each operation.
    private func mechanisms(_ reports: [BackendReport]) -> String {
        let available = reports.filter(\.available)
        if available.isEmpty { return "no backend is available" }
        var table = TextTable(["operation"] + available.map(\.name))
        for kind in OperationKind.allCases {
            table.add(["\(kind)"] + available.map { $0.mechanisms["\(kind)"] ?? "-" })
        }
        return table.text
    }
}
