// How what a case throws or notes becomes a verdict.

import IOSpec
import Testing

@testable import Conformance

@Suite struct VerdictTests {
    private func run(
        level: Clause.Level = .must, requires: Capabilities = [], _ body: @escaping ConformanceCase.Body
    ) -> CaseResult {
        ConformanceCase("fake.case", proves: "completion.independent", level: level, requires: requires, body: body)
            .run(on: FakeBackend.factory(), seed: 1, checksLeaks: false)
    }

    @Test(arguments: [(Clause.Level.must, Verdict.fail), (.should, .nonStrict), (.may, .informational)])
    func aFailureWeighsAsMuchAsItsCaseBinds(level: Clause.Level, verdict: Verdict) {
        let result = run(level: level) { try $0.expectEqual(1, 2, "a number") }
        #expect(result.verdict == verdict)
        #expect(result.message == "a number is 1, expected 2")
    }

    @Test func remarksDoNotFail() {
        #expect(run { $0.informational("seen") }.verdict == .informational)
        #expect(run { $0.nonStrict("missed") }.verdict == .nonStrict)
    }

    @Test func whatWasMeasuredIsToldBesideAPass() {
        let result = run { $0.measured("7 rounds") }
        #expect(result.verdict == .pass)
        #expect(result.message == "7 rounds")
    }

    @Test func aMeasurementHidesNoRemark() {
        let result = run {
            $0.measured("7 rounds")
            $0.informational("seen")
        }
        #expect(result.verdict == .informational)
    }

    @Test func aSkipKeepsItsTypedReason() {
        let result = run { try $0.skip(.kernel("no such thing")) }
        #expect(result.verdict == .skip)
        #expect(result.skip == "kernel")
    }

    @Test func aCapabilityThatIsNotClaimedSkipsTheCase() {
        let result = run(requires: .pipes) { _ in throw CaseFailure("must not run") }
        #expect(result.verdict == .skip)
        #expect(result.skip == "capability")
        #expect(result.message.contains("pipes"))
    }

    @Test func aBackendThatCannotBeSetUpFailsTheCaseWithItsReason() {
        let missing = BackendFactory(name: "gone") { (_) throws(Unavailability) in
            throw Unavailability(.missing, subject: "the ring", remedy: "boot another kernel")
        }
        let result = ConformanceCase("fake.case", proves: "completion.independent") { _ in }.run(on: missing, seed: 1, checksLeaks: false)
        #expect(result.verdict == .fail)
        #expect(result.message.contains("the ring") && result.message.contains("boot another kernel"))
    }

    @Test(arguments: [(Unavailability.Reason.missing, Verdict.skip), (.deniedByPolicy, .fail)])
    func whoMissesWhatACaseTookAwayIsLeftOut(reason: Unavailability.Reason, verdict: Verdict) {
        let lacking = BackendFactory(name: "gone") { (_) throws(Unavailability) in
            throw Unavailability(reason, subject: "the ring", remedy: "boot another kernel")
        }
        let prepared = ConformanceCase("fake.case", proves: "completion.independent") { _ in }.prepared {}
        let result = prepared.run(on: lacking, seed: 1, checksLeaks: false)
        #expect(result.verdict == verdict)
        #expect(result.message.contains("the ring"))
    }

    @Test func aProblemOfTheSuiteBlamesNoBackend() {
        let result = run { _ in throw HarnessProblem("no scratch directory") }
        #expect(result.verdict == .broken)
        #expect(!result.verdict.blamesBackend)
    }

    @Test func theFailureNamesTheCauseThatWasSeenAndTheOneExpected() {
        let result = run { try $0.fails(.time(.timer(.never)), with: .cancelled) }
        #expect(result.message.contains("cancelled") && result.message.contains("unsupported"))
    }

    @Test func theFirstDifferentByteIsNamed() {
        let result = run { try $0.expectEqual([1, 2, 3] as [UInt8], [1, 9, 3], "the contents") }
        #expect(result.message == "the contents: byte 1 of 3 is 2, expected 9")
    }

    @Test func declaredFailuresAreExpectedAndTheirPassIsNot() {
        let expectation = Expectation(backend: "fake", case: "fake.case", reason: "known")
        let failed = expectation.applied(to: run { _ in throw CaseFailure("wrong") })
        #expect(failed.verdict == .expectedFailure)
        #expect(expectation.applied(to: run { _ in }).verdict == .unexpectedPass)
    }
}
