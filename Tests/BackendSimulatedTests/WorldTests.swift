// The world itself: its clock, its chance, and its programs.

import BackendSimulated
import IOEngine
import IOSpec
import Testing

@Suite struct WorldTests {
    @Test func `nops complete, and virtual time goes on for a timer alone`() throws {
        let world = SimulatedWorld(seed: 1)
        var engine = try IOEngine<Simulated>(on: world.firstHost)
        let start = engine.now
        let timer = try engine.submit(Submission(.time(.timer(start.advanced(byNanoseconds: 3_600_000_000_000)))))
        _ = try engine.submit(Submission(.control(.nop)))
        var seen: [UInt32] = []
        while engine.inFlight > 0 {
            let reaped = [Completion](capacity: 8) { (span: inout OutputSpan<Completion>) in engine.reap(into: &span, until: .never) }
            seen += reaped.map { $0.token.rawValue }
        }
        #expect(seen.last == timer.token.rawValue)
        let end = engine.now
        #expect(end.nanoseconds - start.nanoseconds >= 3_600_000_000_000)
    }
}
