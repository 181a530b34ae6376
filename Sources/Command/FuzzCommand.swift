// `iospec fuzz`: random histories against the reference model, and the backends against each other.

import ArgumentParser
import Conformance
import IOSpec

/// Looks for a history that a backend carries out as the specification does not allow.
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Carry random histories out, and have the reference model judge what comes of them.",
        discussion: """
            What is found is shrunk, and written to a file that --replay takes. Exits with 0 when everything seen is allowed, with 1 when something \
            is not or nothing could be judged, and with 64 for wrong usage.
            """
    )

    @Option(
        name: .customLong("backend"),
        help: ArgumentHelp("Use this backend; repeat for several. All, and the simulated one, when left out.", valueName: "N"))
    var backends: [String] = []

    @OptionGroup var options: RunOptions

    @Option(help: ArgumentHelp("How many operations a history has, about.", valueName: "N"))
    var steps = 40

    @Option(help: ArgumentHelp("How long to look on each backend, or for each saboteur.", valueName: "N"))
    var seconds = 10.0

    @Flag(help: "Let the simulated world fail now and then; only for the simulated backend.")
    var faults = false

    @Option(help: ArgumentHelp("Carry out the history in this file, and no random one.", valueName: "FILE"))
    var replay: String?

    @Option(help: ArgumentHelp("How often a replayed history is carried out.", valueName: "N"))
    var times = 10

    @Option(help: ArgumentHelp("Carry histories out in these surroundings.", valueName: "M"))
    var mode: String = AmbientMode.default.rawValue

    @Option(help: ArgumentHelp("Put this saboteur around the backend; all to hunt each that can be seen in one run.", valueName: "S"))
    var saboteur: String?

    @Option(help: ArgumentHelp("Write the results as JSON.", valueName: "F"))
    var json: String?

    func validate() throws {
        try reportingProblems {
            _ = try targets()
            if replay != nil, saboteur == "all" { throw WrongUse("--replay takes one saboteur at a time; name it") }
        }
        guard (1...10_000).contains(steps) else { throw ValidationError("--steps is \(steps), and must be from 1 to 10000.") }
        guard seconds > 0, seconds <= 86_400 else { throw ValidationError("--seconds is \(seconds), and must be above 0, up to 86400.") }
        guard (1...100_000).contains(times) else { throw ValidationError("--times is \(times), and must be from 1 to 100000.") }
    }

    func run() throws {
        try reportingProblems {
            let file = try ReportFile(json, option: "--json")
            Interruption.install()
            if let replay { return try carryOut(replay, file) }
            if let saboteur { return try hunt(saboteur, file) }
            try fuzz(file)
        }
    }

    // MARK: What is asked for

    private func targets() throws(WrongUse) -> [FuzzTarget] {
        let mode = try AmbientMode.named([mode])
        guard mode.count == 1, self.mode != "all" else { throw WrongUse("fuzz takes one mode at a time; name it") }
        return try factories().map {
            FuzzTarget(backend: $0.name, mode: mode[0], saboteur: saboteur, hasFaults: faults, seed: options.seed, length: steps)
        }
    }

    private func factories() throws(WrongUse) -> [BackendFactory] {
        let simulated = BackendFactory.simulated.name
        guard faults else { return backends.isEmpty ? BackendCatalogue.everyone : try BackendCatalogue.named(backends) }
        let real = try BackendCatalogue.named(backends.isEmpty ? [simulated] : backends).first { $0.name != simulated }
        guard let real else { return [.simulated] }
        throw WrongUse("--faults cannot make “\(real.name)” fail, which has a real kernel; say --backend \(simulated)")
    }

    // MARK: Doing it

    private func fuzz(_ file: ReportFile?) throws {
        var report = try FuzzRun(targets: targets(), seconds: seconds, jobs: options.jobs, host: RunHistoriesCommand.host).run { result in
            printError("\(result.backend): \(result.histories) histories in \(Int(result.seconds)) s")
        }
        try report.writeHistories()
        try file?.write(JSON.document(report))
        try output("seed \(report.seed)\n\n\(report.text)")
        if !report.isSuccess { throw ExitCode.failure }
    }

    private func hunt(_ name: String, _ file: ReportFile?) throws {
        // Where there is no kernel most histories are carried out in a second, and of the kernels' backends this one is set up soonest.
        let factories = try BackendCatalogue.named(backends.isEmpty ? ["simulated", "epoll"] : backends)
        let target = try targets()[0]
        let hunt = try SaboteurHunt(
            name, of: SaboteurCatalogue.all, factories: factories, like: target, seconds: seconds,
            jobs: options.jobs, host: RunHistoriesCommand.host)
        let report = try hunt.run { result in
            printError("\(result.saboteur): \(result.outcome) in \(Int(result.seconds)) s")
        }
        try file?.write(JSON.document(report))
        try output("seed \(target.seed)\n\n\(report.text)")
        if report.results.isEmpty { throw ExitCode.failure }
    }

    private func carryOut(_ path: String, _ file: ReportFile?) throws {
        let history = try History(readingFrom: path)
        let replays = try targets().map { try FuzzReplay(history, on: $0, times: times, host: RunHistoriesCommand.host) }
        try file?.write(JSON.document(replays))
        try output(replays.map(\.text).joined())
        if !replays.allSatisfy(\.isSuccess) { throw ExitCode.failure }
    }
}
