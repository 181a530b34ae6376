// The oracle in the case context holds every backend to exactly one completion, in every case.

import Glibc
import IOSpec
import Synchronization
import Testing

@testable import Conformance

@Suite struct OracleTests {
    private func run(
        _ fault: FakeBackend.Fault, timeLimit: Double = 5, _ body: @escaping ConformanceCase.Body = { try $0.succeed(.control(.nop)) }
    ) -> CaseResult {
        ConformanceCase("fake.nop", proves: "completion.independent", timeLimit: timeLimit, body: body)
            .run(on: FakeBackend.factory(fault), seed: 1, checksLeaks: false)
    }

    @Test func aGoodBackendPasses() {
        let result = run(.none)
        #expect(result.verdict == .pass, "\(result.message)")
    }

    @Test(arguments: [
        (FakeBackend.Fault.completesTwice, "completion.exactly-one"),
        (.promisesMore, "completion.exactly-one"),
        (.countsWrong, "completion.exactly-one"),
        (.inventsCodes, "result.portable"),
    ])
    func aBrokenRuleIsBlamedOnItsClause(fault: FakeBackend.Fault, clause: String) {
        let result = run(fault)
        #expect(result.verdict == .fail)
        #expect(result.blamed == clause, "\(result.message)")
    }

    @Test func anIdentityThatIsUsedAgainIsSeen() {
        let result = run(.reusesIdentities) { c in
            try c.succeed(.control(.nop))
            try c.succeed(.control(.nop))
        }
        #expect(result.blamed == "completion.identity", "\(result.message)")
    }

    @Test func anOperationThatNeverCompletesIsATimeoutThatNamesIt() {
        let result = run(.neverCompletes, timeLimit: 0.05)
        #expect(result.verdict == .timeout)
        #expect(result.message.contains("nop"))
    }

    @Test func anOperationThatTheBodyForgotMustStillComplete() {
        let result = run(.neverCompletes, timeLimit: 0.05) { try $0.submit(.control(.nop)) }
        #expect(result.verdict == .timeout)
        #expect(result.blamed == "shutdown.terminal")
    }

    @Test func aDescriptorLeftBehindIsALeak() throws {
        // A file of its own: what other tests have open of the same name, in the same process, could be taken for it.
        let path = "/tmp/left-behind-\(UInt64.random(in: 0 ... .max))"
        try Native.makeFile(at: path, contents: [])
        defer { try? Native.remove(at: path) }
        let kept = Atomic<Int32>(-1)
        let result = ConformanceCase("fake.leak", proves: "shutdown.releases") { _ in
            kept.store(try Native.openDescriptor(path, flags: 0), ordering: .relaxed)
        }.run(on: FakeBackend.factory(), seed: 1)
        Native.close(kept.load(ordering: .relaxed))
        #expect(result.verdict == .leak)
        #expect(result.message.contains(path))
    }

    @Test func aDescriptorOfSomeoneElseThatWasClosedIsSeen() throws {
        let low = try Native.openDescriptor("/dev/null", flags: 0)
        defer { Native.close(low) }
        // A number that no other test gets while this one looks.
        let foreign = fcntl(low, F_DUPFD, 600)
        let before = try ResourceSnapshot(in: NativeSurroundings())
        Native.close(foreign)
        #expect(try before.vanishedDescriptors().contains("descriptor \(foreign) (/dev/null)"))
    }

    @Test func memoryAfterTheEndOfABufferIsGuarded() {
        let result = run(.none) { c in
            let region = c.buffer(8).region
            // Sound: the guard behind every buffer of a case is its own memory.
            unsafe UnsafeMutablePointer<UInt8>(bitPattern: region.address + 8)?.pointee = 0
        }
        #expect(result.blamed == "file.untouched-past-count", "\(result.message)")
    }
}
