// Modes: their names, what they do to backends and cases, and how a run and its reports tell them apart.

import BackendEpoll
import Glibc
import IOSpec
import LinuxSupport
import Testing

@testable import Conformance

@Suite struct ModeTests {
    private let entry = ConformanceCase("file.read", proves: "file.end-of-file", needs: [.manyDescriptors]) { _ in }

    // MARK: Names

    @Test func noNameIsTheDefaultModeAndAllIsEveryOne() throws {
        #expect(try AmbientMode.named([]) == [.default])
        #expect(try AmbientMode.named(["all"]) == AmbientMode.allCases)
        #expect(try AmbientMode.named(["busy", "signals", "busy"]) == [.signals, .busy])
    }

    @Test func aNameThatDoesNotExistIsToldWithThoseThatDo() {
        let error = #expect(throws: WrongUse.self) { try AmbientMode.named(["signals", "nosuch"]) }
        let text = error?.description ?? ""
        #expect(text.contains("no mode “nosuch”"))
        for mode in AmbientMode.allCases { #expect(text.contains(mode.rawValue)) }
        #expect(text.split { $0.isNewline }.count == 1)
    }

    // MARK: What a mode does

    @Test func onlyFewDescriptorsLeavesOutWhatNeedsMany() {
        #expect(AmbientMode.allCases.filter { $0.hindrance(to: entry) != nil } == [.fewDescriptors])
        #expect(AmbientMode.fewDescriptors.hindrance(to: entry)?.reason.kind == "mode")
        let modest = ConformanceCase("file.write", proves: "file.end-of-file") { _ in }
        #expect(AmbientMode.allCases.allSatisfy { $0.hindrance(to: modest) == nil })
    }

    @Test(arguments: [
        (BackendConfiguration(), BackendConfiguration(submissionQueue: 1, completionQueue: 2)),
        (BackendConfiguration(submissionQueue: 0, completionQueue: -5), BackendConfiguration(submissionQueue: 0, completionQueue: -5)),
    ])
    func tinyQueuesMakeQueuesNoLarger(asked: BackendConfiguration, expected: BackendConfiguration) throws {
        let telling = BackendFactory(name: "telling") { (configuration) throws(Unavailability) in
            throw Unavailability(.missing, subject: "\(configuration)", remedy: "")
        }
        let surrounded = try AmbientMode.tinyQueues.surround(telling)
        let error = #expect(throws: Unavailability.self) { _ = try surrounded.make(asked) }
        #expect(error?.subject == "\(expected)")
    }

    @Test func aHandleIsNonBlockingBehindTheBackendsBack() throws {
        var plain = try Epoll(configuration: BackendConfiguration(operations: 4, handles: 4))
        let before = try plain.acquire(.directory(name: "/", unconfined: true))
        #expect(fcntl(before.number, F_GETFL) & O_NONBLOCK == 0)
        plain.discard(before)

        var kernel = try NonBlockingKernel<Epoll>(configuration: BackendConfiguration(operations: 4, handles: 4))
        let handle = try kernel.acquire(.directory(name: "/", unconfined: true))
        #expect(fcntl(handle.number, F_GETFL) & O_NONBLOCK != 0)
        kernel.discard(handle)
    }

    @Test func aBackendWithItsOwnEngineCannotBeNonBlockingAndSaysSo() {
        let error = #expect(throws: Skip.self) { try AmbientMode.nonBlocking.surround(FakeBackend.factory()) }
        #expect(error?.reason.kind == "mode")
    }

    // MARK: Runs and reports

    /// The child is a shell script that crashes in a case when it is told of a mode.
    @Test func everyModeHasEveryCaseOnceAndTheChildIsToldOfIt() throws {
        let script = """
            mode=default
            while [ "$1" != -- ]; do if [ "$1" = --mode ]; then mode=$2; fi; shift; done; shift
            if [ $# = 0 ]; then
              echo '{"probed":{"_0":{"name":"fake","available":true,"capabilities":[],"features":[],"mechanisms":{}}}}' >&3
              exit 0
            fi
            echo '{"started":{"_0":"file.read"}}' >&3
            if [ $mode = signals ]; then kill -SEGV $$; fi
            echo '{"finished":{"_0":{"backend":"fake","id":"file.read","clauses":[],"verdict":"pass","seconds":0,"message":""}}}' >&3
            """
        let host = ChildHost(executable: "/bin/sh", arguments: ["-c", script, "sh"])
        let modes: [AmbientMode] = [.default, .signals, .busy]
        let report = try ConformanceRun(backends: ["fake"], modes: modes, cases: [entry], seed: 1, jobs: 2, host: host).run()
        #expect(report.results.map(\.mode) == modes)
        #expect(report.results.map(\.verdict) == [.pass, .crash, .pass])
        #expect(report.run.modes == modes)
    }

    /// A run in a mode that a child cannot enter, for `reason`.
    private func run(
        withheldFor reason: String, requiring required: Set<AmbientMode> = [], expecting expectations: [Conformance.Expectation] = []
    ) throws -> CaseResult? {
        let probe =
            #"{"probed":{"_0":{"name":"fake","available":false,"reason":"\#(reason)","explanation":"no such user","capabilities":[],"#
        let script = "echo '\(probe)\"features\":[],\"mechanisms\":{}}}}' >&3"
        let host = ChildHost(executable: "/bin/sh", arguments: ["-c", script, "sh"])
        let run = ConformanceRun(
            backends: ["fake"], modes: [.signals], requiredModes: required, cases: [entry], expectations: expectations, seed: 1, jobs: 1,
            host: host)
        return try run.run().results.first
    }

    @Test func aModeThatCannotBeHadIsSkippedUnlessItIsRequired() throws {
        let skipped = try run(withheldFor: "mode")
        #expect(skipped?.verdict == .skip)
        #expect(skipped?.skip == "mode")
        let failed = try run(withheldFor: "mode", requiring: [.signals])
        #expect(failed?.verdict == .fail)
        #expect(failed?.message == "no such user")
        let expectation = Expectation(backend: "fake", case: "*", environment: ["mode": "signals"], reason: "a small machine")
        #expect(try run(withheldFor: "mode", requiring: [.signals], expecting: [expectation])?.verdict == .expectedFailure)
    }

    @Test func aModeThatTheSuiteFailsToSetUpIsBroken() throws {
        #expect(try run(withheldFor: "broken")?.verdict == .broken)
    }

    private func named(_ name: String) -> BackendFactory {
        BackendFactory(name: name) { (_) throws(Unavailability) in FakeBackend(.none) }
    }

    private var report: RunReport {
        var results = [AmbientMode.default, .signals].map { mode in
            var result = CaseResult(entry, backend: "one", verdict: .fail, message: "saw 3")
            result.mode = mode
            return result
        }
        results[0].verdict = .pass
        return RunReport(
            run: RunInformation(seed: 7, jobs: 2, modes: [.default, .signals], seconds: 1),
            backends: [BackendReport(probing: named("one"))], results: results)
    }

    @Test func machinesReadTheMode() throws {
        #expect(TAPReport.document(report).contains("not ok 2 - one/signals file.read"))
        #expect(JUnitReport.document(report).contains("<testsuite name=\"one/signals\" tests=\"1\" failures=\"1\""))
        #expect(JUnitReport.document(report).contains("<testsuite name=\"one\" tests=\"1\" failures=\"0\""))
        let decoded = try JSON.decode(RunReport.self, from: JSON.document(report))
        #expect(decoded.results.map(\.mode) == [.default, .signals])
    }

    @Test func aReportWithoutModesIsOneOfTheDefaultMode() throws {
        let text = #"{"backend":"one","id":"a.b","clauses":[],"verdict":"pass","seconds":0,"message":""}"#
        #expect(try JSON.decode(CaseResult.self, from: Array(text.utf8)).mode == .default)
    }

    @Test func aPersonReadsHowToRepeatAFailureInItsModeAndHowEachModeWent() throws {
        let scratch = try ScratchDirectory()
        let path = scratch.path + "/output"
        let descriptor = try Native.openDescriptor(path, flags: O_RDWR | O_CREAT)
        defer { Native.close(descriptor) }
        let reporter = TerminalReporter(descriptor: descriptor, seed: 7)
        for result in report.results { reporter.progress(result, 2) }
        reporter.finish(report)
        let text = String(decoding: try Native.contents(at: path), as: UTF8.self)
        #expect(text.contains("iospec conform --backend one --case file.read --seed 7 --mode signals"))
        #expect(text.contains("default  1 pass"))
        #expect(text.contains("signals  1 fail"))
        #expect(text.contains("one/signals file.read (fail)"))
    }
}
