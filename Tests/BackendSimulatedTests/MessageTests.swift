// Messages between hosts of one world, and what they pass on one host.

import BackendSimulated
import IOSpec
import Testing

@Suite struct MessageTests {
    @Test func `a datagram brings the address of the host that sent it, and is lost now and then`() throws {
        var settings = SimulationSettings()
        settings.rates.lostDatagrams = 500_000
        let world = SimulatedWorld(seed: 5, settings: settings)
        let other = world.makeHost(named: "other")
        let receiver = try MessageProgram(on: world.firstHost, at: world.firstHost.internetAddress(port: 9))
        let sender = try MessageProgram(on: other, at: .internet4(0, 0, 0, 0, port: 10))
        for number in UInt8(0)..<40 { try sender.send([number], to: world.firstHost.internetAddress(port: 9)) }
        var arrived: [UInt8] = []
        while let (bytes, address) = try receiver.receive() {
            arrived += bytes
            let sender = try #require(address)
            #expect((0..<4).map { sender.bytes[$0] } == [10, 0, 0, 2])
            #expect(sender.port == 10)
        }
        #expect(!arrived.isEmpty && arrived.count < 40)
        #expect(Set(arrived).count == arrived.count)
    }

    @Test func `what goes to the loopback reaches this host alone`() throws {
        let world = SimulatedWorld(seed: 6)
        let other = world.makeHost(named: "other")
        let here = try MessageProgram(on: world.firstHost, at: .loopback4(port: 9))
        let there = try MessageProgram(on: other, at: .loopback4(port: 9))
        try there.send([1], to: .loopback4(port: 9))
        #expect(try there.receive()?.bytes == [1])
        #expect(try here.receive() == nil)
        #expect(throws: IOError(.addressNotAvailable)) { try MessageProgram(on: other, at: world.firstHost.internetAddress(port: 11)) }
    }

    @Test func `a crash of a host breaks its connections, and fails what its programs do`() throws {
        let world = SimulatedWorld(seed: 7)
        let other = world.makeHost(named: "other")
        let server = try StreamProgram(on: world.firstHost)
        let client = try StreamProgram(on: other)
        let listener = try server.acquire(.listener(at: world.firstHost.internetAddress(port: 80), backlog: 4))
        let accept = try server.submit(.stream(.accept(listener)))
        let stream = try client.acquire(.stream(.internet4))
        try client.perform(.stream(.connect(stream, to: client.region(world.firstHost.internetAddress(port: 80)))))
        let served = try server.handle(madeBy: accept)
        world.firstHost.crash()
        #expect(try server.failure(of: .stream(.send(served, from: server.region([1])))) == .noDevice)
        #expect(try client.failure(of: .stream(.receive(stream, into: client.region([0])))) == .connectionReset)
        let again = try StreamProgram(on: world.firstHost)
        _ = try again.acquire(.listener(at: world.firstHost.internetAddress(port: 80), backlog: 4))
    }
}
