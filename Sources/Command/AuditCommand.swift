// `iospec audit`: whether the suite is whole.

import ArgumentParser
import Conformance
import IOSpec

/// Holds the clauses against the cases.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Tell which cases prove each clause; fails when a must has none."
    )

    func run() throws {
        let audit = Audit(cases: CaseCatalogue.all)
        try reportingProblems { try output(audit.text + "\n") }
        if !audit.problems.isEmpty { throw ExitCode.failure }
    }
}
