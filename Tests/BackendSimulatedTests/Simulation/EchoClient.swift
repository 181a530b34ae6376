// A client that is written straight on: it asks again until it is answered.

import IOSpec

/// Sends numbers to an ``EchoServer``, and notes them in a file when they come back.
struct EchoClient<Backend: IOBackend & ~Copyable>: ~Copyable {
    struct WrongAnswer: Error {}

    private var worker: Worker<Backend>
    private let server: LentMemory
    private let family: SocketAddress.Family
    private let file: Handle
    private let datagrams: Handle
    private var noted: Int64 = 0

    init(_ backend: consuming Backend, of server: SocketAddress, notingIn name: String, isAsking: Bool = false) throws {
        var worker = Worker(backend, isAsking: isAsking)
        let address = LentMemory(holding: server)
        let root = try worker.acquire(.directory(name: "/", unconfined: false))
        let file = try worker.open(name, beneath: root, [.writing, .creating])
        let datagrams = try worker.acquire(.datagram(server.family, at: nil))
        try worker.perform(.stream(.connect(datagrams, to: address.region)))
        self.file = file
        self.datagrams = datagrams
        self.server = address
        family = server.family
        self.worker = worker
    }

    /// Sends a number over a stream, and again when that breaks.
    mutating func ask(_ number: UInt8) throws {
        while true {
            do {
                try askOnce(number)
                return try note(number)
            } catch is IOError {
                try worker.perform(.time(.timer(worker.after(milliseconds: 1))))
            }
        }
    }

    private mutating func askOnce(_ number: UInt8) throws {
        let stream = try worker.acquire(.stream(family))
        let memory = LentMemory([UInt8](repeating: number, count: 8))
        do {
            try worker.perform(.stream(.connect(stream, to: server.region)), deadline: worker.after(milliseconds: 50))
            try worker.perform(.stream(.send(stream, from: memory.region)))
            let moved = try worker.perform(
                .stream(.receiveExactly(stream, into: memory.region)), deadline: worker.after(milliseconds: 50))
            if moved < 8 { throw IOError(.connectionReset) }
        } catch let error as IOError {
            try worker.perform(.control(.close(stream)))
            throw error
        }
        try worker.perform(.control(.close(stream)))
        if memory.bytes != [UInt8](repeating: number, count: 8) { throw WrongAnswer() }
    }

    private mutating func note(_ number: UInt8) throws {
        do { try worker.write([number], to: file, at: noted) } catch let error as IOError where error.cause == .noSpace { return }
        noted += 1
    }

    /// Sends a datagram, and waits for the answer for a while; whether it came.
    mutating func tryDatagram(_ number: UInt8) throws -> Bool {
        let message = LentMessage([number])
        defer { withExtendedLifetime(message) {} }
        do {
            try worker.perform(.message(.send(datagrams, message.region)))
            try worker.perform(.message(.receive(datagrams, message.region)), deadline: worker.after(milliseconds: 20))
            return true
        } catch is IOError {
            return false
        }
    }
}
