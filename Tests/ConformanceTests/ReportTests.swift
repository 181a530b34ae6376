// The reports say the same in every form.

import Conformance
import IOSpec
import Testing

@Suite struct ReportTests {
    private let report: RunReport

    init() {
        let entry = ConformanceCase("file.read", proves: "file.end-of-file") { _ in }
        let results = [
            CaseResult(entry, backend: "one", verdict: .pass, seconds: 0.5),
            CaseResult(entry, backend: "two", verdict: .fail, message: "saw <3> & \"4\"\nnot 5 # 6"),
            CaseResult(entry, backend: "three", verdict: .skip, message: "privilege", skip: .privilege),
        ]
        let backends = ["one", "two", "three"].map { name in
            BackendReport(probing: BackendFactory(name: name) { (_) throws(Unavailability) in FakeBackend(.none) })
        }
        report = RunReport(run: RunInformation(seed: 7, jobs: 2, seconds: 1), backends: backends, results: results)
    }

    @Test func aRunWithAFailureIsNoSuccessAndNeitherIsOneThatJudgedNothing() {
        #expect(!report.isSuccess)
        #expect(report.failures.map(\.backend) == ["two"])
        let skipped = RunReport(run: report.run, backends: report.backends, results: report.results.filter { $0.verdict == .skip })
        #expect(!skipped.isSuccess)
    }

    @Test func jsonHasOneObjectForEachCaseAndBackend() throws {
        let text = String(decoding: try JSON.document(report), as: UTF8.self)
        for key in ["schemaVersion", "kernel", "fileSystem", "limits", "backend", "id", "clauses", "verdict", "seconds", "message"] {
            #expect(text.contains("\"\(key)\" :"), "\(key)")
        }
        #expect(text.components(of: "\"id\" :") == 3)
    }

    @Test func junitEscapesWhatXMLReserves() {
        let text = JUnitReport.document(report)
        #expect(text.contains("message=\"saw &lt;3&gt; &amp; &quot;4&quot;&#10;not 5 # 6\""))
        #expect(text.contains("<testsuite name=\"two\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\""))
        #expect(text.contains("<skipped message=\"privilege\"/>"))
    }

    @Test func tapCountsItsPointsAndEscapesDirectives() {
        let lines = TAPReport.document(report).split(separator: "\n").map(String.init)
        #expect(lines.prefix(3) == ["TAP version 13", "1..3", "ok 1 - one file.read"])
        #expect(lines.contains("not ok 2 - two file.read"))
        #expect(lines.last == "ok 3 - three file.read # SKIP privilege")
    }

    @Test func aMessageWithoutEndIsCut() {
        let entry = ConformanceCase("file.read", proves: "file.end-of-file") { _ in }
        let long = CaseResult(entry, backend: "one", verdict: .fail, message: String(repeating: "ü", count: 100_000)).message
        #expect(long.count < 2100)
        #expect(long.hasSuffix("ü… (100000 characters in all)"))
        let short = String(repeating: "ü", count: 2000)
        #expect(CaseResult(entry, backend: "one", verdict: .fail, message: short).message == short)
    }

    @Test func theSpecificationHasEveryClauseOnce() {
        let markdown = SpecificationDocument(clauses: Clause.all, cases: []).markdown
        for clause in Clause.all { #expect(markdown.components(of: "**`\(clause.id)`**") == 1, "\(clause.id)") }
    }

    @Test func theSameSeedGivesTheSameNumbers() {
        var generator = SplitMix64(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
        #expect(SplitMix64.seed(for: "a", runSeed: 1) == SplitMix64.seed(for: "a", runSeed: 1))
        #expect(SplitMix64.seed(for: "a", runSeed: 1) != SplitMix64.seed(for: "b", runSeed: 1))
    }
}

extension String {
    /// How often `part` occurs.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
