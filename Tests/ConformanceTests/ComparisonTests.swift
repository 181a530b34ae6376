// What counts as worse, better or neither from one run to another.

import IOSpec
import Testing

@testable import Conformance

@Suite struct ComparisonTests {
    private func report(_ results: [(backend: String, id: String, verdict: Verdict)]) -> RunReport {
        let results = results.map { result in
            CaseResult(
                ConformanceCase(result.id, proves: "file.end-of-file") { _ in }, backend: result.backend, verdict: result.verdict,
                message: "saw | \(result.verdict)")
        }
        return RunReport(run: RunInformation(seed: 1, jobs: 1, seconds: 1), backends: [], results: results)
    }

    private func trend(_ before: Verdict?, _ after: Verdict?) -> ReportComparison.Trend? {
        let reports = [before, after].map { verdict in report(verdict.map { [("one", "a.b", $0)] } ?? []) }
        return ReportComparison(reports[0], reports[1]).changes.first?.trend
    }

    @Test(arguments: [
        (Verdict.pass, Verdict.fail), (.pass, .nonStrict), (.pass, .skip), (.pass, .expectedFailure), (.skip, .timeout),
        (.expectedFailure, .crash), (.pass, .unexpectedPass), (.nonStrict, .leak),
    ])
    func theOneWayIsWorseAndTheOtherBetter(good: Verdict, bad: Verdict) {
        #expect(trend(good, bad) == .worse)
        #expect(trend(bad, good) == .better)
    }

    @Test func betweenFailuresAndBetweenPassesNobodyChooses() {
        #expect(trend(.fail, .crash) == .other)
        #expect(trend(.pass, .informational) == .other)
        #expect(trend(.pass, .pass) == nil)
    }

    @Test func onlyAFailureThatWasNotThereBeforeIsWorse() {
        #expect(trend(nil, .fail) == .worse)
        #expect(trend(nil, .pass) == .other)
    }

    @Test func whatWasJudgedAndIsGoneIsWorse() {
        for verdict in [Verdict.pass, .nonStrict, .expectedFailure, .fail] { #expect(trend(verdict, nil) == .worse) }
        #expect(trend(.skip, nil) == .other)
    }

    @Test func theWorseComesFirstAndTheNumbersAdd() {
        let comparison = ReportComparison(
            report([("one", "a.b", .fail), ("one", "a.c", .pass), ("two", "a.b", .fail), ("two", "a.d", .pass)]),
            report([("one", "a.b", .pass), ("one", "a.c", .fail), ("two", "a.b", .fail), ("two", "a.e", .pass)]))
        #expect(comparison.changes.map(\.id) == ["a.c", "a.d", "a.b", "a.e"])
        #expect(comparison.hasRegression)
        let summary = "2 worse, 1 better, 0 otherwise changed, 1 the same (1 failing in both); 1 only in the first, 1 only in the second\n"
        #expect(comparison.text.hasSuffix(summary))
        #expect(comparison.markdown.contains("| one | pass → fail | a.c | saw \\| fail |"))
    }

    @Test func theSameChangeOfManyCasesIsOneLine() {
        let ids = (0..<50).map { "a.c\($0)" }
        let comparison = ReportComparison(report(ids.map { ("one", $0, .pass) }), report(ids.map { ("one", $0, .skip) }))
        #expect(comparison.changes.count == 50)
        #expect(comparison.text.contains("50 cases (a.c0, a.c1, a.c2, …)"))
        #expect(comparison.text.split(separator: "\n").count == 3)
    }
}
