// What every command that runs cases can be told.

import ArgumentParser
import Conformance
import Glibc

/// The seed and the children of a run.
struct RunOptions: ParsableArguments {
    @Option(help: "The seed of all random numbers; a run prints its own.")
    var seed: UInt64 = UInt64.random(in: 0..<1 << 32)

    // Most of a case's time is waiting: for a peer, for the clock, for the kernel to take a context apart.
    @Option(help: ArgumentHelp("How many child processes run cases at a time; twice the processors unless given.", valueName: "N"))
    var jobs: Int = 2 * max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    func validate() throws {
        guard (1...1024).contains(jobs) else { throw ValidationError("--jobs is \(jobs), and must be from 1 to 1024.") }
    }

    /// Children are this executable again.
    var host: ChildHost { ChildHost(arguments: [RunCasesCommand.name]) }
}
