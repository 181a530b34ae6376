// A failing history becomes as small as it can be and still fails.

import IOSpec
import Testing

@testable import Conformance

@Suite struct FuzzShrinkerTests {
    /// Fails when something is written far enough after a directory was removed by a history that also makes a timer.
    private func fails(_ history: History) -> Bool {
        let operations = history.operations
        guard let removal = operations.firstIndex(where: { if case .removeDirectory = $0 { true } else { false } }) else { return false }
        return operations[removal...].contains { if case .write(_, let payload, at: 5..., _) = $0 { payload.count >= 3 } else { false } }
    }

    private func failing() throws -> History {
        let seeds = 0..<5000 as Range<UInt64>
        return try #require(seeds.lazy.map { HistoryGenerator.history(seed: $0, length: 60) { _ in true } }.first(where: fails))
    }

    @Test func nothingIsLeftThatIsNotNeeded() throws {
        var shrinker = HistoryShrinker { fails($0) }
        let small = try shrinker.shrink(failing())
        #expect(fails(small))
        #expect(small.operations.count <= 3)
        let kinds = small.operations.map { operation in String(operation.text.prefix { $0 != " " }) }
        #expect(kinds.filter { $0 == "removeDirectory" || $0 == "write" } == ["removeDirectory", "write"])
        guard case .write(_, let payload, let offset, let pieces) = small.operations.last else {
            Issue.record("the write comes last: \(small)")
            return
        }
        #expect(payload.count == 3)
        #expect(offset == 5)
        #expect(pieces == 1)
    }

    @Test func whatIsShrunkIsAWholeProgramWithItsOwnNumbers() throws {
        var shrinker = HistoryShrinker { fails($0) }
        let small = try shrinker.shrink(failing())
        #expect(small.filtered() == small)
        #expect(small.steps.flatMap(\.makes).map(\.index) == Array(1...max(1, small.steps.flatMap(\.makes).count)))
    }

    @Test func noMoreCandidatesAreTriedThanAllowed() throws {
        var tried = 0
        var shrinker = HistoryShrinker(candidates: 5) { _ in
            tried += 1
            return false
        }
        let history = try failing()
        #expect(try shrinker.shrink(history).steps.count == history.steps.count)
        #expect(tried == 5)
    }

    @Test func cancelsFollowTheirOperations() {
        let history = History(
            seed: 1,
            steps: [
                .submit(.nop, deadline: nil, isLinked: false, isBarrier: false),
                .submit(.timer(microseconds: 5), deadline: nil, isLinked: true, isBarrier: false), .cancel(1), .cancel(2),
            ])
        let rest: [HistoryStep] = [.submit(.timer(microseconds: 5), deadline: nil, isLinked: false, isBarrier: false), .cancel(1)]
        #expect(history.filtered { $0 != 0 }.steps == rest)
    }
}
