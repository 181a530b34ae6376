// Which operation starts when: directions, chains, barriers, full queues.

import IOEngine
import IOSpec
import Testing

@Suite("The order in which operations start")
struct OrderTests {
    @Test("Of two receives on one stream the second starts after the first has ended")
    func receivesAreOneAtATime() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        try test.submit(.stream(.receive(stream, into: test.region(8, 8))))
        #expect(test.script.starts.count == 1)
        test.script.end(.receive, with: 8)
        #expect(test.reap().count == 1)
        #expect(test.script.starts.last == .stream(.receive(stream, into: test.region(8, 8))))
    }

    @Test("A receive and a send on one stream start together")
    func directionsAreIndependent() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        try test.submit(.stream(.send(stream, from: test.region(8, 8))))
        #expect(test.script.started.count == 2)
    }

    @Test("What a full kernel queue refuses is offered again, in order")
    func heldBackKeepsItsOrder() throws {
        let test = try EngineUnderTest()
        let file = try test.openFile()
        test.script.starts.removeAll()
        test.script.outcomes = [.full]
        try test.submit(.file(.truncate(file, to: 1)))
        try test.submit(.file(.truncate(file, to: 2)))
        #expect(test.script.starts.isEmpty)
        #expect(test.reap().isEmpty)
        #expect(test.script.starts == [.file(.truncate(file, to: 1)), .file(.truncate(file, to: 2))])
    }

    @Test("A member of a chain starts after its predecessor has succeeded in full")
    func chainsWait() throws {
        let test = try EngineUnderTest()
        let file = try test.openFile()
        test.script.starts.removeAll()
        let ids = try test.submit(chain: [.file(.read(file, into: test.region(0, 8), at: 0)), .control(.nop)])
        #expect(test.script.starts.count == 1)
        test.script.end(.read, with: 8)
        #expect(test.reap().map(\.token) == [ids[0].token])
        #expect(test.script.starts.last == .control(.nop))
    }

    @Test("A short count cancels the rest of its chain, which is never started")
    func shortCountsBreakChains() throws {
        let test = try EngineUnderTest()
        let file = try test.openFile()
        test.script.starts.removeAll()
        let ids = try test.submit(chain: [.file(.read(file, into: test.region(0, 8), at: 0)), .control(.nop), .control(.nop)])
        test.script.end(.read, with: 3)
        #expect(test.reap().isEmpty)
        test.script.end(.read, with: 0)
        let completions = test.reap()
        #expect(Set(completions.map(\.token)) == Set(ids.map(\.token)))
        #expect(completions.filter { $0.error == IOError(.cancelled) }.count == 2)
        #expect(!test.script.starts.contains(.control(.nop)))
    }

    @Test("A barrier starts after everything before it, and holds back everything after it")
    func barriers() throws {
        let test = try EngineUnderTest()
        let pair = try test.acquirePair()
        try test.submit(.stream(.receive(pair.first, into: test.region(0, 8))))
        try test.submit(.control(.nop), isBarrier: true)
        try test.submit(.stream(.receive(pair.second, into: test.region(8, 8))))
        #expect(test.script.started.map(\.operation.kind) == [.receive])
        test.script.end(.receive, with: 1)
        _ = test.reap()
        #expect(test.script.started.map(\.operation.kind) == [.nop])
        test.script.end(.nop, with: 0)
        _ = test.reap()
        #expect(test.script.started.map(\.operation.kind) == [.receive])
    }

    @Test("A chain that does not fit is refused whole")
    func chainsAreWhole() throws {
        let test = try EngineUnderTest(operations: 2)
        #expect(throws: SubmissionQueueFull.self) { try test.submit(chain: [.control(.nop), .control(.nop), .control(.nop)]) }
        let inFlight = test.engine.inFlight
        #expect(inFlight == 0)
        #expect(test.script.starts.isEmpty)
    }
}
