// Streams between the hosts of a world, and waiting for them.

import BackendSimulated
import IOSpec
import Testing

@Suite struct StreamTests {
    @Test func `hosts reach each other at their addresses, after the time that the way takes`() throws {
        let (client, server, ends) = try connected(seed: 1)
        #expect(try server.peerAddress(of: ends.server).port == client.localAddress(of: ends.client).port)
        let start = client.now
        let memory = server.region([0, 0, 0])
        let receive = try server.submit(.stream(.receive(ends.server, into: memory)))
        server.reap(until: server.now.advanced(byNanoseconds: 100_000))
        let send = try client.submit(.stream(.send(ends.client, from: client.region([1, 2, 3]))))
        #expect(client.outcome(of: send)?.result == 3)
        #expect(server.outcome(of: receive)?.result == 3)
        #expect(server.bytes(of: memory, 3) == [1, 2, 3])
        #expect(client.now.nanoseconds - start.nanoseconds >= 20_000)
    }

    @Test func `where nobody listens a connect is refused, and without such a host unreachable`() throws {
        let world = SimulatedWorld(seed: 2)
        let other = world.makeHost(named: "other")
        let program = try StreamProgram(on: world.firstHost)
        let neighbour = try StreamProgram(on: other)
        let stream = try program.acquire(.stream(.internet4))
        let own = try neighbour.localAddress(of: neighbour.acquire(.listener(at: .loopback4(), backlog: 1)))
        for (address, cause) in [
            (other.internetAddress(port: 9), IOError.Cause.connectionRefused), (other.internetAddress(port: own.port), .connectionRefused),
            (.internet4(10, 0, 9, 9, port: 9), .unreachable),
        ] {
            #expect(try program.failure(of: .stream(.connect(stream, to: program.region(address)))) == cause)
        }
        #expect(throws: IOError(.addressNotAvailable)) { try program.acquire(.listener(at: other.internetAddress(), backlog: 1)) }
    }

    @Test func `a peer that has closed is found out by the first send, and met by the next one`() throws {
        let (client, server, ends) = try connected(seed: 3)
        try server.perform(.control(.close(ends.server)))
        #expect(try client.receive(1, from: ends.client) == [])
        #expect(try client.send([1], to: ends.client) == 1)
        #expect(try client.failure(of: .stream(.send(ends.client, from: client.region([1])))) == .brokenPipe)
        #expect(try client.receive(1, from: ends.client) == [])
    }

    @Test func `a peer that closes with bytes unread breaks the connection, which stays so`() throws {
        let (client, server, ends) = try connected(seed: 4)
        _ = try client.send([1, 2, 3], to: ends.client)
        try server.perform(.control(.close(ends.server)))
        for _ in 0..<2 {
            #expect(try client.failure(of: .stream(.receive(ends.client, into: client.region([0])))) == .connectionReset)
        }
    }

    @Test func `an end that was shut both ways is reset by what its peer still sends`() throws {
        let (client, server, ends) = try connected(seed: 6)
        try server.perform(.stream(.shutDown(ends.server, .both)))
        let wait = Operation.watch(.readiness(ends.server, .peerFinished))
        #expect(try server.perform(wait) == Int(Readiness([.peerFinished, .hangUp]).rawValue))
        #expect(try client.send([1], to: ends.client) == 1)
        #expect(try server.perform(wait) == Int(Readiness([.peerFinished, .failed, .hangUp]).rawValue))
        #expect(try server.failure(of: .stream(.receive(ends.server, into: server.region([0])))) == .connectionReset)
        let untold = Operation.watch(.readiness(ends.client, .peerFinished))
        #expect(try client.perform(untold) == Int(Readiness([.peerFinished, .failed, .hangUp]).rawValue))
        #expect(try client.failure(of: .stream(.send(ends.client, from: client.region([1])))) == .brokenPipe)
        #expect(try client.perform(untold) == Int(Readiness([.peerFinished, .hangUp]).rawValue))
    }

    @Test func `a listener that closes breaks the connections that nobody accepted`() throws {
        let world = SimulatedWorld(seed: 5)
        let program = try StreamProgram(on: world.firstHost)
        for address in [SocketAddress.loopback4(), try #require(.localAbstract("name".utf8))] {
            let listener = try program.acquire(.listener(at: address, backlog: 1))
            let stream = try program.acquire(.stream(address.family))
            try program.perform(.stream(.connect(stream, to: program.region(program.localAddress(of: listener)))))
            try program.perform(.control(.close(listener)))
            #expect(try program.failure(of: .stream(.receive(stream, into: program.region([0])))) == .connectionReset)
        }
    }

    @Test func `transfers that are cut short lose nothing, and a seed decides about each`() throws {
        var settings = SimulationSettings()
        settings.rates.shortTransfers = 700_000
        let digests = try [UInt64](arrayLiteral: 7, 7, 8).map { seed in
            let (client, server, ends) = try connected(seed: seed, settings)
            let sent = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
            let send = try client.submit(.stream(.send(ends.client, from: client.region(sent))))
            let memory = server.region([UInt8](repeating: 0, count: sent.count))
            let receive = try server.submit(.stream(.receiveExactly(ends.server, into: memory)))
            // Both work on the one transfer in turns, since neither has room for all of it.
            var count: Int?
            for _ in 0..<5000 where count == nil {
                client.reap(until: client.now.advanced(byNanoseconds: 100_000))
                server.reap(until: server.now.advanced(byNanoseconds: 100_000))
                count = server.result(of: receive)
            }
            #expect(count == sent.count)
            #expect(server.bytes(of: memory, sent.count) == sent)
            #expect(client.outcome(of: send)?.result == 300_000)
            return ends.world.traceDigest
        }
        #expect(digests[0] == digests[1])
        #expect(digests[0] != digests[2])
    }

    @Test func `a lasting wait tells each change once, and nothing while nothing changes`() throws {
        let world = SimulatedWorld(seed: 9)
        let program = try StreamProgram(on: world.firstHost)
        let pipe = try program.acquire(pair: .pipe)
        let watch = try program.submit(.watch(.readinessMultishot(pipe.first, .receiving)))
        #expect(program.shots(of: watch) == [])
        let receiving = Int32(Readiness.receiving.rawValue)
        for round in 1...3 {
            #expect(try program.send([1, 2], to: pipe.second) == 2)
            #expect(program.shots(of: watch) == [Int32](repeating: receiving, count: round))
            #expect(try program.receive(2, from: pipe.first) == [1, 2])
        }
        #expect(program.shots(of: watch).count == 3)
        try program.perform(.control(.close(pipe.second)))
        #expect(program.shots(of: watch).last == Int32(Readiness.hangUp.rawValue))
    }

    // MARK: Surroundings

    /// Two programs on two hosts, and a connection between them.
    private func connected(seed: UInt64, _ settings: SimulationSettings = SimulationSettings()) throws -> (
        client: StreamProgram, server: StreamProgram, ends: (client: Handle, server: Handle, world: SimulatedWorld)
    ) {
        let world = SimulatedWorld(seed: seed, settings: settings)
        let host = world.makeHost(named: "server")
        let (client, server) = (try StreamProgram(on: world.firstHost), try StreamProgram(on: host))
        let listener = try server.acquire(.listener(at: host.internetAddress(), backlog: 1))
        let stream = try client.acquire(.stream(.internet4))
        let accept = try server.submit(.stream(.accept(listener)))
        try client.perform(.stream(.connect(stream, to: client.region(server.localAddress(of: listener)))))
        return (client, server, (stream, try server.handle(madeBy: accept), world))
    }
}
