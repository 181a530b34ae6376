// Mistakes in a write-ahead log are found by simulated crashes, and the log without them stands all of those.

import BackendSimulated
import IOEngine
import Testing

@Suite struct WriteAheadLogTests {
    private struct Broken: Error, CustomStringConvertible {
        let promised: Int
        let found: [[UInt8]]
        var description: String { "the log has said that it has \(promised) entries, and after a crash it has \(found)" }
    }

    /// How many entries the log has said to have, which a crash does not change.
    private final class Promise {
        var count = 0
    }

    @Test(arguments: WriteAheadLog<IOEngine<Simulated>>.Mistake.allCases)
    func `a mistake is found within 1,000 seeds, and its seed finds it again in the same way`(
        mistake: WriteAheadLog<IOEngine<Simulated>>.Mistake
    ) throws {
        let failure = #expect(throws: SimulationFailure.self) { try run(seeds: 0..<1000, mistake) }
        let seed = try #require(failure?.seed)
        let again = #expect(throws: SimulationFailure.self) { try run(seeds: seed...seed, mistake) }
        #expect(again == failure)
    }

    @Test func `the log without mistakes stands 10,000 seeds`() throws {
        try run(seeds: 0..<10_000, nil)
    }

    private func run(seeds: some Sequence<UInt64>, _ mistake: WriteAheadLog<IOEngine<Simulated>>.Mistake?) throws {
        var faults = FaultPlan()
        faults.crashes = (0..<3).map { _ in FaultPlan.Crash(of: "host", at: 1...120, restartingAfter: 0...1_000_000) }
        try Simulation.run(seeds: seeds, faults: faults) { simulation in
            let promise = Promise()
            simulation.start("log", on: "host") { backend in
                var log = try WriteAheadLog(backend, mistake: mistake)
                let isWhole = log.entries == (0..<log.entries.count).map(entry)
                if !isWhole || log.entries.count < promise.count { throw Broken(promised: promise.count, found: log.entries) }
                return {
                    try log.append(entry(log.entries.count))
                    promise.count = log.entries.count
                    return promise.count >= 16 ? .isOver : .goesOn
                }
            }
        }
    }

    private func entry(_ number: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(number + 1), count: WriteAheadLog<IOEngine<Simulated>>.entryBytes)
    }
}
