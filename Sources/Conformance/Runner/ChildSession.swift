// The child's side: runs the cases it is told to, and says so line by line.

import CConformance
import Glibc

/// What a child process is told to do; its parent passes it as arguments.
public struct ChildSession: Sendable {
    /// The descriptor on which the parent listens.
    static var channel: Int32 { 3 }

    /// The name of the backend.
    public var backend: String
    /// The surroundings.
    public var mode: AmbientMode
    /// The name of the saboteur that is put around it, if any.
    public var saboteur: String?
    /// The seed of the run.
    public var seed: UInt64
    /// Whether the first failure ends the session.
    public var stopsAtFailure: Bool
    /// The cases, each as its id, `@` and its time limit in seconds; none to probe the backend.
    public var cases: [String]

    /// What to do.
    public init(backend: String, mode: AmbientMode, saboteur: String?, seed: UInt64, stopsAtFailure: Bool, cases: [String]) {
        self.backend = backend
        self.mode = mode
        self.saboteur = saboteur
        self.seed = seed
        self.stopsAtFailure = stopsAtFailure
        self.cases = cases
    }

    /// Does it, in this process, on this thread.
    ///
    /// - Throws: ``HarnessProblem`` when a name is unknown, which only a parent of another version can cause.
    public func run(factories: [BackendFactory], cases catalogue: [ConformanceCase], saboteurs: [Saboteur]) throws {
        try Self.prepareProcess()
        let chosen = try factory(in: factories, saboteurs)
        if cases.isEmpty { return try send(.probed(probe(chosen))) }
        // The surroundings could be had when the backend was probed, so that a failure is no reason to leave a case out.
        try mode.enter()
        let factory = try mode.surround(chosen)
        let trace = try CaseTrace.inherited()
        for conformanceCase in try cases.map({ try Self.find($0, in: catalogue) }) {
            trace.begin()
            try send(.started(conformanceCase.id))
            if let skip = mode.hindrance(to: conformanceCase) {
                try send(.finished(CaseResult(conformanceCase, backend: backend, skippedFor: skip)))
                continue
            }
            let caseSeed = SplitMix64.seed(for: conformanceCase.id, runSeed: seed)
            let result = conformanceCase.run(on: factory, seed: caseSeed, trace: trace) { try? send(.failing($0)) }
            try send(.finished(result))
            if stopsAtFailure, result.verdict.blamesBackend { return }
        }
    }

    /// A case as a word of the command line.
    static func word(for conformanceCase: ConformanceCase) -> String { "\(conformanceCase.id)@\(conformanceCase.timeLimit)" }

    private static func find(_ word: String, in catalogue: [ConformanceCase]) throws -> ConformanceCase {
        let parts = word.split(separator: "@").map(String.init)
        guard parts.count == 2, let limit = Double(parts[1]), let found = catalogue.first(where: { $0.id == parts[0] }) else {
            throw HarnessProblem("there is no case \(word)")
        }
        return found.limited(to: limit)
    }

    private func factory(in factories: [BackendFactory], _ saboteurs: [Saboteur]) throws -> BackendFactory {
        try factories.named(backend, under: saboteurs + ControlSaboteurs.all, saboteur)
    }

    /// Makes this process the child of a run.
    static func prepareProcess() throws {
        // A killed parent must not leave children behind; an interrupted one ends them itself; a broken pipe must be seen.
        _ = conformance_die_with_parent()
        Native.resetSignal(SIGPIPE)
        signal(SIGINT, SIG_IGN)
        signal(SIGHUP, SIG_IGN)
        // What a case proves must not hang on the shell that the run was started from.
        umask(0o022)
        try Native.raiseLimit(.descriptors)
        // Programs that cases start must not hold the channel open.
        _ = fcntl(Self.channel, F_SETFD, FD_CLOEXEC)
        // With the first thread of a process some runtimes, such as the thread sanitizer's, start one of their own: it is nothing that a case leaves behind.
        try BackgroundThread {}.join()
    }

    /// What the backend says of itself in the surroundings of the mode, or why it cannot be put there.
    private func probe(_ factory: BackendFactory) -> BackendReport {
        do {
            try mode.enter()
            return BackendReport(probing: try mode.surround(factory))
        } catch let skip as Skip {
            return BackendReport(name: backend, withheldBy: skip)
        } catch {
            return BackendReport(name: backend, failed: .broken, "the mode \(mode.rawValue) cannot be set up: \(error)")
        }
    }

    private func send(_ message: ChildMessage) throws {
        try Native.write(JSON.line(message), to: Self.channel)
    }
}

extension [BackendFactory] {
    /// The backend called `name`, with a saboteur around it if one is named.
    func named(_ name: String, under saboteurs: [Saboteur], _ saboteur: String?) throws -> BackendFactory {
        guard let good = first(where: { $0.name == name }) else { throw HarnessProblem("there is no backend \(name)") }
        guard let saboteur else { return good }
        guard let sabotaged = saboteurs.first(where: { $0.name == saboteur })?.wrap(good) else {
            throw HarnessProblem("there is no saboteur \(saboteur) for \(name)")
        }
        return sabotaged
    }
}
