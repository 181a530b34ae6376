// The text of a history holds all of it, and says what is wrong with it.

import IOSpec
import Testing

@testable import Conformance

@Suite struct FuzzHistoryTests {
    @Test(arguments: 0..<200)
    func whatWasWrittenIsReadAgain(seed: UInt64) throws {
        let history = HistoryGenerator.history(seed: seed, length: 40) { _ in true }
        #expect(try History(parsing: history.description) == history)
    }

    @Test func everyThemeAndEveryOperationComesUp() {
        let verbs = (0..<400 as Range<UInt64>).flatMap { seed in
            HistoryGenerator.history(seed: seed, length: 40) { _ in true }.operations.map { operation in operation.text.prefix { $0 != " " }
            }
        }
        #expect(Set(verbs).count == 45)
    }

    @Test func oneSeedIsOneHistory() {
        let histories = (0..<2).map { _ in HistoryGenerator.history(seed: 7, length: 60) { _ in true } }
        #expect(histories[0] == histories[1])
        #expect(histories[0] != HistoryGenerator.history(seed: 8, length: 60) { _ in true })
    }

    @Test func whatIsNotJudgedIsLeftOut() {
        let operations = (0..<50 as Range<UInt64>).flatMap { seed in
            HistoryGenerator.history(seed: seed, length: 40) { operation in
                if case .close = operation { false } else { true }
            }.operations
        }
        #expect(operations.count >= 2000)
        #expect(!operations.contains { if case .close = $0 { true } else { false } })
    }

    @Test(arguments: 0..<100)
    func aGeneratedHistoryIsAWholeProgram(seed: UInt64) {
        let history = HistoryGenerator.history(seed: seed, length: 40) { _ in true }
        #expect(history.filtered() == history)
    }

    @Test func someHistoriesLeaveNothingOpenAndOthersOverlap() throws {
        let settled = (0..<100 as Range<UInt64>).count { HistoryGenerator.history(seed: $0, length: 40) { _ in true }.isSettled }
        #expect((15...50).contains(settled))
        #expect(try History(parsing: "1: nop\nsettle\n2: nop\n3: nop linked\nsettle\ncancel 1\n").isSettled)
        #expect(try !History(parsing: "1: nop\n2: nop\nsettle\n").isSettled)
        #expect(try !History(parsing: "1: nop deadline 5\nsettle\n").isSettled)
        #expect(try !History(parsing: "1: nop\ncancel 1\nsettle\n").isSettled)
    }

    @Test func labelsAndCommentsAreAsOneLikes() throws {
        let history = try History(
            parsing: """
                # a comment
                acquire pair pipe -> h1 h2   # two ends

                first: receive h1 count 4 deadline 20
                write: send h2 count 2 seed 9 pieces 2
                again: nop linked
                cancel first
                settle
                """)
        let steps: [HistoryStep] = [
            .acquire(.pair(.pipe), makes: [Symbol(1), Symbol(2)]),
            .submit(.receive(Symbol(1), count: 4, pieces: 1), deadline: 20, isLinked: false, isBarrier: false),
            .submit(.send(Symbol(2), Payload(seed: 9, count: 2), pieces: 2), deadline: nil, isLinked: false, isBarrier: false),
            .submit(.nop, deadline: nil, isLinked: true, isBarrier: false), .cancel(1), .settle,
        ]
        #expect(history == History(seed: 0, steps: steps))
    }

    @Test(arguments: [
        ("acquire root → h1\n1: reed h1 count 4", "line 2: there is no operation “reed”"),
        ("1: close h3", "line 1: h3 is used before it is made"),
        ("acquire pair pipe → h1", "line 1: acquiring makes 2 here"),
        ("acquire root → h1\nacquire root → h1", "line 2: h1 was made before"),
        ("acquire root → h1\n1: open h1 \"a\" reading", "line 2: the handle that is made is missing"),
        ("acquire root → h1\n1: unlink h1 \"a", "line 2: a text in quotation marks has no end"),
        ("acquire root → h1\n1: unlink h1 \"a\" quickly", "line 2: “quickly” has no meaning"),
        ("acquire root → h1\n1: truncate h1 size many", "“many”, and must be a number"),
        ("1: nop\n1: nop", "line 2: two operations are called “1”"),
        ("turn\n1: nop linked", "line 2: a linked operation comes right after"),
        ("1: nop\n2: nop linked barrier", "line 2: only the first operation of a chain can be a barrier"),
        ("acquire buffers count 0 size 4 → h1", "“count” is 0, and must be from 1 to 1024"),
        ("acquire root → h1\n1: receiveMultishot h1 h1", "line 2: “into” is missing"),
        ("registerMemory", "line 1: “count” and a number are missing"),
        ("giveBack h1", "line 1: h1 is used before it is made"),
        ("cancel 1", "line 1: no operation before is called “1”"),
        ("nop", "line 1: “nop” is no step"),
        ("acquire pair streams → h1 h2\n1: shutDown h1 sideways", "there are receiving, sending, both"),
    ])
    func whatIsNoHistorySaysWhere(text: String, problem: String) {
        let error = #expect(throws: HistoryProblem.self) { try History(parsing: text) }
        #expect(error?.description.contains(problem) == true, "\(error?.description ?? "")")
    }
}
