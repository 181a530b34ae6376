// What the reference model allows of operations with several completions.

import IOSpec
import Testing

@Suite("The model of operations with several completions")
struct ModelMultishotTests {
    private let receiver = Symbol(1)
    private let sender = Symbol(2)
    private let pool = Symbol(3)
    private let payload = Payload(seed: 5, count: 20)

    private func pooled(_ count: Int = 2, size: Int = 16) -> ModelUnderTest {
        var test = ModelUnderTest.with(.pipe)
        test.model.acquire(.buffers(count: count, size: size), makes: [pool])
        return test
    }

    private func part(_ range: Range<Int>) -> [UInt8] { Array(payload.bytes[range]) }

    // MARK: Receiving

    @Test("gives the bytes in order, each buffer once, until it is given back")
    func receiving() throws {
        var test = pooled(1)
        let receive = test.submit(.receiveMultishot(receiver, into: pool))
        try test.model.settle()
        #expect(test.refusedClause { try $0.shot(receive, buffer: 0, bytes: [1]) } == "multishot.receive")
        try test.perform(.send(sender, payload, pieces: 1), 20)
        #expect(test.refusedClause { try $0.model.settle() } == "multishot.receive")
        #expect(test.refusedClause { try $0.shot(receive, buffer: 0, bytes: part(1..<17)) } == "multishot.receive")
        #expect(test.refusedClause { try $0.shot(receive, buffer: 1, bytes: part(0..<16)) } == "multishot.receive")
        #expect(test.refusedClause { try $0.shot(receive, buffer: 0, bytes: part(0..<17)) } == "multishot.receive")
        try test.shot(receive, buffer: 0, bytes: part(0..<16))
        #expect(test.refusedClause { try $0.shot(receive, buffer: 0, bytes: part(16..<20)) } == "multishot.receive")
        #expect(test.refusedClause { try $0.model.settle() } == "multishot.no-buffers")
        test.model.giveBack(pool)
        try test.shot(receive, buffer: 0, bytes: part(16..<20))
        try test.model.settle()
    }

    @Test("ends without buffers when bytes wait and none is left, and only then")
    func noBuffers() throws {
        var test = pooled(1)
        let receive = test.submit(.receiveMultishot(receiver, into: pool))
        #expect(test.refusedClause { try $0.complete(receive, failing: .noBuffers) } == "multishot.no-buffers")
        try test.perform(.send(sender, payload, pieces: 1), 20)
        #expect(test.refusedClause { try $0.complete(receive, failing: .noBuffers) } == "multishot.no-buffers")
        #expect(test.refusedClause { try $0.complete(receive, failing: .outOfResources) } == "multishot.ends")
        try test.shot(receive, buffer: 0, bytes: part(0..<16))
        try test.complete(receive, failing: .noBuffers)
        // Nothing is lost.
        try test.perform(.receive(receiver, count: 99, pieces: 1), 4, bytes: part(16..<20))
    }

    @Test("may have had no buffer before one was given back, until everything is at rest")
    func givenBack() throws {
        var test = pooled(1)
        let first = test.submit(.receiveMultishot(receiver, into: pool))
        try test.perform(.send(sender, payload, pieces: 1), 20)
        try test.shot(first, buffer: 0, bytes: part(0..<16))
        test.model.giveBack(pool)
        #expect(test.refusedClause { try $0.complete(first, failing: .noBuffers) } == nil)
        try test.shot(first, buffer: 0, bytes: part(16..<20))
        test.model.giveBack(pool)
        try test.model.settle()
        try test.perform(.send(sender, payload, pieces: 1), 20)
        #expect(test.refusedClause { try $0.complete(first, failing: .noBuffers) } == "multishot.no-buffers")
    }

    @Test("ends once: with 0 at the end of the stream, or as it was asked to")
    func ends() throws {
        var test = pooled()
        let receive = test.submit(.receiveMultishot(receiver, into: pool))
        #expect(test.refusedClause { try $0.complete(receive, 0) } == "stream.receive-some")
        #expect(test.refusedClause { try $0.complete(receive, failing: .cancelled) } == "completion.no-interrupt")
        try test.perform(.close(sender))
        #expect(test.refusedClause { try $0.model.settle() } == "multishot.ends")
        #expect(test.refusedClause { try $0.complete(receive, failing: .cancelled) } != nil)
        #expect(
            test.refusedClause {
                try $0.complete(receive, 0)
                try $0.complete(receive, 0)
            } == "completion.exactly-one")
        test.model.cancel(receive)
        try test.complete(receive, failing: .cancelled)
        let late = test.submit(.receiveMultishot(receiver, into: pool))
        #expect(test.refusedClause { try $0.complete(late, 5) } == "multishot.ends")
        try test.complete(late, 0)
    }

    @Test("has the mistakes of a receive")
    func mistakes() throws {
        var test = pooled()
        try test.fail(.receiveMultishot(sender, into: pool), .wrongAccess)
        try test.fail(.receiveMultishot(Symbol(9), into: pool), .badHandle)
        try test.fail(.receiveMultishot(receiver, into: Symbol(9)), .invalidArgument)
        let wrong = test.submit(.receiveMultishot(sender, into: pool))
        #expect(test.refusedClause { try $0.shot(wrong, buffer: 0, bytes: [1]) } == "handle.wrong-access")
        let plain = test.submit(.receive(receiver, count: 1, pieces: 1))
        #expect(test.refusedClause { try $0.shot(plain, buffer: 0, bytes: [1]) } == "multishot.ends")
    }

    @Test("keeps its place: what is submitted later waits until it ends")
    func order() throws {
        var test = pooled()
        _ = test.submit(.receiveMultishot(receiver, into: pool))
        let later = test.submit(.receive(receiver, count: 9, pieces: 1))
        try test.perform(.send(sender, payload, pieces: 1), 20)
        #expect(test.refusedClause { try $0.complete(later, 9, bytes: part(0..<9)) } == "stream.order")
    }

    // MARK: Accepting

    @Test("gives each connection once, by the names that it has for them, and beyond")
    func accepting() throws {
        let (listener, first, second, server) = (Symbol(1), Symbol(2), Symbol(3), Symbol(4))
        var test = ModelUnderTest()
        test.model.acquire(.listener(.local, backlog: 16), makes: [listener])
        for client in [first, second] { test.model.acquire(.stream(.local), makes: [client]) }
        let accept = test.submit(.acceptMultishot(listener, makes: [server]))
        try test.model.settle()
        #expect(test.refusedClause { try $0.shot(accept) } == "stream.accept")
        try test.perform(.connect(first, to: listener))
        #expect(test.refusedClause { try $0.model.settle() } == "multishot.accept")
        try test.shot(accept)
        try test.perform(.send(first, payload, pieces: 1), 20)
        try test.perform(.receive(server, count: 99, pieces: 1), 20, bytes: payload.bytes)
        try test.perform(.connect(second, to: listener))
        try test.shot(accept)
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(accept, 0) } == "multishot.ends")
        #expect(test.refusedClause { try $0.complete(accept, failing: .outOfResources) } == "multishot.ends")
        test.model.cancel(accept)
        #expect(test.refusedClause { try $0.model.settle() } == "cancel.prompt")
        try test.complete(accept, failing: .cancelled)
    }
}
