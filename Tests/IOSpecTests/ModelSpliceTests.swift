// What the reference model allows of splices.

import IOSpec
import Testing

@Suite("The model of splices")
struct ModelSpliceTests {
    private let payload = Payload(seed: 5, count: 50)
    private let reader = Symbol(1)
    private let writer = Symbol(2)
    private let near = Symbol(3)
    private let far = Symbol(4)

    /// A pipe, and two streams.
    private func ends() -> ModelUnderTest {
        var test = ModelUnderTest.with(.pipe)
        test.model.acquire(.pair(.streams), makes: [near, far])
        return test
    }

    @Test("moves what is there, in order, and no more")
    func moving() throws {
        var test = ends()
        try test.perform(.send(writer, payload, pieces: 1), 50)
        #expect(test.refusedClause { try $0.perform(.splice(from: reader, to: near, count: 100, at: 0), 51) } == "splice.conserves")
        #expect(test.refusedClause { try $0.perform(.splice(from: reader, to: near, count: 10, at: 0), 11) } == "splice.moves")
        #expect(test.refusedClause { try $0.perform(.splice(from: reader, to: near, count: 10, at: 0), 0) } == "stream.receive-some")
        try test.perform(.splice(from: reader, to: near, count: 30, at: 0), 30)
        try test.perform(.receive(far, count: 99, pieces: 1), 30, bytes: Array(payload.bytes[..<30]))
        #expect(test.refusedClause { try $0.perform(.receive(far, count: 9, pieces: 1), 9, bytes: Array(payload.bytes[30..<39])) } != nil)
        try test.perform(.receive(reader, count: 99, pieces: 1), 20, bytes: Array(payload.bytes[30...]))
    }

    @Test("may arrive before it says so, and then says so")
    func early() throws {
        var test = ends()
        try test.perform(.send(writer, payload, pieces: 1), 50)
        let splice = test.submit(.splice(from: reader, to: near, count: 50, at: 0))
        #expect(test.refusedClause { try $0.model.settle() } == "splice.waits")
        #expect(test.refusedClause { try $0.perform(.receive(far, count: 9, pieces: 1), 2, bytes: [1, 2]) } == "stream.conservation")
        try test.perform(.receive(far, count: 20, pieces: 1), 20, bytes: Array(payload.bytes[..<20]))
        test.model.cancel(splice)
        #expect(test.refusedClause { try $0.complete(splice, failing: .cancelled) } == "result.moved-is-reported")
        #expect(test.refusedClause { try $0.complete(splice, 10) } == "splice.conserves")
        try test.complete(splice, 40)
        try test.perform(.receive(far, count: 99, pieces: 1), 20, bytes: Array(payload.bytes[20..<40]))
    }

    @Test("ends with its source, and breaks with its target")
    func ending() throws {
        var test = ends()
        try test.perform(.close(writer))
        try test.perform(.splice(from: reader, to: near, count: 10, at: 0), 0)
        var broken = ends()
        try broken.perform(.send(writer, payload, pieces: 1), 50)
        try broken.perform(.close(far))
        try broken.fail(.splice(from: reader, to: near, count: 10, at: 0), .brokenPipe)
        #expect(broken.refusedClause { try $0.perform(.splice(from: reader, to: near, count: 10, at: 0), 10) } == "splice.broken")
    }

    @Test("is refused without a pipe, to itself, and at an offset without a file")
    func mistakes() throws {
        var test = ends()
        try test.fail(.splice(from: near, to: far, count: 10, at: 0), .wrongKind)
        try test.fail(.splice(from: reader, to: writer, count: 10, at: 0), .invalidArgument)
        try test.perform(.splice(from: reader, to: writer, count: 0, at: 0), 0)
        try test.fail(.splice(from: reader, to: near, count: 10, at: 7), .notSeekable)
        try test.fail(.splice(from: writer, to: near, count: 10, at: 0), .wrongAccess)
        #expect(test.refusedClause { try $0.perform(.splice(from: near, to: far, count: 10, at: 0), 10) } != nil)
    }

    @Test("does not follow what goes into or comes out of a file")
    func files() throws {
        var test = ends()
        test.model.acquire(.root, makes: [Symbol(5)])
        try test.perform(.open(beneath: Symbol(5), path: "a", [.reading, .writing, .creating], makes: Symbol(6)))
        try test.perform(.send(writer, payload, pieces: 1), 50)
        try test.perform(.splice(from: reader, to: Symbol(6), count: 50, at: 10), 50)
        try test.perform(.read(Symbol(6), count: 99, at: 0, pieces: 1), 60, bytes: [UInt8](repeating: 3, count: 60))
        try test.perform(.splice(from: Symbol(6), to: writer, count: 5, at: 0), 5)
        try test.perform(.receive(reader, count: 9, pieces: 1), 5, bytes: [9, 9, 9, 9, 9])
        #expect(test.refusedClause { try $0.perform(.receive(reader, count: 9, pieces: 1), 1, bytes: [9]) } == "stream.conservation")
        try test.fail(.splice(from: reader, to: Symbol(5), count: 5, at: 0), .wrongKind)
    }

    @Test("says what is wrong with either of two handles", arguments: [IOError.Cause.badHandle, .wrongAccess])
    func twoMistakes(cause: IOError.Cause) throws {
        var test = ends()
        try test.fail(.splice(from: writer, to: Symbol(77), count: 10, at: 0), cause)
        #expect(test.refusedClause { try $0.fail(.splice(from: Symbol(77), to: writer, count: 10, at: 0), .wrongAccess) } == "handle.stale")
    }

    @Test("takes no part of what another one has sent when it has no place")
    func heldBackBesideSend() throws {
        var test = ends()
        let send = test.submit(.send(writer, payload, pieces: 1))
        try test.perform(.receive(reader, count: 1, pieces: 1), 1, bytes: [payload.bytes[0]])
        let close = test.submit(.close(near), isBarrier: true)
        let splice = test.submit(.splice(from: near, to: writer, count: 10, at: 0))
        test.model.shutDown()
        try test.complete(close, failing: .cancelled)
        try test.complete(splice, failing: .cancelled)
        try test.complete(send, 1)
    }

    @Test("keeps its place when it is not held back while one of its handles is being closed")
    func besideClose() throws {
        var test = ends()
        let receive = test.submit(.receive(reader, count: 1, pieces: 1))
        let close = test.submit(.close(writer), isLinked: true)
        let splice = test.submit(.splice(from: reader, to: writer, count: 1, at: 0))
        try test.complete(test.submit(.receive(reader, count: 0, pieces: 1)))
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(splice, failing: .invalidArgument) } == "splice.order")
        test.model.cancel(receive)
        try test.complete(receive, failing: .cancelled)
        try test.complete(close, failing: .cancelled)
        #expect(test.refusedClause { try $0.model.settle() } == "splice.refused")
        try test.complete(splice, failing: .invalidArgument)
    }

    @Test("takes a place in an order or none, when it is held back while one of its handles is being closed")
    func heldBackUnderClose() throws {
        var test = ends()
        let timer = test.submit(.timer(microseconds: 1))
        let close = test.submit(.close(near), isLinked: true)
        let receive = test.submit(.receive(reader, count: 1, pieces: 1))
        let splice = test.submit(.splice(from: near, to: writer, count: 10, at: 0), isLinked: true)
        let send = test.submit(.send(writer, payload, pieces: 1))
        #expect(test.refusedClause { try $0.complete(send, payload.count) } == nil)
        try test.complete(timer)
        try test.complete(close)
        try test.model.settle()
        try test.complete(send, payload.count)
        try test.complete(receive, 1, bytes: [payload.bytes[0]])
        try test.complete(splice, failing: .badHandle)
    }
}
