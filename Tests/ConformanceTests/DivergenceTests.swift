// Every measured disagreement of kernels is accounted for, or named as a problem.

import Conformance
import IOSpec
import Testing

@Suite struct DivergenceTests {
    private let cases = [
        ConformanceCase("file.read-at-end", proves: "file.end-of-file") { _ in },
        ConformanceCase("file.read-whole", proves: "file.full-transfer") { _ in },
    ]

    private func audit(_ divergences: Divergence..., numbers: ClosedRange<Int> = 1...1) -> DivergenceAudit {
        DivergenceAudit(divergences, numbers: numbers, cases: cases)
    }

    @Test func anItemWithACaseOrAReasonIsAccountedFor() {
        let audit = audit(
            Divergence(1, "The end", "0.", rule: ["file.end-of-file"], .cases(["file.read-*"])),
            Divergence(2, "A crash", "Unknown.", rule: ["file.sync-covers"], .untestable("it takes a crash")), numbers: 1...2)
        #expect(audit.problems.isEmpty, "\(audit.problems)")
        #expect(audit.entries[0].cases == ["file.read-at-end", "file.read-whole"])
        #expect(audit.summary == "2 of 2 accounted for: 1 by a case, 1 untestable")
    }

    @Test func aNumberThatIsMissingRepeatedOrForeignIsAProblem() {
        let item = Divergence(3, "The end", "0.", rule: ["file.end-of-file"], .cases(["file.*"]))
        let problems = audit(item, item, numbers: 1...2).problems
        #expect(problems.contains("there is no item 1"))
        #expect(problems.contains("the item 3 exists more than once"))
        #expect(problems.contains("the item 3 is not one of 1 to 2"))
    }

    @Test func aPatternWithoutACaseAndAClauseThatDoesNotExistAreProblems() {
        let problems = audit(Divergence(1, "The end", "0.", rule: ["no.such"], .cases(["file.*", "nothing.*"]))).problems
        #expect(problems.contains { $0.contains("the clause no.such, which does not exist") })
        #expect(problems.contains { $0.contains("the cases nothing.*, and none has such an id") })
    }

    @Test func aClauseThatNoneOfItsCasesProvesIsAProblem() {
        let item = Divergence(1, "The end", "0.", rule: ["file.end-of-file", "file.positional"], .cases(["file.*"]))
        #expect(audit(item).problems == ["the item 1 (The end) names the clause file.positional, and none of its cases proves that"])
    }

    @Test func theCatalogueHasEachNumberOnceAndNamesOnlyWhatExists() {
        #expect(DivergenceAudit(cases: CaseCatalogue.all).problems.isEmpty)
    }

    @Test func theDocumentHasARowForEachItem() {
        let audit = DivergenceAudit(cases: CaseCatalogue.all)
        for number in DivergenceCatalogue.numbers { #expect(audit.markdown.contains("\n| \(number) | "), "\(number)") }
        #expect(audit.document.items.count == DivergenceCatalogue.numbers.count)
    }

    @Test func aSaboteurNamesOnlyADisagreementThatExists() {
        let numbers = Set(DivergenceCatalogue.all.map(\.number))
        for saboteur in SaboteurCatalogue.all {
            if let number = saboteur.disagreement { #expect(numbers.contains(number), "\(saboteur.name)") }
        }
    }
}
