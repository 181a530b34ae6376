// What the reference model allows of listeners and of what connects to them.

import IOSpec
import Testing

@Suite("The model of connections")
struct ModelConnectionTests {
    private let listener = Symbol(1)
    private let client = Symbol(2)
    private let other = Symbol(3)
    private let server = Symbol(4)
    private let payload = Payload(seed: 5, count: 50)

    private func listening(_ family: SocketAddress.Family = .local) -> ModelUnderTest {
        var test = ModelUnderTest()
        test.model.acquire(.listener(family, backlog: 16), makes: [listener])
        test.model.acquire(.stream(family), makes: [client])
        test.model.acquire(.stream(family), makes: [other])
        return test
    }

    @Test("gives a connection to an accept, and what goes over it", arguments: [SocketAddress.Family.local, .internet4])
    func accepting(family: SocketAddress.Family) throws {
        var test = listening(family)
        #expect(test.refusedClause { try $0.perform(.accept(listener, makes: server)) } == "stream.accept")
        let accept = test.submit(.accept(listener, makes: server))
        try test.model.settle()
        try test.perform(.connect(client, to: listener))
        #expect(test.refusedClause { try $0.model.settle() } == "stream.accept")
        try test.complete(accept)
        #expect(test.refusedClause { try $0.perform(.accept(listener, makes: Symbol(9))) } == "stream.accept")
        try test.perform(.send(client, payload, pieces: 1), 50)
        try test.perform(.receive(server, count: 99, pieces: 1), 50, bytes: payload.bytes)
        try test.perform(.send(server, payload, pieces: 1), 50)
        #expect(
            test.refusedClause { try $0.perform(.receive(client, count: 99, pieces: 1), 50, bytes: [UInt8](repeating: 1, count: 50)) }
                != nil)
        try test.perform(.receive(client, count: 99, pieces: 1), 50, bytes: payload.bytes)
        try test.perform(.close(client))
        try test.perform(.receive(server, count: 9, pieces: 1), 0)
    }

    @Test("accepts before the connect was told")
    func early() throws {
        var test = listening()
        let connect = test.submit(.connect(client, to: listener))
        try test.perform(.accept(listener, makes: server))
        try test.complete(connect)
        try test.perform(.send(client, payload, pieces: 1), 50)
        #expect(test.refusedClause { try $0.perform(.receive(server, count: 99, pieces: 1), 0) } == "stream.receive-some")
        try test.perform(.receive(server, count: 99, pieces: 1), 50, bytes: payload.bytes)
    }

    @Test("has the real outcome of a connect")
    func outcomes() throws {
        var test = listening()
        #expect(test.refusedClause { try $0.fail(.connect(client, to: listener), .connectionRefused) } == "stream.connect-outcome")
        let connect = test.submit(.connect(client, to: listener))
        #expect(test.refusedClause { try $0.model.settle() } == "stream.connect-outcome")
        try test.complete(connect)
        try test.fail(.connect(client, to: listener), .alreadyConnected)
        #expect(test.refusedClause { try $0.perform(.connect(client, to: listener)) } == "stream.connect-again")
        try test.perform(.close(listener))
        #expect(test.refusedClause { try $0.perform(.connect(other, to: listener)) } == "close.refuses-listener")
        try test.fail(.connect(other, to: listener), .connectionRefused)
        try test.fail(.connect(other, to: Symbol(77)), .notFound)
    }

    @Test("refuses a connect beside another at once, and lets that go on")
    func second() throws {
        var test = listening()
        let first = test.submit(.connect(client, to: listener))
        try test.fail(.connect(client, to: listener), .alreadyConnected)
        try test.complete(first)
        try test.perform(.accept(listener, makes: server))
        #expect(test.refusedClause { try $0.perform(.receive(server, count: 1, pieces: 1), 0) } == "stream.receive-some")
    }

    @Test("judges the number of accepted connections when it cannot know which is which")
    func unknown() throws {
        var test = listening()
        let connects = [test.submit(.connect(client, to: listener)), test.submit(.connect(other, to: listener))]
        for connect in connects { try test.complete(connect) }
        try test.perform(.accept(listener, makes: server))
        try test.perform(.accept(listener, makes: Symbol(5)))
        #expect(test.refusedClause { try $0.perform(.accept(listener, makes: Symbol(6))) } == "stream.accept")
        try test.perform(.receive(server, count: 9, pieces: 1), 2, bytes: [1, 2])
    }

    @Test("leaves a stream whose connect was given up good for nothing but closing")
    func abandoned() throws {
        var test = listening()
        let connect = test.submit(.connect(client, to: listener))
        test.model.cancel(connect)
        try test.complete(connect, failing: .cancelled)
        try test.fail(.send(client, payload, pieces: 1), .notConnected)
        try test.perform(.close(client))
    }

    @Test("cancels no accept whose connection is there")
    func cancelled() throws {
        var test = listening()
        try test.perform(.connect(client, to: listener))
        let accept = test.submit(.accept(listener, makes: server))
        test.model.cancel(accept)
        #expect(test.refusedClause { try $0.complete(accept, failing: .cancelled) } == "cancel.result-wins")
    }

    @Test("lets nobody wait for a transfer with a connect of what is connected, although it is not known with whom")
    func again() throws {
        var test = listening()
        let first = test.submit(.connect(client, to: listener))
        let close = test.submit(.close(listener))
        try test.complete(first)
        try test.complete(close)
        _ = test.submit(.send(client, payload, pieces: 1))
        try test.fail(.connect(client, to: listener), .alreadyConnected)
    }

    @Test("resets what was not accepted when its listener is closed, however long that was held back")
    func neverAccepted() throws {
        var test = listening()
        let timer = test.submit(.timer(microseconds: 10))
        let connect = test.submit(.connect(client, to: listener), isBarrier: true)
        let close = test.submit(.close(listener))
        try test.complete(timer)
        try test.complete(connect)
        try test.fail(.receive(client, count: 1, pieces: 1), .connectionReset)
        try test.complete(close)
        try test.fail(.receive(client, count: 1, pieces: 1), .connectionReset)
    }

    @Test("takes what comes over one stream for nothing that was sent over another")
    func unknownWithMore() throws {
        var test = listening()
        test.model.acquire(.pair(.streams), makes: [Symbol(7), Symbol(8)])
        try test.perform(.send(Symbol(7), payload, pieces: 1), 50)
        for stream in [client, other] { try test.perform(.connect(stream, to: listener)) }
        try test.perform(.accept(listener, makes: server))
        let receive = test.submit(.receive(server, count: 1, pieces: 1))
        test.model.cancel(receive)
        try test.complete(receive, failing: .cancelled)
    }

    @Test("hastens nothing that was lent to the network", arguments: [SocketAddress.Family.local, .internet4])
    func lent(family: SocketAddress.Family) throws {
        var test = listening(family)
        try test.perform(.connect(client, to: listener))
        let send = test.submit(.sendZeroCopy(client, Payload(seed: 1, count: 100_000)))
        test.model.cancel(send)
        #expect(test.refusedClause { try $0.model.settle() } == (family == .local ? "cancel.prompt" : nil))
    }

    @Test("breaks what lends memory to the network when everything is shut down, and nothing else", arguments: [true, false])
    func shutDown(isLent: Bool) throws {
        var test = listening(.internet4)
        try test.perform(.connect(client, to: listener))
        if isLent { _ = test.submit(.sendZeroCopy(client, payload)) }
        let receive = test.submit(.receive(client, count: 1, pieces: 1))
        test.model.shutDown()
        #expect(test.refusedClause { try $0.complete(receive, failing: .cancelled) } == nil)
        #expect(test.refusedClause { try $0.complete(receive, failing: .connectionReset) } == (isLent ? nil : "stream.conservation"))
    }

    @Test("may hold up what comes behind a second connect that is held back, and not behind one that can fail")
    func secondHeldBack() throws {
        var test = listening()
        test.model.acquire(.pair(.streams), makes: [Symbol(7), Symbol(8)])
        let first = test.submit(.connect(client, to: listener))
        let receive = test.submit(.receive(Symbol(7), count: 1, pieces: 1))
        let second = test.submit(.connect(client, to: listener), isLinked: true)
        let shutDown = test.submit(.shutDown(client, .sending))
        try test.complete(first)
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(shutDown) } == nil)
        test.model.cancel(receive)
        try test.complete(receive, failing: .cancelled)
        try test.complete(second, failing: .cancelled)
        #expect(test.refusedClause { try $0.model.settle() } == "stream.half-close")
    }

    @Test("lets a connect beside another one keep its order, or not, and what comes behind it")
    func connectsInOrder() throws {
        var test = listening(.local)
        let accept = test.submit(.accept(listener, makes: Symbol(8)))
        _ = test.submit(.send(client, Payload(seed: 1, count: 1), pieces: 1), isLinked: true)
        let close = test.submit(.close(Symbol(77)))
        let broken = test.submit(.connect(client, to: listener), isLinked: true)
        _ = test.submit(.connect(client, to: listener))
        try test.complete(close, failing: .badHandle)
        try test.complete(broken, failing: .cancelled)
        try test.model.settle()
        test.model.cancel(accept)
        #expect(test.refusedClause { try $0.model.settle() } == "cancel.prompt")
    }

    @Test("lets a send wait for a second connect that its chain holds back")
    func sendBehindHeldConnect() throws {
        var test = listening(.local)
        let accept = test.submit(.accept(listener, makes: Symbol(8)))
        let connect = test.submit(.connect(client, to: listener))
        _ = test.submit(.accept(listener, makes: Symbol(9)), isLinked: true)
        _ = test.submit(.connect(client, to: listener), isLinked: true)
        try test.complete(connect)
        try test.complete(accept)
        let send = test.submit(.send(client, Payload(seed: 1, count: 1), pieces: 1))
        try test.model.settle()
        test.model.cancel(send)
        try test.complete(send, failing: .cancelled)
    }
}
