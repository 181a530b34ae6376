// `iospec audit`: whether the suite is whole.

import ArgumentParser
import Conformance
import IOSpec

/// Holds the clauses, or the measured disagreements of kernels, against the cases.
struct AuditCommand: ParsableCommand {
    /// The forms of the disagreements.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case markdown
        case json
    }

    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Tell which cases prove each clause; fails when a must has none."
    )

    @Flag(help: "Tell which cases show each measured disagreement of kernels instead; fails when one is not accounted for.")
    var items = false

    @Option(help: "text, markdown or json; the last two with --items only.")
    var format: Format = .text

    func validate() throws {
        if items || format == .text { return }
        throw ValidationError("--format \(format.rawValue) needs --items; the clauses with their cases are printed by iospec spec.")
    }

    func run() throws {
        try reportingProblems { try items ? auditItems() : auditClauses() }
    }

    private func auditClauses() throws {
        let audit = Audit(cases: CaseCatalogue.all, saboteurs: SaboteurCatalogue.all)
        try output(audit.text + "\n")
        if !audit.problems.isEmpty { throw ExitCode.failure }
    }

    private func auditItems() throws {
        let audit = DivergenceAudit(cases: CaseCatalogue.all)
        switch format {
        case .text: try output(audit.text + "\n")
        case .markdown: try output(audit.markdown)
        case .json: try output(String(decoding: JSON.document(audit.document), as: UTF8.self))
        }
        if !audit.problems.isEmpty { throw ExitCode.failure }
    }
}
