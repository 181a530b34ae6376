// What the reference model allows of streams and pipes.

import IOSpec
import Testing

@Suite("The model of streams")
struct ModelStreamTests {
    private let near = Symbol(1)
    private let far = Symbol(2)
    private let payload = Payload(seed: 7, count: 100)

    @Test("receives what was sent, in order and in any portions", arguments: [PairedResource.streams, .pipe])
    func flow(pair: PairedResource) throws {
        var test = ModelUnderTest.with(pair)
        try test.perform(.send(far, payload, pieces: 1), 100)
        try test.perform(.send(far, Payload(seed: 8, count: 10), pieces: 1), 10)
        try test.perform(.receive(near, count: 30, pieces: 1), 30, bytes: Array(payload.bytes[..<30]))
        let rest = Array(payload.bytes[30...]) + Payload(seed: 8, count: 10).bytes
        #expect(test.refusedClause { try $0.perform(.receive(near, count: 80, pieces: 1), 80, bytes: rest) } == nil)
        #expect(
            test.refusedClause { try $0.perform(.receive(near, count: 80, pieces: 1), 79, bytes: Array(rest[1...])) }
                == "stream.conservation")
        #expect(test.refusedClause { try $0.perform(.receive(near, count: 99, pieces: 1), 81, bytes: rest + [1]) } == "stream.conservation")
        #expect(test.refusedClause { try $0.perform(.receive(near, count: 8, pieces: 1), 0) } == "stream.receive-some")
        #expect(test.refusedClause { try $0.perform(.receiveExactly(near, count: 90), 80, bytes: rest) } == "stream.receive-exactly")
        let waiting = test.submit(.receive(near, count: 8, pieces: 1))
        #expect(test.refusedClause { try $0.model.settle() } == "completion.fair")
        test.model.cancel(waiting)
        #expect(test.refusedClause { try $0.complete(waiting, failing: .cancelled) } == "cancel.result-wins")
    }

    @Test("receives part of what is still being sent, which then says so")
    func sending() throws {
        var test = ModelUnderTest.with(.streams)
        let large = Payload(seed: 7, count: 300_000)
        let send = test.submit(.send(near, large, pieces: 1))
        let next = test.submit(.send(near, payload, pieces: 1))
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(next, 100) } == "stream.order")
        try test.perform(.receive(far, count: 50, pieces: 1), 50, bytes: Array(large.bytes[..<50]))
        #expect(test.refusedClause { try $0.complete(send, 1000) } == "stream.full-send")
        test.model.cancel(send)
        #expect(test.refusedClause { try $0.complete(send, 49) } == "result.moved-is-reported")
        #expect(test.refusedClause { try $0.complete(send, failing: .cancelled) } == "result.moved-is-reported")
        try test.complete(send, 60)
        try test.complete(next, 100)
        try test.perform(.receive(far, count: 500, pieces: 1), 110, bytes: Array(large.bytes[50..<60]) + payload.bytes)
    }

    @Test("ends after a half-close, when all was received")
    func halfClose() throws {
        var test = ModelUnderTest.with(.streams)
        try test.perform(.send(near, payload, pieces: 1), 100)
        try test.perform(.shutDown(near, .sending))
        #expect(test.refusedClause { try $0.perform(.receive(far, count: 5, pieces: 1), 0) } == "stream.conservation")
        try test.perform(.receiveExactly(far, count: 500), 100, bytes: payload.bytes)
        let end = test.submit(.receive(far, count: 5, pieces: 1))
        #expect(test.refusedClause { try $0.model.settle() } == "stream.half-close")
        try test.complete(end, 0)
        #expect(test.refusedClause { try $0.perform(.send(near, payload, pieces: 1), 100) } == "stream.broken-pipe")
        try test.fail(.send(near, payload, pieces: 1), .brokenPipe)
        try test.perform(.send(far, payload, pieces: 1), 100)
    }

    @Test("breaks when the reader has closed", arguments: [PairedResource.streams, .pipe])
    func brokenPipe(pair: PairedResource) throws {
        var test = ModelUnderTest.with(pair)
        #expect(test.refusedClause { try $0.fail(.send(far, payload, pieces: 1), .brokenPipe) } == "stream.full-send")
        try test.perform(.close(near))
        try test.fail(.send(far, payload, pieces: 1), .brokenPipe)
        #expect(test.refusedClause { try $0.perform(.send(far, payload, pieces: 1), 100) } == "stream.broken-pipe")
        try test.perform(.send(far, Payload(seed: 1, count: 0), pieces: 1), 0)
    }

    @Test("is reset when the peer closes with something unread, and stays so")
    func reset() throws {
        var test = ModelUnderTest.with(.streams)
        #expect(test.refusedClause { try $0.fail(.receive(near, count: 1, pieces: 1), .connectionReset) } == "stream.conservation")
        try test.perform(.send(near, payload, pieces: 1), 100)
        try test.perform(.close(far))
        try test.fail(.receive(near, count: 1, pieces: 1), .connectionReset)
        #expect(test.refusedClause { try $0.perform(.receive(near, count: 1, pieces: 1), 0) } == "stream.reset-sticky")
        try test.fail(.send(near, payload, pieces: 1), .connectionReset)
    }

    @Test("refuses what is not connected, of a wrong kind or of a wrong direction")
    func mistakes() throws {
        var test = ModelUnderTest.with(.pipe)
        test.model.acquire(.stream(.local), makes: [Symbol(3)])
        try test.fail(.send(near, payload, pieces: 1), .wrongAccess)
        try test.fail(.receive(far, count: 1, pieces: 1), .wrongAccess)
        try test.fail(.shutDown(near, .both), .wrongKind)
        try test.fail(.read(near, count: 1, at: 0, pieces: 1), .notSeekable)
        try test.fail(.list(near), .notDirectory)
        try test.fail(.makeDirectory(beneath: near, path: "x"), .wrongKind)
        try test.fail(.receive(Symbol(3), count: 1, pieces: 1), .notConnected)
        try test.perform(.receive(Symbol(3), count: 0, pieces: 1), 0)
        #expect(test.refusedClause { try $0.perform(.send(Symbol(3), payload, pieces: 1), 100) } == "stream.not-connected")
    }
}
