// What the reference model allows of waits for readiness.

import IOSpec
import Testing

@Suite("The model of readiness")
struct ModelReadinessTests {
    private let receiver = Symbol(1)
    private let sender = Symbol(2)
    private let payload = Payload(seed: 5, count: 20)
    private let receiving = Int(Readiness.receiving.rawValue)

    private func send(_ test: inout ModelUnderTest) throws { try test.perform(.send(sender, payload, pieces: 1), 20) }
    private func receive(_ test: inout ModelUnderTest) throws {
        try test.perform(.receive(receiver, count: 20, pieces: 1), 20, bytes: payload.bytes)
    }

    @Test("is told when something is there, and not before", arguments: [false, true])
    func told(isLasting: Bool) throws {
        var test = ModelUnderTest.with(.pipe)
        let wait = test.submit(isLasting ? .readinessMultishot(receiver, .receiving) : .readiness(receiver, .receiving))
        let tell = { (test: inout ModelUnderTest, ways: Int) in
            if isLasting { try test.shot(wait, ways) } else { try test.complete(wait, ways) }
        }
        try test.model.settle()
        #expect(test.refusedClause { try tell(&$0, receiving) } == "readiness.once")
        try send(&test)
        #expect(test.refusedClause { try $0.model.settle() } == (isLasting ? "readiness.multishot" : "readiness.once"))
        #expect(test.refusedClause { try tell(&$0, 0) } == "readiness.once")
        #expect(test.refusedClause { try tell(&$0, Int(Readiness.sending.rawValue)) } == "readiness.once")
        // What was taken since was there.
        try receive(&test)
        try tell(&test, receiving)
        try test.model.settle()
    }

    @Test("is told of the end", arguments: [PairedResource.pipe, .streams])
    func end(_ pair: PairedResource) throws {
        var test = ModelUnderTest.with(pair)
        let wait = test.submit(.readiness(receiver, .receiving))
        try test.perform(.close(sender))
        #expect(test.refusedClause { try $0.model.settle() } == "readiness.once")
        try test.complete(wait, receiving)
    }

    @Test("is told again after what was there was taken")
    func again() throws {
        var test = ModelUnderTest.with(.streams)
        let wait = test.submit(.readinessMultishot(receiver, .receiving))
        try send(&test)
        try test.shot(wait, receiving)
        // What is still ready need not be told again.
        try send(&test)
        try test.model.settle()
        try receive(&test)
        try receive(&test)
        try test.model.settle()
        try send(&test)
        #expect(test.refusedClause { try $0.model.settle() } == "readiness.multishot")
        try test.shot(wait, receiving)
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(wait, receiving) } == "multishot.ends")
        test.model.cancel(wait)
        try test.complete(wait, failing: .cancelled)
    }

    @Test("tells before its end what was ready when it began")
    func cancelled() throws {
        var test = ModelUnderTest.with(.pipe)
        try send(&test)
        let wait = test.submit(.readinessMultishot(receiver, .receiving))
        test.model.cancel(wait)
        #expect(test.refusedClause { try $0.complete(wait, failing: .cancelled) } == "readiness.ends")
        try test.shot(wait, receiving)
        try test.complete(wait, failing: .cancelled)
        // What another operation may be taking need not have been there.
        _ = test.submit(.receive(receiver, count: 20, pieces: 1))
        let other = test.submit(.readinessMultishot(receiver, .receiving))
        test.model.cancel(other)
        try test.complete(other, failing: .cancelled)
    }

    @Test("is told of a connection that waits")
    func listener() throws {
        var test = ModelUnderTest()
        test.model.acquire(.listener(.local, backlog: 16), makes: [Symbol(1)])
        test.model.acquire(.stream(.local), makes: [Symbol(2)])
        let wait = test.submit(.readinessMultishot(Symbol(1), .receiving))
        try test.perform(.connect(Symbol(2), to: Symbol(1)))
        #expect(test.refusedClause { try $0.model.settle() } == "readiness.multishot")
        try test.shot(wait, receiving)
        try test.perform(.accept(Symbol(1), makes: Symbol(3)))
        try test.model.settle()
    }

    @Test("is told of a file at once, and never of what a file has not")
    func files() throws {
        var test = ModelUnderTest.withRoot()
        let wait = test.submit(.readinessMultishot(ModelUnderTest.root, .receiving))
        #expect(test.refusedClause { try $0.model.settle() } == "readiness.files")
        try test.shot(wait, receiving)
        try test.model.settle()
        try test.fail(.readinessMultishot(ModelUnderTest.root, .peerFinished), .unsupported)
        let endless = test.submit(.readinessMultishot(ModelUnderTest.root, .peerFinished))
        #expect(test.refusedClause { try $0.shot(endless, 4) } == "readiness.files")
        #expect(test.refusedClause { try $0.model.settle() } == "readiness.files")
    }

    // MARK: Registering

    @Test("registers what is open and not in use")
    func registering() throws {
        var test = ModelUnderTest.with(.pipe)
        #expect(test.refusedClause { try $0.model.register(receiver, failingWith: .badHandle) } == "register.handle")
        #expect(test.refusedClause { try $0.model.register(receiver, failingWith: .busy) } == "register.handle")
        try test.model.register(receiver, failingWith: nil)
        _ = test.submit(.receive(receiver, count: 1, pieces: 1))
        try test.model.register(receiver, failingWith: .busy)
        try test.perform(.close(sender))
        #expect(test.refusedClause { try $0.model.register(sender, failingWith: nil) } == "register.handle")
        try test.model.register(sender, failingWith: .badHandle)
    }
}
