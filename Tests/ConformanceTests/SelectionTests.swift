// Which cases a pattern, a clause and a level choose, and what wrong use says.

import Conformance
import IOSpec
import Testing

@Suite struct SelectionTests {
    private let cases = [
        ConformanceCase("file.read", proves: "file.end-of-file") { _ in },
        ConformanceCase("file.write", proves: "file.full-transfer", level: .should) { _ in },
        ConformanceCase("time.order", proves: "time.order", level: .may) { _ in },
    ]

    private func chosen(_ selection: Selection) throws -> [String] { try selection.select(from: cases).map(\.id) }

    @Test func nothingAskedForIsEverything() throws {
        #expect(try chosen(Selection()) == ["file.read", "file.write", "time.order"])
    }

    @Test func patternsMatchWholeIds() throws {
        #expect(try chosen(Selection(patterns: ["file.*"])) == ["file.read", "file.write"])
        #expect(try chosen(Selection(patterns: ["*.order", "file.r?ad"])) == ["file.read", "time.order"])
    }

    @Test func clausesChooseTheCasesThatProveThem() throws {
        #expect(try chosen(Selection(clauses: ["file.full-transfer"])) == ["file.write"])
    }

    @Test func aLevelChoosesWhatBindsAtLeastAsMuch() throws {
        #expect(try chosen(Selection(level: .must)) == ["file.read"])
        #expect(try chosen(Selection(level: .should)) == ["file.read", "file.write"])
    }

    @Test(arguments: [
        (Selection(patterns: ["file.*", "nothing.*"]), "“nothing.*”; the areas are file, time"),
        (Selection(clauses: ["no.such"]), "no clause “no.such”"),
        (Selection(clauses: ["path.create"]), "no case proves the clause “path.create”"),
        (Selection(patterns: ["time.*"], level: .must), "exclude each other"),
    ])
    func wrongUseSaysWhatExists(selection: Selection, text: String) {
        let error = #expect(throws: WrongUse.self) { try selection.select(from: cases) }
        #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
    }
}
