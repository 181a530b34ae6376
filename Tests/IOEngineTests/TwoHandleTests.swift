// Operations that act on two handles: both are referred to, and a splice has a place in both.

import IOEngine
import IOSpec
import Testing

@Suite("Two handles")
struct TwoHandleTests {
    private func directory(_ test: EngineUnderTest) throws -> Handle {
        try test.engine.acquire(.directory(name: "/", unconfined: true))
    }

    private func pipe(_ test: EngineUnderTest) throws -> HandlePair { try test.engine.acquire(pair: .pipe) }

    private func rename(_ test: EngineUnderTest, from: Handle, to: Handle) throws -> OperationID {
        let path = PathReference(test.path("f"))
        return try test.submit(.path(.rename(beneath: from, path: path, toDirectory: to, toPath: path, .replacing)))
    }

    @Test("The kernel interface sees the second directory of a rename")
    func secondDirectories() throws {
        let test = try EngineUnderTest()
        let first = try directory(test)
        let second = try directory(test)
        _ = try rename(test, from: first, to: second)
        #expect(test.script.others.map(\.number) == [test.script.nextNumber])
        test.script.end(.rename, with: 0)
        #expect(test.reap().map(\.result) == [0])
    }

    @Test("Closing the second directory cancels the rename and waits for it")
    func closingTheSecond() throws {
        let test = try EngineUnderTest()
        let first = try directory(test)
        let second = try directory(test)
        _ = try rename(test, from: first, to: second)
        try test.submit(.control(.close(second)))
        #expect(test.script.closed.isEmpty)
        test.script.endStopped()
        #expect(test.reap().map(\.error) == [IOError(.cancelled)])
        #expect(test.script.closed.count == 1)
        test.script.end(.close, with: 0)
        #expect(test.reap().map(\.result) == [0])
    }

    @Test("A rename within one directory lets that directory be closed afterwards")
    func sameDirectoryTwice() throws {
        let test = try EngineUnderTest()
        let only = try directory(test)
        _ = try rename(test, from: only, to: only)
        test.script.end(.rename, with: 0)
        _ = test.reap()
        try test.submit(.control(.close(only)))
        #expect(test.script.closed.count == 1)
        test.script.end(.close, with: 0)
        #expect(test.reap().map(\.result) == [0])
    }

    @Test("A closed second directory is a bad handle, and nothing is started")
    func staleSecond() throws {
        let test = try EngineUnderTest()
        let first = try directory(test)
        let second = try directory(test)
        try test.submit(.control(.close(second)))
        test.script.end(.close, with: 0)
        _ = test.reap()
        test.script.starts.removeAll()
        _ = try rename(test, from: first, to: second)
        #expect(test.script.starts.isEmpty)
        #expect(test.reap().map(\.error) == [IOError(.badHandle)])
    }

    @Test("A splice waits for the receive before it and for the send before it")
    func splicesKeepBothOrders() throws {
        let test = try EngineUnderTest()
        let source = try test.acquirePair().first
        let target = try pipe(test).second
        try test.submit(.stream(.receive(source, into: test.region(0, 8))))
        try test.submit(.stream(.send(target, from: test.region(8, 8))))
        try test.submit(.stream(.splice(from: source, to: target, count: 8, at: 0)))
        try test.submit(.stream(.send(target, from: test.region(8, 8))))
        #expect(test.script.starts.map(\.kind) == [.receive, .send])
        test.script.end(.receive, with: 8)
        _ = test.reap()
        #expect(test.script.starts.map(\.kind) == [.receive, .send])
        test.script.end(.send, with: 8)
        _ = test.reap()
        #expect(test.script.starts.map(\.kind) == [.receive, .send, .splice])
        test.script.end(.splice, with: 3)
        #expect(test.reap().map(\.result) == [3])
        #expect(test.script.starts.map(\.kind) == [.receive, .send, .splice, .send])
    }

    @Test("A splice that is cancelled while it waits lets those behind it go")
    func cancelledSplices() throws {
        let test = try EngineUnderTest()
        let source = try test.acquirePair().first
        let target = try pipe(test).second
        try test.submit(.stream(.receive(source, into: test.region(0, 8))))
        let splice = try test.submit(.stream(.splice(from: source, to: target, count: 8, at: 0)))
        try test.submit(.stream(.send(target, from: test.region(8, 8))))
        #expect(test.script.starts.map(\.kind) == [.receive])
        test.engine.cancel(splice)
        #expect(test.script.starts.map(\.kind) == [.receive, .send])
        #expect(test.reap().map(\.error) == [IOError(.cancelled)])
    }

    @Test("One of the two ends of a splice is a pipe")
    func splicesNeedAPipe() throws {
        let test = try EngineUnderTest()
        let pair = try test.acquirePair()
        try test.submit(.stream(.splice(from: pair.first, to: pair.second, count: 8, at: 0)))
        #expect(test.reap().map(\.error) == [IOError(.wrongKind)])
    }
}
