// Whom the suite's own test puts before which case, and in which surroundings. The children are shell scripts that speak the protocol.

import IOSpec
import Testing

@testable import Conformance

@Suite struct SelfTestTests {
    private let cases = [
        ConformanceCase("time.one", proves: "time.order", timeLimit: 1) { _ in },
        ConformanceCase("file.one", proves: "file.end-of-file", timeLimit: 1) { _ in },
    ]

    /// A test whose children fail every case behind a saboteur called `bad…`, and pass all others.
    private func test(_ saboteurs: [Saboteur]) -> SelfTest {
        let script = #"""
            saboteur=none
            mode=default
            while [ "$1" != -- ]; do
              if [ "$1" = --saboteur ]; then saboteur=$2; fi
              if [ "$1" = --mode ]; then mode=$2; fi
              shift
            done; shift
            if [ $# = 0 ]; then
              echo '{"probed":{"_0":{"name":"fake","available":true,"capabilities":[],"features":[],"mechanisms":{}}}}' >&3
              exit 0
            fi
            case $saboteur in bad*) verdict=fail;; *) verdict=pass;; esac
            for id in "$@"; do
              id=${id%@*}; clause=time.order; if [ $id = file.one ]; then clause=file.end-of-file; fi
              echo "{\"started\":{\"_0\":\"$id\"}}" >&3
              result="\"backend\":\"fake\",\"id\":\"$id\",\"clauses\":[\"$clause\"],\"verdict\":\"$verdict\""
              echo "{\"finished\":{\"_0\":{$result,\"seconds\":0,\"message\":\"$saboteur $mode\"}}}" >&3
              if [ $verdict = fail ]; then exit 0; fi
            done
            """#
        return SelfTest(
            saboteurs: saboteurs, factories: [FakeBackend.factory()],
            clauses: Clause.all.filter { ["time.order", "file.end-of-file"].contains($0.id) }, cases: cases, seed: 1, jobs: 2,
            host: ChildHost(executable: "/bin/sh", arguments: ["-c", script, "sh"]))
    }

    private func saboteur(_ name: String, breaks clauses: String...) -> Saboteur {
        Saboteur(name, breaks: clauses, summary: "does wrong") { $0 }
    }

    @Test func aSaboteurOfTwoClausesIsPutBeforeTheCasesOfBoth() throws {
        let test = test([saboteur("bad", breaks: "time.order", "file.end-of-file")])
        let good = try test.runGood(required: [])
        let report = SelfTestReport(try test.run(after: good), of: test.clauses, after: good)
        #expect(report.clauses.map(\.saboteur) == ["bad", "bad"])
        #expect(Set(report.clauses.map(\.killer)) == ["time.one", "file.one"])
        #expect(report.isSuccess)
    }

    @Test func aClauseWithoutACaseThatCatchesFailsTheTest() throws {
        let test = test([saboteur("bad", breaks: "time.order"), saboteur("harmless", breaks: "file.end-of-file")])
        let good = try test.runGood(required: [])
        let report = SelfTestReport(try test.run(after: good), of: test.clauses, after: good)
        #expect(report.saboteurs.map(\.outcome) == [.caught, .survived])
        #expect(report.clauses.filter { $0.killer == nil }.map(\.clause) == ["file.end-of-file"])
        #expect(!report.isSuccess)
    }

    @Test func everySaboteurHasAGoodRunInItsModeAsItIsAndDisguised() throws {
        let test = test([saboteur("bad", breaks: "time.order"), saboteur("worse", breaks: "time.order").surrounded(by: .signals)])
        let good = try test.runGood(required: [])
        #expect(good.results.map(\.id) == ["time.one", "file.one", "time.one"])
        #expect(good.results.map(\.message) == ["none default", "none default", "none signals"])
        let disguised = try test.runDisguised(after: good)
        #expect(Set(disguised.filter { $0.mode == .signals }.map(\.message)) == ["faultless-kernel signals", "faultless-backend signals"])
        #expect(disguised.count { $0.mode == .default } == 4)
        #expect(disguised.allSatisfy { $0.backend.hasPrefix("fake (faultless-") })
    }
}
