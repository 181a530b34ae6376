// What every command that runs cases can be told.

import ArgumentParser
import Conformance
import Glibc

/// The seed and the children of a run.
struct RunOptions: ParsableArguments {
    /// The seed of a run that is given none: one for the whole life of this process.
    private static let randomSeed = UInt64.random(in: 0..<1 << 32)

    @Option(
        name: .customLong("seed"),
        help: ArgumentHelp("The seed of all random numbers; a fresh one when left out. A run prints its own.", valueName: "N"))
    var chosenSeed: UInt64?

    // Most of a case's time is waiting: for a peer, for the clock, for the kernel to take a context apart.
    @Option(
        help: ArgumentHelp(
            "How many child processes run cases at a time; four times the processors unless given, since most cases wait.", valueName: "N"))
    var jobs: Int = 4 * max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    func validate() throws {
        guard (1...1024).contains(jobs) else { throw ValidationError("--jobs is \(jobs), and must be from 1 to 1024.") }
    }

    /// The seed of the run.
    var seed: UInt64 { chosenSeed ?? Self.randomSeed }
}
