// A child that hangs, crashes or never begins costs its own case and no other. The children are shell scripts that speak the protocol.

import Testing

@testable import Conformance

@Suite struct ChildTests {
    private let cases = ["first", "second", "third"].map { name in
        ConformanceCase("fake.\(name)", proves: "completion.independent", timeLimit: 0.2) { _ in }
    }

    /// Runs the cases in children that run `onSecond` when they come to the second one, and `onOthers` when they come to another.
    private func run(
        onSecond misdeed: String, onOthers deed: String = ":", _ chosen: [ConformanceCase]? = nil, jobs: Int = 2
    ) throws -> RunReport {
        let script = """
            while [ "$1" != -- ]; do shift; done; shift
            if [ $# = 0 ]; then
              echo '{"probed":{"_0":{"name":"fake","available":true,"capabilities":[],"features":[],"mechanisms":{}}}}' >&3
              exit 0
            fi
            for id in "$@"; do
              id=${id%@*}; if [ "$id" = fake.second ]; then \(misdeed); else \(deed); fi
              echo "{\\"started\\":{\\"_0\\":\\"$id\\"}}" >&3
              echo "{\\"finished\\":{\\"_0\\":{\\"backend\\":\\"fake\\",\\"id\\":\\"$id\\",\\"clauses\\":[],\\"verdict\\":\\"pass\\",\\"seconds\\":0,\\"message\\":\\"\\"}}}" >&3
            done
            """
        let host = ChildHost(executable: "/bin/sh", arguments: ["-c", script, "sh"])
        return try ConformanceRun(backends: ["fake"], cases: chosen ?? cases, seed: 1, jobs: jobs, host: host).run()
    }

    private static let begin = #"echo '{"started":{"_0":"fake.second"}}' >&3"#

    @Test func everyCaseHasAVerdictWhenNothingGoesWrong() throws {
        #expect(try run(onSecond: ":").results.map(\.verdict) == [.pass, .pass, .pass])
    }

    @Test func whatOnlyWaitsIsBegunFirstAndTakesNoPlace() throws {
        // The second case ends when another one has run, of which there is one at a time.
        let report = try run(
            onSecond: #"while [ ! -e "$TMPDIR/mark" ]; do sleep 0.01; done"#, onOthers: #"touch "$TMPDIR/mark""#,
            [cases[0], cases[1].idling(for: 1), cases[2]], jobs: 1)
        #expect(report.results.map(\.verdict) == [.pass, .pass, .pass])
    }

    @Test func aCrashIsTheVerdictOfItsCaseAndSaysHow() throws {
        let report = try run(onSecond: "\(Self.begin); echo 'Fatal error: boom' >&2; kill -SEGV $$")
        #expect(report.results.map(\.verdict) == [.pass, .crash, .pass])
        #expect(report.failures.first?.message.contains("signal 11") == true)
        #expect(report.failures.first?.message.contains("Fatal error: boom") == true)
    }

    @Test func aHangIsTheVerdictOfItsCase() throws {
        let report = try run(onSecond: "\(Self.begin); exec tail -f /dev/null")
        #expect(report.results.map(\.verdict) == [.pass, .timeout, .pass])
    }

    @Test func aFailureSeenBeforeAHangIsNotForgotten() throws {
        let failing =
            #"echo '{"failing":{"_0":{"backend":"fake","id":"fake.second","clauses":[],"verdict":"fail","seconds":0,"message":"saw 5"}}}' >&3"#
        let report = try run(onSecond: "\(Self.begin); \(failing); exec tail -f /dev/null")
        #expect(report.results.map(\.verdict) == [.pass, .timeout, .pass])
        #expect(report.failures.first?.message.hasPrefix("saw 5; then the backend hangs") == true)
    }

    @Test func aChildThatEndsBeforeItsCaseIsAProblemOfTheSuite() throws {
        let report = try run(onSecond: "exit 3")
        #expect(report.results.map(\.verdict) == [.pass, .broken, .pass])
    }

    @Test func aChildThatCrashesAfterItsLastCaseCrashedInIt() throws {
        let report = try run(onSecond: "trap 'kill -SEGV $$' EXIT")
        #expect(report.results.map(\.verdict) == [.pass, .pass, .crash])
        #expect(report.failures.first?.message.contains("signal 11") == true)
    }

    @Test func aChildThatFallsSilentAndGoesOnIsATimeout() throws {
        let report = try run(onSecond: "\(Self.begin); exec 3>&-; exec tail -f /dev/null")
        #expect(report.results.map(\.verdict) == [.pass, .timeout, .pass])
    }

    @Test func aLineThatIsNoMessageCostsItsCaseAloneAndIsQuoted() throws {
        let report = try run(onSecond: "\(Self.begin); echo 'no message' >&3")
        #expect(report.results.map(\.verdict) == [.pass, .broken, .pass])
        #expect(report.failures.first?.message.contains("“no message”") == true)
    }

    @Test func aBackendWhoseProbingSaysWhatIsNoMessageIsNotJudged() throws {
        let host = ChildHost(executable: "/bin/sh", arguments: ["-c", "echo nonsense >&3", "sh"])
        let report = try ConformanceRun(backends: ["fake"], cases: cases, seed: 1, jobs: 1, host: host).run()
        #expect(report.results.allSatisfy { $0.verdict == .broken && $0.message.contains("“nonsense”") })
    }

    @Test func aBackendWhoseProbingHangsIsNotAvailable() throws {
        let host = ChildHost(executable: "/bin/sh", arguments: ["-c", "exec tail -f /dev/null", "sh"])
        let report = try ConformanceRun(backends: ["fake"], cases: cases, seed: 1, jobs: 1, host: host).run()
        #expect(report.backends.first?.reason == "timeout")
        #expect(report.results.allSatisfy { $0.verdict == .fail })
    }

    @Test func aBackendWhoseProbingCrashesIsNotAvailable() throws {
        let host = ChildHost(executable: "/bin/sh", arguments: ["-c", "kill -SEGV $$", "sh"])
        let report = try ConformanceRun(backends: ["fake"], cases: cases, seed: 1, jobs: 1, host: host).run()
        #expect(report.backends.first?.available == false)
        #expect(report.results.allSatisfy { $0.verdict == .fail })
    }
}
