// Who is said to keep a processor busy while it waits. That nobody else is said to, the suite shows: here other tests use the processor of the same process.

import IOSpec
import Testing

@testable import Conformance

@Suite struct IdleTests {
    @Test func whoNeverRestsIsBlamed() {
        let idle = ConformanceCase("fake.case", proves: "completion.independent") { c in
            try c.expectIdle(what: "waiting for nothing", clause: "readiness.idle")
        }
        let result = idle.run(on: FakeBackend.factory(), seed: 1, checksLeaks: false)
        #expect(result.verdict == .fail)
        #expect(result.blamed == "readiness.idle")
    }
}
