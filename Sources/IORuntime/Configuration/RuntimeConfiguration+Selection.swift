// From a configuration to a backend for each loop.

import Glibc
import IOSpec

extension RuntimeConfiguration {
    /// The choice that counts, and who made it.
    func chooseBackend() throws(StartFailure) -> (choice: BackendChoice, source: BackendReport.Source) {
        if let backend { return (backend, .code) }
        guard let named = unsafe getenv("IOSPEC_BACKEND") else { return (.automatic, .default) }
        let name = unsafe String(cString: named)
        guard let choice = BackendChoice(named: name) else { throw .unknownBackend(name) }
        return (choice, .environment)
    }

    func countLoops() throws(StartFailure) -> Int {
        guard 1...1024 ~= loops else { throw .invalidLoops(loops) }
        return loops
    }

    /// Starts a loop on the first candidate that can be had.
    func startLoop(
        _ number: Int, on candidates: [BackendChoice.Candidate], _ report: BackendReport
    ) throws(StartFailure) -> (LoopThread, BackendReport) {
        var report = report
        for candidate in candidates {
            do throws(Unavailability) {
                let size = size
                let thread = try LoopThread(number: number) { () throws(Unavailability) in try candidate.make(size) }
                report.chosen = candidate.name
                return (thread, report)
            } catch {
                report.failures.append(BackendReport.Failure(name: candidate.name, reason: error))
            }
        }
        throw .noBackend(report)
    }
}
