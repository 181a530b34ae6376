// What the reference model allows of options, times, listings in pieces and handles that are passed.

import IOSpec
import Testing

@Suite("The model of options and of what goes with operations")
struct ModelOptionTests {
    private let root = ModelUnderTest.root

    // MARK: Options

    @Test("lets an option be what it was set to")
    func options() throws {
        var test = ModelUnderTest()
        let stream = Symbol(1)
        test.model.acquire(.stream(.internet4), makes: [stream])
        try test.perform(.setOption(stream, .noDelay, 1))
        try test.perform(.option(stream, .noDelay), 1)
        try test.perform(.setOption(stream, .noDelay, 0))
        #expect(test.refusedClause { try $0.perform(.option(stream, .noDelay), 1) } == "option.set")
        try test.perform(.setOption(stream, .sendBuffer, 60_000))
        #expect(test.refusedClause { try $0.perform(.option(stream, .sendBuffer), 4096) } == "option.buffer")
        try test.perform(.option(stream, .sendBuffer), 120_000)
        #expect(test.refusedClause { try $0.perform(.setOption(stream, .broadcast, 1)) } == "option.unsupported")
        try test.fail(.setOption(stream, .broadcast, 1), .unsupported)
        try test.fail(.setOption(stream, .noDelay, 2), .invalidArgument)
        // Of two at once either may be the last.
        let first = test.submit(.setOption(stream, .keepAlive, 1))
        let second = test.submit(.setOption(stream, .keepAlive, 0))
        try test.complete(second)
        try test.complete(first)
        try test.perform(.option(stream, .keepAlive), 0)
    }

    @Test("tells a peer of a reset when something was left unread")
    func reset() throws {
        var test = ModelUnderTest.with(.streams)
        let (near, far) = (Symbol(1), Symbol(2))
        try test.perform(.send(near, Payload(seed: 1, count: 10), pieces: 1), 10)
        try test.perform(.close(far))
        #expect(test.refusedClause { try $0.perform(.receive(near, count: 10, pieces: 1)) } == "stream.reset-sticky")
        try test.fail(.receive(near, count: 10, pieces: 1), .connectionReset)
    }

    // MARK: Files

    private func status(_ test: inout ModelUnderTest, _ file: Symbol, _ access: Int64, _ modification: Int64) throws {
        var observation = Observation(
            result: 0, status: Observation.SymbolicStatus(kind: .file, size: 0, permissions: 0o644, linkCount: 1))
        observation.times = Observation.Times(access: access, modification: modification)
        try test.model.complete(test.submit(.status(file)), observation)
    }

    @Test("lets times be what they were set to, until something may change them")
    func times() throws {
        var test = ModelUnderTest.withRoot()
        let file = try test.open("a", as: 2)
        try test.perform(.setTimes(file, access: .at(5_000_000_000), modification: .at(9_000_000_000)))
        #expect(test.refusedClause { try status(&$0, file, 9_000_000_000, 5_000_000_000) } == "file.set-times")
        try status(&test, file, 5_000_000_000, 8_000_000_000)
        try test.perform(.setTimes(file, access: .now, modification: .unchanged))
        #expect(test.refusedClause { try status(&$0, file, 70_000_000_000, 70_000_000_000) } == "file.set-times")
        try status(&test, file, 70_000_000_000, 8_000_000_000)
        try test.read([], from: file, asking: 10)
        try status(&test, file, 90_000_000_000, 8_000_000_000)
    }

    @Test("gives every name once in pieces, and the end only after the last")
    func pieces() throws {
        var test = ModelUnderTest.withRoot()
        try test.perform(.makeDirectory(beneath: root, path: "a"))
        try test.perform(.makeDirectory(beneath: root, path: "b"))
        try piece(&test, ["b"])
        #expect(test.refusedClause { try piece(&$0, []) } == "directory.list")
        #expect(test.refusedClause { try piece(&$0, ["b"]) } == "directory.cursor")
        #expect(test.refusedClause { try $0.fail(.listPiece(root, room: 64), .invalidArgument) } == "directory.cursor")
        try test.fail(.listPiece(root, room: 20), .invalidArgument)
        try piece(&test, ["a"])
        try piece(&test, [])
        try piece(&test, ["a", "b"])
        // What is made meanwhile may be missed or not.
        try test.perform(.makeDirectory(beneath: root, path: "c"))
        try piece(&test, [])
    }

    private func piece(_ test: inout ModelUnderTest, _ names: [String]) throws {
        let listed = names.map { Observation.ListedName(name: $0, kind: .directory) }
        try test.model.complete(test.submit(.listPiece(root, room: 64)), Observation(result: 0, names: listed))
    }

    @Test("lets a direct transfer be misaligned where it is")
    func direct() throws {
        var test = ModelUnderTest.withRoot()
        let file = try test.open("a", as: 2)
        try test.write(Payload(seed: 1, count: 8192), to: file)
        let direct = try test.open("a", [.reading, .direct], as: 3)
        try test.fail(.read(direct, count: 100, at: 0, pieces: 1), .misaligned)
        #expect(test.refusedClause { try $0.fail(.read(direct, count: 100, at: 0, pieces: 1), .invalidArgument) } == "file.positional")
        #expect(test.refusedClause { try $0.fail(.read(direct, count: 4096, at: 0, pieces: 1), .misaligned) } == "file.positional")
        var observation = Observation(
            result: 0, status: Observation.SymbolicStatus(kind: .file, size: 8192, permissions: 0o644, linkCount: 1))
        observation.directAlignment = 512
        try test.model.complete(test.submit(.status(direct)), observation)
        let bytes = Array(Payload(seed: 1, count: 8192).bytes.prefix(100))
        #expect(test.refusedClause { try $0.read(bytes, from: direct) } == "file.direct-alignment")
        try test.fail(.read(direct, count: 100, at: 0, pieces: 1), .misaligned)
    }

    // MARK: Handles

    private func receive(_ test: inout ModelUnderTest, into names: [Int], _ count: Int, isTruncated: Bool = false) throws {
        let receive = test.submit(.receiveHandles(Symbol(3), count: 10, makes: names.map { Symbol($0) }))
        var observation = Observation(result: 1, bytes: Payload(seed: 1, count: 1).bytes)
        observation.handleCount = count
        observation.areHandlesTruncated = isTruncated
        try test.model.complete(receive, observation)
    }

    @Test("lets a handle that is passed be one for the same file, of the same access")
    func passing() throws {
        var test = ModelUnderTest.withRoot()
        test.model.acquire(.pair(.packets), makes: [Symbol(2), Symbol(3)])
        let file = try test.open("a", as: 4)
        let reader = try test.open("a", .reading, as: 5)
        let payload = Payload(seed: 1, count: 1)
        try test.perform(.passHandles([file, reader], payload, over: Symbol(2)), 1)
        #expect(test.refusedClause { try receive(&$0, into: [6], 1) } == "message.handles-closed")
        #expect(test.refusedClause { try receive(&$0, into: [6, 7], 1) } == "message.handles")
        try test.perform(.close(file))
        try receive(&test, into: [6, 7], 2)
        try test.write(Payload(seed: 2, count: 5), to: Symbol(6))
        #expect(test.refusedClause { try $0.write(payload, to: Symbol(7)) } == "handle.wrong-access")
        try test.read(Payload(seed: 2, count: 5).bytes, from: Symbol(7), asking: 10)
        try test.fail(.passHandles([file], payload, over: Symbol(2)), .badHandle)
        #expect(test.refusedClause { try $0.perform(.passHandles([file], payload, over: Symbol(2)), 1) } == "message.handles-refused")
    }

    @Test("tells the end of packets from an empty message")
    func end() throws {
        var test = ModelUnderTest.with(.packets)
        try test.perform(.sendMessage(Symbol(1), Payload(seed: 1, count: 0), to: nil))
        try test.perform(.close(Symbol(1)))
        var end = Observation(result: 0)
        end.isEnd = true
        let room = SymbolicOperation.receiveMessage(Symbol(2), count: 10)
        #expect(test.refusedClause { try $0.model.complete($0.submit(room), end) } == "message.empty")
        try test.perform(room)
        #expect(test.refusedClause { try $0.perform(room) } == "message.end")
        try test.model.complete(test.submit(room), end)
    }

    // MARK: Connections and named pipes

    @Test("has no use for a stream whose connect was given up once it had begun")
    func abandoned() throws {
        var test = ModelUnderTest()
        let (listener, stream) = (Symbol(1), Symbol(2))
        test.model.acquire(.listener(.local, backlog: 0), makes: [listener])
        test.model.acquire(.stream(.local), makes: [Symbol(3)])
        test.model.acquire(.stream(.local), makes: [stream])
        try test.perform(.connect(Symbol(3), to: listener))
        let connect = test.submit(.connect(stream, to: listener))
        try test.model.settle()
        test.model.cancel(connect)
        try test.complete(connect, failing: .cancelled)
        #expect(test.refusedClause { try $0.perform(.connect(stream, to: listener)) } != nil)
        try test.fail(.connect(stream, to: listener), .notConnected)
        try test.fail(.receive(stream, count: 1, pieces: 1), .notConnected)
    }

    @Test("knows that a name is missing where nobody ever was")
    func missing() throws {
        var test = ModelUnderTest()
        for index in 1...2 { test.model.acquire(.stream(.local), makes: [Symbol(index)]) }
        #expect(test.refusedClause { try $0.fail(.connect(Symbol(1), to: Symbol(2)), .connectionRefused) } == "stream.connect-outcome")
        try test.fail(.connect(Symbol(1), to: Symbol(2)), .notFound)
    }

    @Test("opens a pipe with a name once both ends are opened")
    func namedPipe() throws {
        var test = ModelUnderTest()
        test.model.acquire(.namedPipe, makes: [Symbol(1)])
        func open(_ options: OpenOptions, _ symbol: Int) -> SymbolicOperation {
            .open(beneath: Symbol(1), path: "p", options, makes: Symbol(symbol))
        }
        #expect(test.refusedClause { try $0.perform(open(.reading, 2)) } == "path.named-pipe")
        let reader = test.submit(open(.reading, 2))
        try test.model.settle()
        #expect(
            test.refusedClause {
                $0.model.cancel(reader); try $0.model.settle()
            } == "cancel.prompt")
        let writer = test.submit(open(.writing, 3))
        #expect(test.refusedClause { try $0.model.settle() } == "path.named-pipe")
        try test.complete(writer)
        try test.complete(reader)
    }
}
