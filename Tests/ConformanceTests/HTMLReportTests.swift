// The page tells everything that the report knows, needs nothing beside itself, and shows hostile text as text.

import IOSpec
import Testing

@testable import Conformance

@Suite struct HTMLReportTests {
    private let cases = [
        ConformanceCase(
            "time.order.equal", proves: "time.order", "time.never-early", title: "equal instants", kind: .stochastic(iterations: 77)
        ) { _ in },
        ConformanceCase("nop.plain", proves: "no.such-clause") { _ in },
    ]
    private let page: String

    init() {
        let hostile = "saw </script><img src=x onerror=alert(1)>"
        var failed = CaseResult(cases[0], backend: "two", verdict: .fail, seconds: 0.25, message: hostile, blamed: "completion.exactly-one")
        failed.trace = ["0.001 ms  submit    timer", "0.002 ms  complete  <timer>"]
        let results = [
            CaseResult(cases[0], backend: "one", verdict: .pass, seconds: 0.0125), failed,
            CaseResult(cases[1], backend: "one", verdict: .nonStrict, message: "missed"),
            CaseResult(cases[1], backend: "two", verdict: .skip, message: "privilege", skip: .privilege),
        ]
        let backends = ["one", "two"].map { name in
            BackendReport(probing: BackendFactory(name: name) { (_) throws(Unavailability) in FakeBackend(.none) })
        }
        let report = RunReport(run: RunInformation(seed: 42, jobs: 2, seconds: 1), backends: backends, results: results)
        page = HTMLReport.document(report, cases: cases)
    }

    @Test func hostileTextIsText() {
        #expect(!page.contains("<img"))
        #expect(page.contains("saw &lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"))
        #expect(page.contains("&lt;timer&gt;"))
    }

    @Test func aFailureIsToldWithAllThatHelps() {
        for part in [
            "1 failure</h1>", "Equal instants.", "repeats what it proves 77 times", "250.0 ms", "12.5 ms",
            "iospec conform --backend two --case time.order.equal --seed 42", "Last steps",
            "href=\"#clause-completion.exactly-one\"", "id=\"clause-completion.exactly-one\"",
        ] { #expect(page.contains(part), "\(part)") }
        let sentence = Clause.all.first { $0.id == "time.order" }?.sentence
        #expect(page.contains(Markup.escaped(sentence ?? "missing")))
    }

    @Test func aCellSaysHowManyHold() {
        #expect(page.contains("title=\"one: 1 pass\""))
        #expect(page.contains("title=\"two: 1 fail\""))
        #expect(page.contains("</span> 0/1</span>"))
    }

    @Test func aClauseThatTheSpecificationDoesNotHaveIsShownToo() {
        #expect(page.contains("id=\"clause-no.such-clause\""))
        #expect(page.contains("This version of the specification has no such clause."))
    }

    @Test func eachCaseIsToldOnceAndEveryLinkLeadsSomewhere() {
        #expect(page.ranges(of: "<details class=\"case\" id=\"case-time.order.equal\"").count == 1)
        let targets = page.split(separator: "href=\"#").dropFirst().map { $0.prefix { $0 != "\"" } }
        #expect(!targets.isEmpty)
        for target in targets { #expect(page.contains("id=\"\(target)\""), "\(target)") }
    }

    @Test func nothingIsLoaded() {
        for part in ["http:", "https:", " src=\"", "@import", "url("] { #expect(!page.contains(part), "\(part)") }
    }

    @Test func aWholeRunOnThreeBackendsStaysSmall() {
        let results = ["one", "two", "three"].flatMap { backend in
            CaseCatalogue.all.map { CaseResult($0, backend: backend, verdict: .pass, seconds: 0.0123) }
        }
        let report = RunReport(run: RunInformation(seed: 1, jobs: 1, seconds: 1), backends: [], results: results)
        let bytes = HTMLReport.document(report).utf8.count
        #expect(bytes / results.count < 600, "\(bytes) bytes for \(results.count) results")
    }
}
