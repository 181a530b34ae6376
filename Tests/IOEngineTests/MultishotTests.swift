// Operations with more than one completion, in the engine.

import IOEngine
import IOSpec
import Testing

@Suite("A multishot operation")
struct MultishotTests {
    private struct Receive {
        let test: EngineUnderTest
        let pair: HandlePair
        let pool: BufferPool
        let id: OperationID

        init(operations: Int = 64, deadline: Instant = .never) throws {
            test = try EngineUnderTest(operations: operations)
            pair = try test.acquirePair()
            pool = try test.engine.acquire(buffers: test.region(0, 64), each: 16)
            id = try test.submit(.stream(.receiveMultishot(pair.first, pool)), deadline: deadline)
        }
    }

    /// The result for the `index`-th buffer with `count` bytes.
    private func filled(_ index: Int, _ count: Int = 4) -> Int32 { SelectedBuffer(index: index, count: count).encoded }

    private func results(_ completions: [Completion]) -> [Int32] { completions.map(\.result) }

    @Test("that the kernel goes on with reports each shot, is started once, and ends once")
    func goesOn() throws {
        let receive = try Receive()
        receive.test.script.shoot(.receiveMultishot, with: filled(0))
        receive.test.script.shoot(.receiveMultishot, with: filled(1))
        let shots = receive.test.reap()
        #expect(results(shots) == [filled(0), filled(1)])
        #expect(shots.allSatisfy { $0.hasMore && $0.token == receive.id.token })
        receive.test.script.end(.receiveMultishot, with: 0)
        let last = receive.test.reap()
        #expect(results(last) == [0])
        #expect(last.first?.hasMore == false)
        #expect(receive.test.script.starts.count == 1)
        #expect(receive.test.engine.inFlight == 0)
    }

    @Test("that the kernel ends with a shot rests, and is started again in the next turn")
    func rests() throws {
        let receive = try Receive()
        receive.test.script.end(.receiveMultishot, with: filled(0))
        #expect(receive.test.reap().map(\.hasMore) == [true])
        #expect(receive.test.script.starts.count == 1)
        #expect(receive.test.reap().isEmpty)
        #expect(receive.test.script.starts.count == 2)
    }

    @Test("that is always ready has one shot a turn, and another operation its turn")
    func isFair() throws {
        let receive = try Receive()
        receive.test.script.end(.receiveMultishot, with: filled(0))
        _ = receive.test.reap()
        for _ in 0..<4 {
            let nop = try receive.test.submit(.control(.nop))
            receive.test.script.end(.nop, with: 0)
            receive.test.script.outcomes = Array(repeating: .finished(filled(1)), count: 3)
            let completions = receive.test.reap()
            #expect(completions.contains { $0.token == nop.token })
            #expect(completions.count { $0.hasMore } == 1)
            #expect(receive.test.script.outcomes.count == 2)
            receive.test.script.outcomes = []
        }
    }

    @Test("that is cancelled while it rests ends as cancelled, and is not started again")
    func cancelWhileResting() throws {
        let receive = try Receive()
        receive.test.script.end(.receiveMultishot, with: filled(0))
        _ = receive.test.reap()
        receive.test.engine.cancel(receive.id)
        #expect(receive.test.reap().map(\.error) == [IOError(.cancelled)])
        #expect(receive.test.script.starts.count == 1)
        #expect(receive.test.script.stopped.isEmpty)
    }

    @Test("that is cancelled while the kernel has it delivers what came, and then ends as cancelled")
    func cancelWhileStarted() throws {
        let receive = try Receive()
        receive.test.engine.cancel(receive.id)
        receive.test.script.shoot(.receiveMultishot, with: filled(0))
        receive.test.script.end(.receiveMultishot, with: filled(1))
        let completions = receive.test.reap()
        #expect(completions.map(\.hasMore) == [true, true, false])
        #expect(completions.last?.error == IOError(.cancelled))
    }

    @Test("whose deadline passes ends as timed out, while it rests and while the kernel has it")
    func deadlines() throws {
        for rests in [true, false] {
            let deadline = Instant(nanoseconds: 2_000)
            let receive = try Receive(deadline: deadline)
            if rests {
                receive.test.script.end(.receiveMultishot, with: filled(0))
                receive.test.script.clock = deadline
                #expect(receive.test.reap().map(\.hasMore) == [true, false])
            } else {
                receive.test.script.clock = deadline
                #expect(receive.test.reap().isEmpty)
                receive.test.script.shoot(.receiveMultishot, with: filled(0))
                receive.test.script.endStopped()
                let completions = receive.test.reap()
                #expect(completions.map(\.hasMore) == [true, false])
                #expect(completions.last?.error == IOError(.timedOut))
            }
        }
    }

    @Test("keeps later receives waiting until it ends, also while it rests")
    func order() throws {
        let receive = try Receive()
        try receive.test.submit(.stream(.receive(receive.pair.first, into: receive.test.region(0, 8))))
        receive.test.script.end(.receiveMultishot, with: filled(0))
        _ = receive.test.reap()
        _ = receive.test.reap()
        #expect(receive.test.script.starts.map(\.kind) == [.receiveMultishot, .receiveMultishot])
        receive.test.script.end(.receiveMultishot, with: 0)
        _ = receive.test.reap()
        #expect(receive.test.script.starts.map(\.kind) == [.receiveMultishot, .receiveMultishot, .receive])
    }

    @Test("lets a barrier and the next member of its chain go when it ends, and not with a shot")
    func barriersAndChains() throws {
        let test = try EngineUnderTest()
        let pair = try test.acquirePair()
        let pool = try test.engine.acquire(buffers: test.region(0, 64), each: 16)
        let chain = try test.submit(chain: [.stream(.receiveMultishot(pair.first, pool)), .control(.nop)])
        try test.submit(.control(.nop), isBarrier: true)
        test.script.shoot(.receiveMultishot, with: filled(0))
        _ = test.reap()
        #expect(test.script.starts.count == 1)
        test.script.end(.receiveMultishot, with: 0)
        #expect(test.reap().map(\.token) == [chain[0].token])
        #expect(test.script.starts.map(\.kind) == [.receiveMultishot, .nop])
        test.script.end(.nop, with: 0)
        _ = test.reap()
        #expect(test.script.starts.map(\.kind) == [.receiveMultishot, .nop, .nop])
    }

    @Test("never has more shots that nobody has reaped than there are slots, and every other completion has room")
    func roomForShots() throws {
        let test = try EngineUnderTest(operations: 4)
        let pair = try test.acquirePair()
        let pool = try test.engine.acquire(buffers: test.region(0, 2048), each: 16)
        try test.submit(.stream(.receiveMultishot(pair.first, pool)))
        for index in 0..<12 { test.script.shoot(.receiveMultishot, with: filled(index)) }
        func reapOne() -> [Completion] {
            [Completion](capacity: 1) { (completions: inout OutputSpan<Completion>) in
                test.engine.reap(into: &completions, until: .distantPast)
            }
        }
        #expect(results(reapOne()) == [filled(0)])
        // Started at once beside them: there is no room for its shot, so it rests until there is.
        _ = reapOne()
        test.script.outcomes = [.finished(filled(50))]
        let second = try test.submit(.stream(.receiveMultishot(pair.second, pool)))
        var seen: [Completion] = []
        for _ in 0..<40 { seen += reapOne() }
        #expect(seen.filter { $0.token != second.token }.map(\.result) == (2..<12).map { filled($0) })
        #expect(seen.filter { $0.token == second.token }.map(\.result) == [filled(50)])
    }

    @Test("that rests or is started ends when its handle is closed, and its connection is given up")
    func closing() throws {
        for rests in [true, false] {
            let receive = try Receive()
            if rests {
                receive.test.script.end(.receiveMultishot, with: filled(0))
                _ = receive.test.reap()
            }
            let close = try receive.test.submit(.control(.close(receive.pair.first)))
            #expect(receive.test.script.abandoned.isEmpty == rests)
            receive.test.script.endStopped()
            receive.test.script.end(.close, with: 0)
            var seen = receive.test.reap()
            receive.test.script.end(.close, with: 0)
            seen += receive.test.reap()
            #expect(seen.map(\.error) == [IOError(.cancelled), nil])
            #expect(seen.last?.token == close.token)
        }
    }

    @Test("ends when the backend is shut down; a dropped backend waits for it")
    func shuttingDown() throws {
        let receive = try Receive()
        receive.test.script.shoot(.receiveMultishot, with: filled(0))
        _ = receive.test.reap()
        receive.test.engine.shutDown()
        receive.test.script.endStopped()
        #expect(receive.test.reap().map(\.error) == [IOError(.cancelled)])
        let script = Script()
        do {
            let dropped = try EngineUnderTest(script: script)
            let pair = try dropped.acquirePair()
            let pool = try dropped.engine.acquire(buffers: dropped.region(0, 64), each: 16)
            try dropped.submit(.stream(.receiveMultishot(pair.first, pool)))
            for index in 0..<3 { script.shoot(.receiveMultishot, with: filled(index)) }
        }
        #expect(script.started.isEmpty)
        #expect(script.discarded.count == 2)
    }

    @Test("that the kernel interrupts unasked is started again, and an error ends it")
    func interruptions() throws {
        let receive = try Receive()
        receive.test.script.end(.receiveMultishot, with: IOError(.cancelled).encoded)
        #expect(receive.test.reap().isEmpty)
        #expect(receive.test.script.starts.count == 2)
        receive.test.script.end(.receiveMultishot, with: IOError(.noBuffers).encoded)
        #expect(receive.test.reap().map(\.error) == [IOError(.noBuffers)])
    }

    @Test("gives each connection a handle, and a later accept those for which there was no room, in order")
    func keptConnections() throws {
        let test = try EngineUnderTest(handles: 3)
        let listener = try test.engine.acquire(.listener(at: .loopback4(), backlog: 1))
        let id = try test.submit(.stream(.acceptMultishot(listener)))
        for number in Int32(1)...4 { test.script.shoot(.acceptMultishot, with: number, made: .stream) }
        let given = test.reap()
        #expect(given.map(\.hasMore) == [true, true])
        #expect(test.script.stopped == [id.slot])
        test.script.shoot(.acceptMultishot, with: 5, made: .stream)
        test.script.endStopped()
        #expect(test.reap().map(\.error) == [IOError(.tooManyOpen)])
        #expect(test.script.discarded.isEmpty)
        let first = try #require(given.first)
        let handle = test.engine.handle(madeBy: first)
        try test.submit(.control(.close(#require(handle))))
        test.script.end(.close, with: 0)
        _ = test.reap()
        let starts = test.script.starts.count
        try test.submit(.stream(.accept(listener)))
        let accepted = test.reap()
        #expect(accepted.map { test.engine.handle(madeBy: $0) != nil } == [true])
        #expect(test.script.starts.count == starts)
        // Two are left, and go with their listener.
        try test.submit(.control(.close(listener)))
        test.script.end(.close, with: 0)
        _ = test.reap()
        #expect(test.script.discarded == [4, 5])
    }

    @Test("takes room for each connection, and none that is kept for another operation")
    func reservations() throws {
        let test = try EngineUnderTest(handles: 3)
        let listeners = try (0..<2).map { _ in try test.engine.acquire(.listener(at: .loopback4(), backlog: 1)) }
        try test.submit(.stream(.accept(listeners[0])))
        try test.submit(.stream(.acceptMultishot(listeners[1])))
        test.script.end(.readiness, with: 1)
        #expect(test.reap().map(\.error) == [IOError(.tooManyOpen)])
        test.script.end(.accept, with: 9, made: .stream)
        let accepted = test.reap()
        #expect(accepted.map { test.engine.handle(madeBy: $0) != nil } == [true])
    }
}
