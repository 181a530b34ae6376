// The child's side of random histories: carries out what it is told to, and says so line by line.

import BackendSimulated
import Glibc
import IOSpec

/// Reads orders from the standard input until it ends.
public final class FuzzSession {
    private let factories: [BackendFactory]
    private let saboteurs: [Saboteur]
    private var target = FuzzTarget(backend: "", seed: 0, length: 0)
    private var unread: [UInt8] = []

    /// A session with these backends and saboteurs.
    public init(factories: [BackendFactory], saboteurs: [Saboteur]) {
        self.factories = factories
        self.saboteurs = saboteurs
    }

    /// Does what it is told, in this process, on this thread.
    ///
    /// - Throws: ``HarnessProblem`` when the parent cannot be understood or is gone.
    public func run() throws {
        try ChildSession.prepareProcess()
        while let line = try nextLine() {
            do {
                try follow(try JSON.decode(FuzzOrder.self, from: line))
            } catch let problem as HarnessProblem {
                try send(.broken(problem.description))
            } catch let skip as Skip {
                try send(.broken(skip.description))
            }
        }
    }

    private func follow(_ order: FuzzOrder) throws {
        switch order {
        case .target(let target):
            self.target = target
            try target.mode.enter()
        case .hunt(let first, let stride, let seconds, let patience):
            try hunt(from: first, stride: stride, seconds: seconds, patience)
        case .attempt(let text, let times, let patience): try attempt(text, times: times, patience)
        }
    }

    private func hunt(from first: Int, stride: Int, seconds: Double, _ patience: Double) throws {
        let end = CaseContext.clock + Int64(seconds * 1e9)
        var progress = FuzzProgress()
        var index = first
        while CaseContext.clock < end {
            try send(.began(index, after: progress))
            let history = target.history(at: index)
            let outcome: HistoryOutcome
            do {
                outcome = try carryOut(history, patience)
            } catch let skip as Skip {
                // A backend that its surroundings cannot take in is none that is at fault.
                return try send(.unavailable(skip.description))
            }
            progress.operations += outcome.operations
            switch outcome.verdict {
            case .agreed:
                progress.add(outcome)
                if let digest = outcome.digest { try send(.rested(index, digest: digest)) }
            case .skipped(let reason):
                progress.skipped += 1
                progress.skipReason = reason
            case .disagreed(let disagreement):
                progress.add(outcome)
                try send(.found(index, disagreement))
                return try send(.hunted(progress))
            case .unavailable(let reason):
                guard index > first else { return try send(.unavailable(reason)) }
                try send(.found(index, Disagreement(clause: "shutdown.releases", allowed: "a backend after so many others", seen: reason)))
                return try send(.hunted(progress))
            case .broken(let problem): throw HarnessProblem(problem)
            }
            index += stride
        }
        try send(.hunted(progress))
    }

    private func attempt(_ text: String, times: Int, _ patience: Double) throws {
        let history: History
        do {
            history = try History(parsing: text)
        } catch {
            throw HarnessProblem("the parent sent no history: \(error)")
        }
        for time in 1...max(times, 1) {
            let outcome = try carryOut(history, patience)
            if outcome.verdict == .agreed, time < times { continue }
            return try send(.attempted(outcome.verdict, times: time, lines: outcome.lines, comparable: outcome.comparableLines))
        }
    }

    private func carryOut(_ history: History, _ patience: Double) throws -> HistoryOutcome {
        HistoryExecutor.run(
            history, on: try factory(for: history), allowing: target.imposedFailures, patience: patience, seconds: patience + 2,
            watchesProcess: target.watchesProcess && target.backend != Simulated.name)
    }

    /// The backend of the target; a simulated one lives in a world of its own, so that nothing but the history decides what happens.
    private func factory(for history: History) throws -> BackendFactory {
        var all = factories
        if target.backend == Simulated.name {
            all.insert(.simulated(in: SimulatedWorld(seed: history.seed, settings: settings)), at: 0)
        }
        return try target.mode.surround(try all.named(target.backend, under: saboteurs, target.saboteur))
    }

    private var settings: SimulationSettings {
        var settings = SimulationSettings()
        if target.hasFaults {
            settings.rates.shortTransfers = 200_000
            settings.rates.latencySpikes = 20_000
            settings.rates.noSpace = 20_000
        }
        return settings
    }

    // MARK: The parent

    private func nextLine() throws -> [UInt8]? {
        while true {
            if let newline = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread.removeSubrange(...newline) }
                return Array(unread[..<newline])
            }
            var piece = [UInt8](repeating: 0, count: 65_536)
            let count = unsafe piece.withUnsafeMutableBytes { unsafe Glibc.read(STDIN_FILENO, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            if count <= 0 { return nil }
            unread += piece.prefix(count)
        }
    }

    private func send(_ note: FuzzNote) throws {
        try Native.write(JSON.line(note), to: ChildSession.channel)
    }
}
