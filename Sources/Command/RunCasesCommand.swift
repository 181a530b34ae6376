// The hidden command that a run starts its children with.

import ArgumentParser
import Conformance

/// Runs cases in this process and tells the parent about them.
struct RunCasesCommand: ParsableCommand {
    static let name = "run-cases"

    static let configuration = CommandConfiguration(commandName: name, abstract: "Run cases for a parent process.", shouldDisplay: false)

    /// Children are this executable again.
    static var host: ChildHost { ChildHost(arguments: [name]) }

    @Option var backend: String
    @Option(transform: { try AmbientMode.named([$0])[0] }) var mode = AmbientMode.default
    @Option var seed: UInt64
    @Option var saboteur: String?
    @Flag var stopAtFailure = false
    @Argument var cases: [String] = []

    func run() throws {
        try reportingProblems {
            let session = ChildSession(
                backend: backend, mode: mode, saboteur: saboteur, seed: seed, stopsAtFailure: stopAtFailure, cases: cases)
            try session.run(factories: BackendCatalogue.everyone, cases: CaseCatalogue.all, saboteurs: SaboteurCatalogue.all)
        }
    }
}
