// A server that is written in turns: it sends back what it receives, in messages and over one stream at a time.

import IOSpec

/// Listens at port 7. Each turn reaps once, looks at what came, and submits what comes next.
struct EchoServer<Backend: IOBackend & ~Copyable>: ~Copyable {
    static var port: UInt16 { 7 }

    private var backend: Backend
    private let listener: Handle
    private let datagrams: Handle
    private var stream: Handle?
    private var step = Step.accept
    private var pending: OperationID
    private let bytes = LentMemory(count: 8)

    private let message: LentMessage
    /// What the message is lent to: to a receive and a send, turn by turn.
    private var exchange: OperationID
    private var hasMessage = false

    private enum Step {
        case accept, receive, send, close
    }

    init(_ backend: consuming Backend, at address: SocketAddress) throws {
        var backend = backend
        let listener = try backend.acquire(.listener(at: address, backlog: 4))
        let datagrams = try backend.acquire(.datagram(address.family, at: address))
        let message = LentMessage([UInt8](repeating: 0, count: 8), address: LentMemory(count: MemoryLayout<SocketAddress>.size))
        let pending = try backend.submit(Submission(.stream(.accept(listener))))
        let receive = try backend.submit(Submission(.message(.receive(datagrams, message.region))))
        self.pending = pending
        exchange = receive
        self.listener = listener
        self.datagrams = datagrams
        self.message = message
        self.backend = backend
    }

    mutating func turn() throws {
        let reaped = [Completion](capacity: 4) { (span: inout OutputSpan<Completion>) in backend.reap(into: &span, until: .never) }
        for completion in reaped {
            if completion.token == pending.token {
                try goOn(after: completion)
            } else if completion.token == exchange.token {
                hasMessage = !hasMessage && completion.error == nil
                exchange = try backend.submit(
                    Submission(.message(hasMessage ? .send(datagrams, message.region) : .receive(datagrams, message.region))))
            }
        }
    }

    /// Whatever fails ends the connection.
    private mutating func goOn(after completion: Completion) throws {
        switch step {
        case .accept:
            stream = backend.handle(madeBy: completion)
            step = stream == nil ? .accept : .receive
        case .receive: step = completion.result == 8 ? .send : .close
        case .send: step = completion.result == 8 ? .receive : .close
        case .close: step = .accept
        }
        pending = try backend.submit(Submission(next))
    }

    private var next: Operation {
        guard let stream, step != .accept else { return .stream(.accept(listener)) }
        return switch step {
        case .send: .stream(.send(stream, from: bytes.region))
        case .close: .control(.close(stream))
        case .accept, .receive: .stream(.receiveExactly(stream, into: bytes.region))
        }
    }
}
