// Declared failures: where they count, and what is wrong with a file of them.

import IOSpec
import Testing

@testable import Conformance

@Suite struct ExpectationTests {
    private let entry = ConformanceCase("file.read", proves: "file.end-of-file") { _ in }
    private let run: RunInformation

    init() {
        var run = RunInformation(seed: 1, jobs: 1, seconds: 0)
        run.kernel = "Linux 6.1.55-generic"
        run.machine = "x86_64"
        self.run = run
    }

    private func concerns(_ backend: String, _ pattern: String, _ environment: [String: String] = [:]) -> Bool {
        Conformance.Expectation(backend: backend, case: pattern, environment: environment, reason: "known")
            .concerns(CaseResult(entry, backend: "one", verdict: .fail), in: run)
    }

    @Test func anExpectationCountsWhereAllItsPatternsMatch() {
        #expect(concerns("one", "file.read"))
        #expect(concerns("*", "file.*", ["kernel": "6.1.*", "architecture": "x86_64"]))
        #expect(!concerns("two", "file.read"))
        #expect(!concerns("one", "file.r"))
        #expect(!concerns("one", "file.read", ["kernel": "6.1.*", "architecture": "aarch64"]))
        #expect(!concerns("one", "file.read", ["kernel": "5.*"]))
    }

    @Test func everyEnvironmentThatIsNamedHasAValue() {
        let values = run.environment(of: CaseResult(entry, backend: "one", verdict: .fail))
        #expect(values.keys.sorted() == RunInformation.environmentNames.sorted())
        #expect(values["kernel"] == "6.1.55-generic")
    }

    private func read(_ text: String) throws -> [Conformance.Expectation] {
        let scratch = try ScratchDirectory()
        defer { withExtendedLifetime(scratch) {} }
        let path = "\(scratch.path)/expectations"
        try Native.makeFile(at: path, contents: Array(text.utf8))
        return try Conformance.Expectation.read(from: path)
    }

    @Test func aFileIsReadInItsOrder() throws {
        let read = try read(
            """
            [{"backend": "one", "case": "file.*", "reason": "known"},
             {"backend": "two", "case": "time.order", "environment": {"kernel": "6.1.*"}, "reason": "fixed in 6.2"}]
            """)
        #expect(read.map(\.pattern) == ["file.*", "time.order"])
        #expect(read.map(\.environment) == [[:], ["kernel": "6.1.*"]])
    }

    @Test(arguments: [
        ("[\n{\"backend\": \"one\"\n\"case\": \"x\"}]", "line 3, column 1: expected “,” or “}”"),
        ("{}", "are not a JSON array"),
        ("[\n\n{\"backend\": \"one\", \"case\": \"x\"}]", "line 3 on: [0].reason is missing"),
        ("[\n{\"backend\": \"one\", \"case\": \"x\", \"reason\": \" \"}]", "line 2 on: reason is empty"),
        ("[{\"backend\": \"one\", \"case\": 3, \"reason\": \"known\"}]", "[0].case: "),
        ("[{\"backend\": \"one\", \"case\": \"x\", \"enviroment\": {}, \"reason\": \"known\"}]", "there is no field “enviroment”"),
        (
            "[{\"backend\": \"one\", \"case\": \"x\", \"environment\": {\"moon\": \"full\"}, \"reason\": \"known\"}]",
            "there is no environment “moon”; there are architecture"
        ),
        ("[3]", "line 1 on: "),
    ])
    func aMistakeIsNamedWithItsPlace(text: String, mistake: String) {
        let error = #expect(throws: WrongUse.self) { try read(text) }
        #expect(error?.description.contains(mistake) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("\n") == false)
    }

    @Test func aStaleExpectationIsAMistake() {
        let check = { (backend: String, pattern: String) in
            try Conformance.Expectation(backend: backend, case: pattern, reason: "known").check(backends: ["one", "two"], cases: [entry])
        }
        #expect(throws: Never.self) { try check("t*", "file.*") }
        #expect(throws: WrongUse.self) { try check("three", "file.read") }
        #expect(throws: WrongUse.self) { try check("one", "file.write") }
    }
}
