// The command `iospec`.

import ArgumentParser

/// Runs the conformance suite and tells about its parts.
@main
struct IOSpecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iospec",
        abstract: "The IO specification: its conformance suite, its backends and its text.",
        subcommands: [
            ConformCommand.self, BackendsCommand.self, SpecCommand.self, SelfTestCommand.self, AuditCommand.self, RunCasesCommand.self,
        ]
    )
}
