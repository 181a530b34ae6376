// A failed case tells its last steps; a good one costs no words.

import IOSpec
import Testing

@testable import Conformance

@Suite struct TraceTests {
    private func run(_ body: @escaping ConformanceCase.Body) -> CaseResult {
        ConformanceCase("fake.case", proves: "completion.independent", body: body)
            .run(on: FakeBackend.factory(), seed: 1, checksLeaks: false)
    }

    @Test func aPassHasNoTrace() {
        #expect(run { try $0.succeed(.control(.nop)) }.trace == nil)
    }

    @Test func aFailureHasItsStepsInOrder() throws {
        let result = run { c in
            let id = try c.submit(.control(.nop), isBarrier: true)
            c.cancel(id)
            _ = try c.complete(id)
            try c.fails(.time(.timer(.never)), with: .cancelled)
        }
        let steps = try #require(result.trace).map { $0.split(separator: " ").dropFirst(2).joined(separator: " ") }
        #expect(
            steps == [
                "submit nop (number 1 in slot 1) a barrier", "cancel nop (number 1 in slot 1)", "complete nop (number 1 in slot 1) → 0",
                "submit timer (number 2 in slot 2) due never", "complete timer (number 2 in slot 2) → unsupported", "drop the backend",
            ])
    }

    @Test func onlyTheLastStepsAreKept() throws {
        let result = run { c in
            for _ in 0..<100 { try c.succeed(.control(.nop)) }
            throw CaseFailure("wrong")
        }
        let trace = try #require(result.trace)
        #expect(trace.count == CaseTrace.capacity + 1)
        #expect(trace.first == "… \(201 - CaseTrace.capacity) steps before")
        #expect(trace.dropLast().last?.contains("complete  nop (number 100 in slot 100) → 0") == true)
    }

    @Test func aChainAndASecondBackendShow() throws {
        let result = run { c in
            _ = try c.complete(try c.submit(chain: [.control(.nop), .control(.nop)]))
            try c.withAnotherBackend { other in _ = try other.succeed(.control(.nop)) }
            throw CaseFailure("wrong")
        }
        let trace = try #require(result.trace)
        #expect(trace[1].contains("linked  nop"))
        #expect(trace.contains { $0.contains("[backend 2] submit    nop") })
    }

    @Test func whateverIsInTheMemoryCanBeRead() {
        var record = TraceRecord(.submitted, backend: 255)
        record.event = 200
        #expect(record.text.contains("unknown step 200"))
        record = TraceRecord(.submitted, backend: 0)
        record.form = 99
        record.deadline = .min
        record.time = .min
        #expect(record.text.contains("an operation") && record.text.contains("deadline in the past"))
    }

    @Test func aTraceIsSharedWithTheParent() throws {
        let (trace, descriptor) = try CaseTrace.shared()
        Native.close(descriptor)
        trace.begin()
        trace.append(TraceRecord(.shutDown, backend: 0))
        #expect(trace.lines.count == 1)
        trace.begin()
        #expect(trace.lines.isEmpty)
    }
}
