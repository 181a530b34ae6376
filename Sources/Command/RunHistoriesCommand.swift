// The hidden command that random histories start their children with.

import ArgumentParser
import Conformance

/// Carries histories out in this process and tells the parent about them.
struct RunHistoriesCommand: ParsableCommand {
    static let name = "run-histories"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Carry histories out for a parent process.", shouldDisplay: false)

    /// Children are this executable again.
    static var host: ChildHost { ChildHost(arguments: [name]) }

    func run() throws {
        try reportingProblems {
            try FuzzSession(factories: BackendCatalogue.everyone, saboteurs: SaboteurCatalogue.all).run()
        }
    }
}
