// From a configuration to a backend for each loop.

import CLinuxIO
import Glibc
import IOSpec

extension RuntimeConfiguration {
    /// The choice that counts, and who made it.
    func chooseBackend() throws(StartFailure) -> (choice: BackendChoice, source: BackendReport.Source) {
        if let backend { return (backend, .code) }
        if let name = variable("IOSPEC_BACKEND") { return (try Self.backend(named: name, by: .environment), .environment) }
        if let configuredBackend { return (try Self.backend(named: configuredBackend, by: .configuration), .configuration) }
        return (.automatic, .default)
    }

    private static func backend(named name: String, by source: BackendReport.Source) throws(StartFailure) -> BackendChoice {
        guard let choice = BackendChoice(named: name) else { throw .unknownBackend(name, source) }
        return choice
    }

    /// The value of a variable of the environment; nil when it is missing or empty.
    func variable(_ name: String) -> String? {
        guard let value = environment(name), !value.isEmpty else { return nil }
        return value
    }

    /// The environment of the process.
    static let processEnvironment: @Sendable (String) -> String? = { name in unsafe getenv(name).map { unsafe String(cString: $0) } }

    func countLoops() throws(StartFailure) -> Int {
        let loops = loops ?? min(1024, Int(linuxio_usable_processors()))
        guard 1...1024 ~= loops else { throw .invalidLoops(loops) }
        return loops
    }

    /// Starts a loop on the first candidate that can be had.
    func startLoop(
        _ number: Int, on candidates: [BackendChoice.Candidate], _ report: BackendReport, tracedTo trace: OperationTrace?
    ) throws(StartFailure) -> (LoopThread, BackendReport) {
        var report = report
        for candidate in candidates {
            do throws(Unavailability) {
                let (size, metrics) = (size, metrics)
                let thread = try LoopThread(
                    number: number,
                    observedBy: { LoopObserver(loop: $0, operations: $1, metrics: metrics, trace: trace) },
                    making: { () throws(Unavailability) in try candidate.make(size) })
                report.chosen = candidate.name
                return (thread, report)
            } catch {
                report.failures.append(BackendReport.Failure(name: candidate.name, reason: error))
            }
        }
        throw .noBackend(report)
    }
}
