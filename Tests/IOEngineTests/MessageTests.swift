// Messages: what is sent goes on without its handles, and what came becomes handles.

import IOEngine
import IOSpec
import Testing

@Suite("Messages")
struct MessageTests {
    @Test("A handle that a message passes is looked up when the message is started, and a closed one is a bad handle")
    func passedHandles() throws {
        let test = try EngineUnderTest()
        let pair = try test.acquirePair()
        let passed = try test.acquirePair()
        try test.submit(.message(.send(pair.first, test.message([test.region(0, 8)], handles: [passed.first, passed.second]))))
        #expect(test.script.others.map(\.number) == [test.script.nextNumber - 1, test.script.nextNumber])
        test.script.end(.sendMessage, with: 8)
        #expect(test.reap().map(\.result) == [8])

        try test.submit(.control(.close(passed.second)))
        test.script.end(.close, with: 0)
        _ = test.reap()
        try test.submit(.message(.send(pair.first, test.message([test.region(0, 8)], handles: [passed.second]))))
        #expect(test.reap().map(\.error) == [IOError(.badHandle)])
    }

    @Test("A directory that was passed shares its position from then on")
    func passedDirectory() throws {
        let test = try EngineUnderTest()
        let pair = try test.acquirePair()
        let directory = try test.engine.acquire(.directory(name: "/", unconfined: true))
        try test.submit(.message(.send(pair.first, test.message([test.region(0, 8)], handles: [directory, pair.second]))))
        #expect(test.script.others.map { $0.traits.contains(.sharingPosition) } == [true, false])
    }

    @Test("A message on a stream that was sent in part goes on as bytes, without its handles")
    func partsGoOnWithoutHandles() throws {
        let test = try EngineUnderTest()
        let pair = try test.acquirePair()
        let region = test.message([test.region(0, 8), test.region(8, 8)], handles: [pair.second])
        try test.submit(.message(.send(pair.first, region)))
        test.script.others = []
        test.script.end(.sendMessage, with: 11)
        #expect(test.reap().isEmpty)
        #expect(test.script.starts.last == .stream(.send(pair.first, from: test.region(11, 5))))
        #expect(test.script.others.isEmpty)
        test.script.end(.send, with: 5)
        #expect(test.reap().map(\.result) == [16])
    }

    @Test("Native handles that came with a message become handles, and those without room are closed")
    func receivedHandles() throws {
        let test = try EngineUnderTest(handles: 3)
        let pair = try test.acquirePair()
        let region = test.message([test.region(0, 8)], handles: [.invalid, .invalid])
        try test.submit(.message(.receive(pair.first, region)))
        test.put(
            [NativeHandle(number: 41, kind: .file, traits: .reading), NativeHandle(number: 42, kind: .file, traits: .reading)], in: region)
        test.script.end(.receiveMessage, with: 8)
        #expect(test.reap().map(\.result) == [8])
        let message = test.message(in: region)
        #expect(message.handleCount == 1)
        #expect(message.flags == .handlesTruncated)
        #expect(test.script.discarded == [42])
        let handle = test.handles(in: region)[0]
        try test.submit(.control(.close(handle)))
        #expect(test.script.closed == [41])
    }

    @Test("A sent vector goes on with the rest of its segment, then with the segments after it")
    func sentVectorsGoOn() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        let list = test.segments([test.region(0, 10), test.region(10, 10), test.region(20, 10)])
        try test.submit(.stream(.sendVectored(stream, from: list)))
        test.script.end(.sendVectored, with: 14)
        _ = test.reap()
        #expect(test.script.starts.last == .stream(.send(stream, from: test.region(14, 6))))
        test.script.end(.send, with: 6)
        _ = test.reap()
        #expect(test.script.starts.last == .stream(.sendVectored(stream, from: list.dropping(2))))
        test.script.end(.sendVectored, with: 10)
        #expect(test.reap().map(\.result) == [30])
    }

    @Test("Receiving exactly goes on until all is there, and ends with less at the end of the stream")
    func receivingExactly() throws {
        let test = try EngineUnderTest()
        let stream = try test.acquirePair().first
        try test.submit(.stream(.receiveExactly(stream, into: test.region(0, 10))))
        test.script.end(.receiveExactly, with: 4)
        #expect(test.reap().isEmpty)
        #expect(test.script.starts.last == .stream(.receiveExactly(stream, into: test.region(4, 6))))
        test.script.end(.receiveExactly, with: 0)
        #expect(test.reap().map(\.result) == [4])
    }
}
