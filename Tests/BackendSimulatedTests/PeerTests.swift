// Peers of simulated programs that are no programs.

import BackendSimulated
import IOSpec
import Testing

@Suite struct PeerTests {
    private let world = SimulatedWorld(seed: 1)
    private let program: StreamProgram

    init() throws {
        program = try StreamProgram(on: world.firstHost)
    }

    /// A connection that was accepted, and its peer.
    private func connected() throws -> (peer: SimulatedPeer, stream: Handle) {
        let listener = try program.acquire(.listener(at: .loopback4(), backlog: 1))
        let peer = try world.firstHost.connect(to: program.localAddress(of: listener))
        return (peer, try program.handle(madeBy: program.submit(.stream(.accept(listener)))))
    }

    @Test func `a peer sends and receives at once, and sees the end`() throws {
        let (peer, stream) = try connected()
        try peer.send([1, 2])
        #expect(try program.receive(4, from: stream) == [1, 2])
        #expect(try peer.receive(4) == nil)
        #expect(try program.send([3], to: stream) == 1)
        #expect(try peer.receive(4) == [3])
        try program.perform(.control(.close(stream)))
        #expect(try peer.receive(4) == [])
    }

    @Test func `a peer sends all or nothing`() throws {
        let (peer, stream) = try connected()
        #expect(throws: IOError(.outOfResources)) { try peer.send([UInt8](repeating: 1, count: 1 << 22)) }
        peer.close()
        #expect(throws: IOError(.badHandle)) { try peer.send([1]) }
        #expect(try program.receive(4, from: stream) == [])
    }

    @Test func `a peer that resets its connection ends a receive that waits, and every later one`() throws {
        let (peer, stream) = try connected()
        let receive = try program.submit(.stream(.receive(stream, into: program.region([0]))))
        #expect(program.outcome(of: receive) == nil)
        peer.reset()
        #expect(program.outcome(of: receive)?.error?.cause == .connectionReset)
        #expect(throws: IOError(.connectionReset)) { try program.receive(1, from: stream) }
    }

    @Test func `a peer that is let go closes`() throws {
        let stream = try connected().stream
        #expect(try program.receive(4, from: stream) == [])
    }

    @Test func `a named pipe that a peer has open both ways lets either end be opened`() throws {
        try world.firstHost.makeNamedPipe(at: "/p")
        let root = try program.acquire(.directory(name: "/", unconfined: true))
        let open = try program.open("p", beneath: root, .reading)
        #expect(program.outcome(of: open) == nil)
        let peer = try world.firstHost.openNamedPipe(at: "/p")
        let reader = try program.handle(madeBy: open)
        try peer.send([1])
        #expect(try program.receive(4, from: reader) == [1])
        let writer = try program.handle(madeBy: program.open("p", beneath: root, .writing))
        #expect(try program.send([2], to: writer) == 1)
        #expect(try peer.receive(4) == [2])
    }
}
