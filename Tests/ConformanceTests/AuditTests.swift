// The audit names what is not whole.

import Conformance
import IOSpec
import Testing

@Suite struct AuditTests {
    private func problems(_ cases: [ConformanceCase]) -> [String] { Audit(cases: cases).problems }

    @Test func aMustWithoutACaseIsAProblem() {
        #expect(problems([]).contains { $0.contains("file.end-of-file") })
        let covered = problems([ConformanceCase("file.read", proves: "file.end-of-file") { _ in }])
        #expect(!covered.contains { $0.contains("file.end-of-file") })
    }

    @Test func aCaseThatBindsLessThanItsClauseDoesNotCoverIt() {
        let weak = problems([ConformanceCase("file.read", proves: "file.end-of-file", level: .should) { _ in }])
        #expect(weak.contains { $0.contains("file.end-of-file") })
    }

    @Test func whatIsUntestableOrLessThanAMustIsNoProblem() {
        #expect(!problems([]).contains { $0.contains("file.sync-covers") || $0.contains("result.detail") })
    }

    @Test func unknownClausesAndRepeatedIdsAreProblems() {
        let found = problems([
            ConformanceCase("a.b", proves: "no.such") { _ in },
            ConformanceCase("a.b", proves: "time.order") { _ in },
        ])
        #expect(found.contains("the case a.b exists more than once"))
        #expect(found.contains("the case a.b names the clause no.such, which does not exist"))
    }

    @Test func theCatalogueNamesOnlyClausesThatExistAndNoIdTwice() {
        let found = problems(CaseCatalogue.all).filter { !$0.hasPrefix("the clause") }
        #expect(found.isEmpty)
    }

    @Test func aMustThatNoSaboteurBreaksIsAProblem() {
        let problems = Audit(cases: CaseCatalogue.all, saboteurs: []).problems
        #expect(problems.contains("the clause close.cancels is a must, and no saboteur breaks it"))
        #expect(!problems.contains { $0.contains("process.fork ") })
        #expect(Audit(cases: CaseCatalogue.all, saboteurs: SaboteurCatalogue.all).problems.isEmpty)
    }
}
