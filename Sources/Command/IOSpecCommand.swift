// The command `iospec`.

import ArgumentParser

/// Runs the conformance suite and tells about its parts.
@main
struct IOSpecCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "iospec",
        abstract: "The IO specification: its conformance suite, its backends and its text.",
        subcommands: [
            ConformCommand.self, BackendsCommand.self, SpecCommand.self, SelfTestCommand.self, AuditCommand.self, ReportCommand.self,
            DiffCommand.self, FuzzCommand.self, RunCasesCommand.self, RunHistoriesCommand.self,
        ]
    )

    static func main() {
        StandardDescriptors.open()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            printError("Error: \(line(for: error))")
            exit(withError: ExitCode.validationFailure)
        }
    }

    /// What is wrong with the command line, in one line.
    static func line(for error: any Error) -> String {
        message(for: error).split(whereSeparator: \.isNewline).map { line in String(line.drop { $0 == " " }) }.joined(separator: " ")
    }
}
