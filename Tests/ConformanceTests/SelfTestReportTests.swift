// The report of a self-test says of each saboteur what became of it.

import IOSpec
import Testing

@testable import Conformance

@Suite struct SelfTestReportTests {
    private let report: SelfTestReport

    init() {
        func finding(_ name: String, backend: String? = "one", kills: [CaseResult] = []) -> SelfTest.Finding {
            let saboteur = Saboteur(name, breaks: ["time.order"], summary: "reverses a|b") { _ in nil }
            return SelfTest.Finding(saboteur: saboteur, backend: backend, kills: kills)
        }
        func kill(_ id: String, _ clause: String) -> CaseResult {
            CaseResult(ConformanceCase(id, proves: clause) { _ in }, backend: "one", verdict: .fail, seconds: 0.02, message: "saw 2")
        }
        let good = RunReport(run: RunInformation(seed: 3, jobs: 1, seconds: 1), backends: [], results: [])
        report = SelfTestReport(
            [
                finding("a", kills: [kill("time.one", "time.order"), kill("time.two", "time.order")]),
                finding("b", kills: [kill("file.one", "file.end-of-file")]), finding("c"), finding("d", backend: nil),
            ], of: Clause.all.filter { ["time.order", "file.end-of-file"].contains($0.id) }, after: good)
    }

    @Test func onlyTheRightClauseCatches() {
        #expect(report.saboteurs.map(\.outcome) == [.caught, .wrongClause, .survived, .notApplicable])
        #expect(report.caught == 1)
    }

    @Test func theTableHasALineForEachKill() {
        #expect(report.text.contains("WRONG CLAUSE: file.one"))
        #expect(report.text.contains("SURVIVED"))
        #expect(report.text.contains("time.two"))
        #expect(
            report.text.hasSuffix(
                "1 of 4 saboteurs caught by the right clause, 0 false alarms in 0 results of good backends, 1 of 2 clauses shown by a case of their own\n"
            ))
    }

    @Test func aClauseIsShownOnlyByACaseOfItsOwnThatCaughtASaboteurOfIt() {
        #expect(
            Set(report.clauses) == [
                ClauseKill(clause: "time.order", saboteur: "a", killer: "time.one"), ClauseKill(clause: "file.end-of-file"),
            ])
        #expect(!report.isSuccess)
    }

    @Test func whoBlamesADisguiseBlamesAGoodBackend() {
        let good = RunReport(run: RunInformation(seed: 3, jobs: 1, seconds: 1), backends: [], results: [])
        let blamed = CaseResult(ConformanceCase("a.b", proves: "time.order") { _ in }, backend: "one (faultless)", verdict: .leak)
        let report = SelfTestReport([], after: good, disguised: [blamed])
        #expect(report.falseAlarms == [blamed])
        #expect(report.text.contains("false alarm: one (faultless) a.b"))
    }

    @Test func theEndSaysWhatKeepsTheRunFromBeingASuccess() throws {
        let end = try #require(report.text.split(separator: "\n\n").suffix(2).first)
        #expect(
            end.split(separator: "\n") == [
                "wrong clause: b", "survived: c", "not applicable: d", "shown by no case of its own: file.end-of-file",
            ])
    }

    @Test func markdownHasARowForEachSaboteurAndEachClause() {
        #expect(report.markdown.contains("`time.one` (fail, 20.0 ms): saw 2<br>`time.two` (fail, 20.0 ms): saw 2 |"))
        #expect(report.markdown.contains("reverses a\\|b"))
        #expect(report.markdown.split(separator: "\n").filter { $0.hasPrefix("| `") }.count == 4 + 2)
    }

    @Test func jsonComesBackAsItWas() throws {
        let bytes = try JSON.document(report)
        #expect(try JSON.document(JSON.decode(SelfTestReport.self, from: bytes)) == bytes)
    }
}
