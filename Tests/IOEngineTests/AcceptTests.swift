// Accepts for which there is no room, in the engine.

import IOEngine
import IOSpec
import Testing

@Suite("An accept without room")
struct AcceptTests {
    private struct Full {
        let test: EngineUnderTest
        let listener: Handle
        let other: Handle

        init() throws {
            test = try EngineUnderTest(handles: 2)
            listener = try test.engine.acquire(.listener(at: .loopback4(), backlog: 1))
            other = try test.engine.acquire(.stream(.internet4))
        }

        func closeOther() throws {
            try test.submit(.control(.close(other)))
            test.script.end(.close, with: 0)
            _ = test.reap()
        }
    }

    private static let operations: [@Sendable (Handle) -> IOSpec.Operation] = [
        { .stream(.accept($0)) }, { .stream(.acceptMultishot($0)) },
    ]

    @Test("waits until the listener has a connection, and fails then", arguments: operations.indices)
    func waits(_ place: Int) throws {
        let full = try Full()
        try full.test.submit(Self.operations[place](full.listener))
        #expect(full.test.reap().isEmpty)
        #expect(full.test.script.starts.map(\.kind) == [.readiness])
        full.test.script.end(.readiness, with: 1)
        #expect(full.test.reap().map(\.error) == [IOError(.tooManyOpen)])
        #expect(full.test.script.starts.count == 1)
    }

    @Test("takes the connection when there is room by then")
    func roomInTime() throws {
        let full = try Full()
        try full.test.submit(.stream(.accept(full.listener)))
        try full.closeOther()
        full.test.script.end(.readiness, with: 1)
        _ = full.test.reap()
        full.test.script.end(.accept, with: 9, made: .stream)
        let accepted = full.test.reap()
        #expect(accepted.map { full.test.engine.handle(madeBy: $0) != nil } == [true])
    }

    @Test("in the kernel looks for a connection, and is tried once more before it fails", arguments: operations.indices)
    func outOfDescriptors(_ place: Int) throws {
        let full = try Full()
        try full.closeOther()
        try full.test.submit(Self.operations[place](full.listener))
        let kind = Self.operations[place](full.listener).kind
        full.test.script.end(kind, with: IOError(.tooManyOpen).encoded)
        #expect(full.test.reap().isEmpty)
        full.test.script.end(.readiness, with: 1)
        #expect(full.test.reap().isEmpty)
        full.test.script.end(kind, with: IOError(.tooManyOpen).encoded)
        #expect(full.test.reap().map(\.error) == [IOError(.tooManyOpen)])
        #expect(full.test.script.starts.map(\.kind) == [.close, kind, .readiness, kind])
    }

    @Test("ends early as cancelled or timed out", arguments: [true, false])
    func ends(isCancelled: Bool) throws {
        let full = try Full()
        let deadline = Instant(nanoseconds: 2_000)
        let id = try full.test.submit(.stream(.accept(full.listener)), deadline: isCancelled ? .never : deadline)
        if isCancelled { full.test.engine.cancel(id) } else { full.test.script.clock = deadline }
        #expect(full.test.reap().isEmpty)
        #expect(full.test.script.stopped == [id.slot])
        full.test.script.endStopped()
        #expect(full.test.reap().map(\.error) == [IOError(isCancelled ? .cancelled : .timedOut)])
    }

    @Test("that is cancelled when its connection comes is tried, and asked to end again")
    func cancelledTooLate() throws {
        let full = try Full()
        let id = try full.test.submit(.stream(.accept(full.listener)))
        try full.closeOther()
        full.test.engine.cancel(id)
        full.test.script.end(.readiness, with: 1)
        #expect(full.test.reap().isEmpty)
        #expect(full.test.script.stopped == [id.slot, id.slot])
        full.test.script.end(.accept, with: 9, made: .stream)
        #expect(full.test.reap().map(\.error) == [nil])
    }

    @Test("fails at once where the kernel cannot watch its listener")
    func unwatched() throws {
        let full = try Full()
        full.test.script.outcomes = [.finished(IOError(.unsupported).encoded)]
        try full.test.submit(.stream(.accept(full.listener)))
        #expect(full.test.reap().map(\.error) == [IOError(.tooManyOpen)])
    }

    @Test("leaves a connection to which waits for readiness are told, before and after it came")
    func readiness() throws {
        let test = try EngineUnderTest(handles: 2)
        let listener = try test.engine.acquire(.listener(at: .loopback4(), backlog: 1))
        let accept = try test.submit(.stream(.acceptMultishot(listener)))
        let once = try test.submit(.watch(.readiness(listener, .receiving)))
        let lasting = try test.submit(.watch(.readinessMultishot(listener, .receiving)))
        for number in Int32(1)...2 { test.script.shoot(.acceptMultishot, with: number, made: .stream) }
        #expect(test.reap().map(\.token) == [accept.token])
        #expect(Set(test.script.stopped) == [accept.slot, once.slot, lasting.slot])
        test.script.endStopped()
        let told = test.reap()
        #expect(told.first { $0.token == accept.token }?.error == IOError(.tooManyOpen))
        #expect(told.first { $0.token == once.token }?.result == 1)
        #expect(told.filter { $0.token == lasting.token }.map(\.hasMore) == [true])
        try test.submit(.watch(.readiness(listener, .receiving)))
        let finishing = try test.submit(.watch(.readiness(listener, .peerFinished)))
        #expect(test.reap().map(\.result) == [1])
        #expect(test.script.started.map(\.slot) == [lasting.slot, finishing.slot])
    }
}
