// The executor sees what a backend does to memory that it must not touch.

import BackendEpoll
import IOSpec
import Testing

@testable import Conformance

@Suite struct FuzzExecutorTests {
    private let transfer = """
        acquire pair streams → h1 h2
        1: send h1 seed 3 count 40 pieces 3
        settle
        2: receive h2 count 60 pieces 2
        settle
        """

    private func outcome(_ text: String, _ name: String? = nil) throws -> HistoryOutcome {
        let epoll = BackendFactory.engine(Epoll.self)
        let factory = try [epoll].named("epoll", under: saboteurs, name)
        return HistoryExecutor.run(try History(parsing: text), on: factory)
    }

    /// Each writes where it must not, once an operation that lends memory is over.
    private var saboteurs: [Saboteur] {
        [
            meddler("past-count") { operation, count in operation.meddle(at: count) },
            meddler("beside") { operation, _ in operation.meddle(at: -1) },
            meddler("sent") { operation, _ in operation.meddleWithSent() },
        ] + SaboteurCatalogue.all.filter { $0.name == "multishot.wrong-buffer" }
    }

    private func meddler(_ name: String, _ meddle: @escaping @Sendable (Operation, Int) -> Void) -> Saboteur {
        .backend(name, breaks: "file.untouched-past-count", summary: "") { fault in
            fault.result = { operation, result in
                meddle(operation.operation, Int(result))
                return result
            }
        }
    }

    private func clause(_ outcome: HistoryOutcome) -> String? {
        if case .disagreed(let disagreement) = outcome.verdict { disagreement.clause } else { nil }
    }

    @Test func aGoodBackendIsNotBlamedAndEverythingIsObserved() throws {
        let outcome = try outcome(transfer)
        #expect(outcome.verdict == .agreed)
        #expect(outcome.operations == 2)
        #expect(outcome.observations[1]?.result == 40)
        #expect(outcome.observations[2]?.bytes == Payload(seed: 3, count: 40).bytes)
    }

    @Test(arguments: ["past-count", "beside"])
    func bytesBeyondTheCountAndBesideThePiecesAreGuarded(saboteur: String) throws {
        #expect(clause(try outcome(transfer, saboteur)) == "file.untouched-past-count")
    }

    @Test func memoryThatIsSentIsGuarded() throws {
        #expect(clause(try outcome(transfer, "sent")) == "buffer.owned-until-completion")
    }

    private let shots = """
        acquire pair streams → h1 h2
        acquire buffers count 2 size 16 → h3
        1: receiveMultishot h2 into h3
        settle
        2: send h1 seed 3 count 20
        settle
        giveBack h3
        3: send h1 seed 4 count 5
        settle
        """

    @Test func allThatComesIntoBuffersIsObserved() throws {
        let outcome = try outcome(shots)
        #expect(outcome.verdict == .agreed)
        #expect(outcome.observations[1]?.bytes == Payload(seed: 3, count: 20).bytes + Payload(seed: 4, count: 5).bytes)
    }

    @Test func aBufferThatWasNotFilledIsNoticed() throws {
        #expect(clause(try outcome(shots, "multishot.wrong-buffer")) == "multishot.receive")
    }

    @Test func theConnectionsOfOneAcceptHaveTheirNames() throws {
        let outcome = try outcome(
            """
            acquire listener local → h1
            acquire stream local → h2
            acquire stream local → h3
            1: acceptMultishot h1 → h4
            2: connect h2 to h1
            settle
            3: connect h3 to h1
            settle
            4: send h4 seed 3 count 5
            5: receive h2 count 5
            settle
            """)
        #expect(outcome.verdict == .agreed)
        #expect(outcome.observations[3]?.result == 0)
        #expect(outcome.observations[5]?.bytes == Payload(seed: 3, count: 5).bytes)
    }

    @Test func registeredMemoryIsGuardedAsAnyOther() throws {
        let registered = "registerMemory count 1024\n" + transfer
        #expect(try outcome(registered).observations[2]?.bytes == Payload(seed: 3, count: 40).bytes)
        #expect(clause(try outcome(registered, "beside")) == "file.untouched-past-count")
    }

    @Test func aHandleThatWasNeverMadeIsBad() throws {
        let outcome = try outcome(
            """
            acquire root → h1
            1: open h1 "missing" reading → h2
            settle
            2: status h2
            settle
            """)
        #expect(outcome.observations.mapValues { IOError(encoded: $0.result)?.cause } == [1: .notFound, 2: .badHandle])
    }

    @Test func aHistoryThatTakesLongHasAllItsTimeToEnd() throws {
        let timers = (1...24).map { "\($0): timer 90000\nsettle\n" }.joined()
        let history = try History(parsing: "acquire pair pipe → h1 h2\n\(timers)25: receive h1 count 1\nsettle\n")
        let outcome = HistoryExecutor.run(history, on: .engine(Epoll.self), seconds: 2)
        #expect(outcome.verdict == .agreed)
        #expect(outcome.observations[25].map { IOError(encoded: $0.result)?.cause } == .cancelled)
    }

    @Test func whatCannotBeHadIsSkippedAndNotBlamed() throws {
        let outcome = HistoryExecutor.run(
            try History(parsing: transfer),
            on: BackendFactory(name: "none") { (_) throws(Unavailability) in
                throw Unavailability(.missing, subject: "it", remedy: "do without")
            })
        #expect(outcome.verdict == .unavailable("it is not available (missing); do without"))
    }
}

extension Operation {
    /// Changes the byte at `place` of what the operation fills.
    fileprivate func meddle(at place: Int) {
        switch self {
        case .stream(.receive(_, let region)): unsafe region.flip(at: place)
        case .stream(.receiveVectored(_, let list)):
            unsafe list.region(at: place < 0 ? 0 : 1).flip(at: place < 0 ? place : list.region(at: 1).count - 1)
        default: break
        }
    }

    fileprivate func meddleWithSent() {
        if case .stream(.sendVectored(_, let list)) = self { unsafe list.region(at: 0).flip(at: 0) }
    }
}

extension MemoryRegion {
    /// Unsafe because it changes the lender's memory.
    @unsafe
    fileprivate func flip(at place: Int) {
        let byte = unsafe UnsafeMutablePointer<UInt8>(bitPattern: Int(address) + place).unsafelyUnwrapped
        unsafe byte.pointee ^= 0xFF
    }
}
