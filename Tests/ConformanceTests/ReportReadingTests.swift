// A report can be read again, and what is none is refused with its reason.

import IOSpec
import Testing

@testable import Conformance

@Suite struct ReportReadingTests {
    private func reading(_ text: String, _ body: (String) throws -> Void) throws {
        let scratch = try ScratchDirectory()
        defer { withExtendedLifetime(scratch) {} }
        let path = "\(scratch.path)/report"
        try Native.makeFile(at: path, contents: Array(text.utf8))
        try body(path)
    }

    @Test func aReportComesBackAsItWas() throws {
        let entry = ConformanceCase("file.read", proves: "file.end-of-file", kind: .stochastic(iterations: 5)) { _ in }
        let results = [
            CaseResult(entry, backend: "one", verdict: .fail, seconds: 0.5, message: "saw „3“\n", blamed: "x.y", trace: ["a", "b"]),
            CaseResult(entry, backend: "two", verdict: .skip, skip: .privilege),
        ]
        let report = RunReport(run: RunInformation(seed: .max, jobs: 2, seconds: 1), backends: [], results: results)
        try reading(String(decoding: JSON.document(report), as: UTF8.self)) { path in
            let read = try RunReport.read(from: path)
            #expect(read.results == results)
            #expect(read.run.seed == .max)
            #expect(try JSON.document(read) == JSON.document(report))
        }
    }

    @Test(arguments: [
        ("{\n  \"schemaVersion\": 1,\n  oops\n}", "line 3, column 3: expected a name in quotation marks"),
        ("", "line 1, column 1: expected a value"),
        ("[1, 2]", "is not a report of iospec conform --json"),
        ("{\"schemaVersion\": 1, \"clauses\": []}", "is missing"),
        ("{\"schemaVersion\": 99}", "has schema version 99, and this command reads \(RunReport.currentVersion)"),
    ])
    func whatIsNoReportIsRefused(text: String, reason: String) throws {
        try reading(text) { path in
            let problem = #expect(throws: ReportProblem.self) { try RunReport.read(from: path) }
            #expect(problem?.description.contains(reason) == true, "\(problem?.description ?? "")")
            #expect(problem?.description.contains(path) == true)
        }
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let problem = #expect(throws: ReportProblem.self) { try RunReport.read(from: "/no/such/report") }
        guard case .unreadable(let path, _) = problem else { return #expect(Bool(false), "the problem must be unreadable") }
        #expect(path == "/no/such/report")
    }

    @Test(arguments: ["[1, {\"a\": [true, null, -1.5e3]}, \"\\\"\"]", " {} ", "3"])
    func jsonIsAccepted(text: String) throws {
        _ = try JSONSyntax(checking: Array(text.utf8))
    }

    @Test(arguments: ["[1,]", "{\"a\" 1}", "[1 2]", "\"open", "[\"\\", "tru", "{}x", String(repeating: "[", count: 100_000)])
    func whatIsNoJSONIsSeen(text: String) {
        #expect(throws: JSONSyntax.Problem.self) { try JSONSyntax(checking: Array(text.utf8)) }
    }

    @Test func theLinesOfTheOutermostElementsAreKnown() throws {
        let syntax = try JSONSyntax(checking: Array("[\n1,\n\n[2, 3],\n{}\n]".utf8))
        #expect(syntax.elementLines == [2, 4, 5])
    }
}
