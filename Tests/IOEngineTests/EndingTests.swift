// How operations end early: cancels, deadlines, closing, shutting down.

import IOEngine
import IOSpec
import Testing

@Suite("Ending early")
struct EndingTests {
    @Test("A result that comes after the cancel wins over it")
    func resultsWin() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        let id = try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        test.engine.cancel(id)
        test.script.end(.receive, with: 5)
        #expect(test.reap().map(\.result) == [5])
    }

    @Test("A stopped operation is told once to the kernel, however often it is cancelled")
    func cancelsAreCounted() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        let id = try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        for _ in 0..<3 { test.engine.cancel(id) }
        #expect(test.script.stopped.count == 1)
    }

    @Test("A cancel that comes late does not reach the slot's next operation")
    func lateCancels() throws {
        let test = try EngineUnderTest(operations: 1)
        let stream = try test.acquirePair().first
        let early = try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        test.script.end(.receive, with: 1)
        _ = test.reap()
        let late = try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        #expect(early.slot == late.slot)
        test.engine.cancel(early)
        #expect(test.script.stopped.isEmpty)
    }

    @Test("A deadline that passes ends a waiting operation as timed out, and asks the kernel to stop a started one")
    func deadlines() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        let deadline = test.script.clock.advanced(byNanoseconds: 10)
        try test.submit(.stream(.receive(stream, into: test.region(0, 8))), deadline: deadline)
        let second = try test.submit(.stream(.receive(stream, into: test.region(8, 8))), deadline: deadline)
        #expect(test.reap().isEmpty)
        test.script.clock = deadline
        #expect(test.reap().map(\.token) == [second.token])
        test.script.endStopped()
        #expect(test.reap().map(\.error) == [IOError(.timedOut)])
    }

    @Test("Timers fire in the order of their instants, equal ones in the order of submission")
    func timers() throws {
        let test = try EngineUnderTest()
        let later = test.script.clock.advanced(byNanoseconds: 20)
        let sooner = test.script.clock.advanced(byNanoseconds: 10)
        let ids = try [later, sooner, later, sooner].map { try test.submit(.time(.timer($0))) }
        #expect(test.reap().isEmpty)
        test.script.clock = later
        #expect(test.reap().map(\.token) == [ids[1], ids[3], ids[0], ids[2]].map(\.token))
    }

    @Test("Close waits for what it cancelled, and starts nothing that waited")
    func closing() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        try test.submit(.stream(.receive(stream, into: test.region(8, 8))))
        let close = try test.submit(.control(.close(stream)))
        try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        #expect(Set(test.reap().map(\.error)) == [IOError(.cancelled), IOError(.badHandle)])
        #expect(test.script.started.map(\.operation.kind) == [.receive])
        test.script.endStopped()
        #expect(test.reap().map(\.error) == [IOError(.cancelled)])
        test.script.end(.close, with: 0)
        #expect(test.reap().map(\.token) == [close.token])
    }

    @Test("Shutting down ends everything once and refuses what comes after")
    func shuttingDown() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        try test.submit(.time(.timer(.never)))
        try test.submit(.control(.nop), isBarrier: true)
        test.engine.shutDown()
        try test.submit(.control(.nop))
        test.script.endStopped()
        var completions = test.reap()
        completions += test.reap()
        #expect(completions.count == 4)
        #expect(completions.allSatisfy { $0.error == IOError(.cancelled) })
        let inFlight = test.engine.inFlight
        #expect(inFlight == 0)
    }

    @Test("What was accepted although it was cancelled is delivered, and closed with the engine")
    func lateConnections() throws {
        let script = Script()
        do {
            let test = try EngineUnderTest(script: script)
            let listener = try test.engine.acquire(.listener(at: .loopback4(), backlog: 1))
            try test.submit(.stream(.accept(listener)))
            test.engine.shutDown()
            script.end(.accept, with: 55, made: .stream)
            let completion = try #require(test.reap().first)
            let handle = test.engine.handle(madeBy: completion)
            #expect(handle != nil)
        }
        #expect(script.discarded == [101, 55])
    }

    @Test("A handle whose close was never taken by the kernel is closed with the engine")
    func refusedCloses() throws {
        let script = Script()
        do {
            let test = try EngineUnderTest(script: script)
            let pair = try test.acquirePair()
            script.refuses = true
            try test.submit(.control(.close(pair.first)))
            #expect(test.reap().isEmpty)
            script.refuses = false
        }
        #expect(Set(script.discarded).union(script.closed) == [101, 102])
    }

    @Test("A completion names its handle until that is closed, and never the next one in its place")
    func madeHandles() throws {
        let test = try EngineUnderTest()
        let listener = try test.engine.acquire(.listener(at: .loopback4(), backlog: 1))
        var completions: [Completion] = []
        for _ in 0..<2 {
            try test.submit(.stream(.accept(listener)))
            test.script.end(.accept, with: 55, made: .stream)
            let completion = try #require(test.reap().first)
            completions.append(completion)
            let made = test.engine.handle(madeBy: completion)
            let handle = try #require(made)
            if completions.count == 2 { break }
            try test.submit(.control(.close(handle)))
            test.script.end(.close, with: 0)
            _ = test.reap()
        }
        let stale = test.engine.handle(madeBy: completions[0])
        let live = test.engine.handle(madeBy: completions[1])
        #expect(stale == nil)
        #expect(live != nil)
    }

    @Test("A cancellation that nobody asked for is not seen: the operation is started again")
    func unaskedCancellations() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        try test.submit(.stream(.receive(stream, into: test.region(0, 8))))
        test.script.end(.receive, with: IOError(.cancelled).encoded)
        #expect(test.reap().isEmpty)
        test.script.end(.receive, with: 3)
        #expect(test.reap().map(\.result) == [3])
    }

    @Test("A second connect in the same chain is refused and leaves the connection alone")
    func secondConnects() throws {
        let test = try EngineUnderTest()
        let stream = try test.engine.acquire(.stream(.internet4))
        let address = test.region(0, MemoryLayout<SocketAddress>.size)
        _ = try test.submit(chain: [.stream(.connect(stream, to: address)), .stream(.connect(stream, to: address))])
        test.script.end(.connect, with: 0)
        #expect(test.reap().map(\.error) == [nil, IOError(.alreadyConnected)])
        try test.submit(.stream(.send(stream, from: test.region(0, 1))))
        #expect(test.script.started.map(\.operation.kind) == [.send])
    }
}
