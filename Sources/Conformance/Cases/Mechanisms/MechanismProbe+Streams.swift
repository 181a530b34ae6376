// What operations on streams, pipes, listeners and messages are tried with, and those that only wait.

import IOSpec

extension MechanismProbe {
    /// A byte that comes only afterwards.
    static func receives(_ c: CaseContext, _ receive: (Handle, MemoryRegion) -> StreamOperation) throws -> [Sample] {
        let pipe = try c.pipe()
        return [.waiting(.stream(receive(pipe.first, c.buffer(1).region))) { _ in try sendByte(c, to: pipe.second) }]
    }

    /// One byte for an empty pipe, and more than any pipe holds.
    static func sends(_ c: CaseContext, _ send: (Handle, MemoryRegion) -> StreamOperation) throws -> [Sample] {
        let pipe = try c.pipe()
        let much = c.buffer(4 << 20).region
        return [
            .ready(.stream(send(pipe.second, c.buffer([1]).region))),
            .waiting(.stream(send(pipe.second, much))) { _ in _ = try c.receiveAll(1 + much.count, from: pipe.first) },
        ]
    }

    /// Between pipes, from a file, and to a stream.
    @Sendable static func splices(_ c: CaseContext) throws -> [Sample] {
        let (source, sink) = (try c.pipe(), try c.pipe())
        let splice = { (from: Handle, to: Handle) in Operation.stream(.splice(from: from, to: to, count: 1, at: 0)) }
        let (stream, file) = (try c.streamPair().first, try file(c))
        return [
            .waiting(splice(source.first, sink.second)) { _ in try sendByte(c, to: source.second) },
            Sample.ready(splice(file, sink.second)).special,
            Sample.waiting(splice(source.first, stream)) { _ in try sendByte(c, to: source.second) }.special,
        ]
    }

    @Sendable static func multishotReceive(_ c: CaseContext) throws -> [Sample] {
        // Where it is unsupported there is no pool to name.
        if c.mechanism(of: .receiveMultishot) == .unsupported { return [] }
        let pipe = try c.pipe()
        let pool = try c.pool(4, each: 64).pool
        return [
            .waiting(.stream(.receiveMultishot(pipe.first, pool))) { id in
                try sendByte(c, to: pipe.second)
                _ = try c.reapShots(1, of: id)
                c.cancel(id)
            }
        ]
    }

    // MARK: Connections

    static func connecting(_ c: CaseContext, to address: SocketAddress) throws -> Operation {
        .stream(.connect(try c.stream(), to: c.address(address)))
    }

    /// To a listener that has room, and to one that has none yet.
    @Sendable static func connects(_ c: CaseContext) throws -> [Sample] {
        let full = try c.listener(.local, backlog: 0)
        let filled = try c.fillBacklog(of: full.address)
        c.cancel(filled.connect)
        _ = try c.complete(filled.connect)
        let waiting = Operation.stream(.connect(try c.stream(.local), to: c.address(full.address)))
        return [
            .ready(try connecting(c, to: c.listener().address)),
            Sample.waiting(waiting) { _ in try c.submit(.stream(.accept(full.handle))) }.special,
        ]
    }

    @Sendable static func accept(_ c: CaseContext) throws -> [Sample] {
        let listener = try c.listener()
        let connect = try connecting(c, to: listener.address)
        return [.waiting(.stream(.accept(listener.handle))) { _ in try c.submit(connect) }]
    }

    @Sendable static func multishotAccept(_ c: CaseContext) throws -> [Sample] {
        let listener = try c.listener()
        let connect = try connecting(c, to: listener.address)
        return [
            .waiting(.stream(.acceptMultishot(listener.handle))) { id in
                try c.submit(connect)
                _ = try c.reapShots(1, of: id)
                c.cancel(id)
            }
        ]
    }

    // MARK: Messages

    /// A message of one byte, or room for one.
    static func message(_ c: CaseContext) -> MemoryRegion {
        let memory = c.buffer(MemoryLayout<Message>.size)
        memory.store(Message(c.segments([c.buffer([1]).region])))
        return memory.region
    }

    /// A packet, and a datagram to a name whose receiver has no room yet.
    @Sendable static func messageSends(_ c: CaseContext) throws -> [Sample] {
        let receiver = try c.datagram(.local)
        let sender = try c.acquire(.datagram(.local, at: nil))
        let filled = try c.fillMessages(over: sender, to: receiver.address)
        c.cancel(filled.waiting)
        _ = try c.complete(filled.waiting)
        let waiting = Operation.message(.send(sender, c.outgoing([1], to: receiver.address).region))
        let receive = Operation.message(.receive(receiver.handle, c.incoming().region))
        return [
            .ready(.message(.send(try c.acquire(pair: .packets).first, message(c)))),
            Sample.waiting(waiting) { _ in try c.submit(receive) }.special,
        ]
    }

    @Sendable static func messageReceive(_ c: CaseContext) throws -> [Sample] {
        let pair = try c.acquire(pair: .packets)
        let send = Operation.message(.send(pair.second, message(c)))
        return [.waiting(.message(.receive(pair.first, message(c)))) { _ in try c.submit(send) }]
    }

    // MARK: Waiting

    @Sendable static func readiness(_ c: CaseContext) throws -> [Sample] {
        let pipe = try c.pipe()
        return [.waiting(.watch(.readiness(pipe.first, .receiving))) { _ in try sendByte(c, to: pipe.second) }]
    }

    @Sendable static func multishotReadiness(_ c: CaseContext) throws -> [Sample] {
        let pipe = try c.pipe()
        return [
            .waiting(.watch(.readinessMultishot(pipe.first, .receiving))) { id in
                try sendByte(c, to: pipe.second)
                _ = try c.reapShots(1, of: id)
                c.cancel(id)
            }
        ]
    }

    /// A process that ends by itself.
    static func child(_ c: CaseContext) throws -> Handle {
        try c.acquire(.process(number: ChildProcess.spawn("/bin/sh", ["-c", "exit 0"], passing: [:])))
    }

    private static func sendByte(_ c: CaseContext, to handle: Handle) throws {
        try c.submit(.stream(.send(handle, from: c.buffer([1]).region)))
    }
}
