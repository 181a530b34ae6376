// Operations that make a descriptor, and race with their cancel: what was made is delivered or closed.

import Glibc
import IOSpec

enum AcceptRaceCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "race.cancel-accept", proves: "stream.accept-race", "cancel.race", at: [.internet4, .local],
            title: "A connection that another thread makes races with the cancel of its accept", kind: .stochastic(iterations: 300),
            timeLimit: 40, body: accepts),
        [
            ConformanceCase(
                "race.cancel-open", proves: "path.named-pipe-cancel", "cancel.race",
                title: "The peer of a named pipe races with the cancel of its open", kind: .stochastic(iterations: 200),
                requires: [.files, .namedPipes], timeLimit: 40, body: opens)
        ])

    private static func accepts(_ c: CaseContext, _ family: SocketAddress.Family) throws {
        let listener = try c.listener(family)
        let address = listener.address
        let surroundings = c.surroundings
        let clients = PeerBox()
        let partner = try RacePartner { _ in
            clients.current = try? surroundings.connect(to: address)
            return 0
        }
        // What a backend keeps from its first connection on is there before the races.
        let first = try c.connect(to: address, acceptedBy: listener.handle)
        try c.close(first.client)
        try c.close(first.server)
        let before = try c.surroundings.openHandles().count
        try c.race(event: "accepted", challenger: "cancelled", with: partner) { _ in
            let accept = try c.submit(.stream(.accept(listener.handle)))
            try c.turn()
            return accept
        } challenge: { accept in
            c.cancel(accept)
            _ = try c.complete(accept)
        } judge: { accept, _ in
            guard let client = clients.take() else { throw HarnessProblem("the peer could not connect") }
            defer { client.close() }
            let completion = try c.complete(accept)
            if completion.error != nil { try c.expect(completion, failsWith: .cancelled, "an accept that lost its race") }
            // The connection of an accept that was cancelled waits for the next one.
            let server = try c.handle(of: completion.error == nil ? completion : c.perform(.stream(.accept(listener.handle))))
            let tag = UInt8.random(in: .min ... .max, using: &c.random)
            try client.send([tag])
            try c.expectEqual(c.receive(4, from: server), [tag], "what the connection carries")
            try c.close(server)
            return completion.error == nil
        }
        try expectHandles(c, before)
    }

    private static func opens(_ c: CaseContext) throws {
        try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
        let path = try c.nativePath("p")
        // Open both ways the other end never waits, and is a peer all the same.
        let surroundings = c.surroundings
        let peers = PeerBox()
        let partner = try RacePartner { _ in
            peers.current = try? surroundings.openNamedPipe(at: path)
            return 0
        }
        _ = try c.directory
        let before = try c.surroundings.openHandles().count
        try c.race(event: "opened", challenger: "cancelled", with: partner) { _ in
            let open = try c.submit(c.opening("p", .reading))
            try c.turn()
            return open
        } challenge: { open in
            c.cancel(open)
            _ = try c.complete(open)
        } judge: { open, _ in
            guard let peer = peers.take() else { throw HarnessProblem("the peer could not open the named pipe") }
            defer { peer.close() }
            let completion = try c.complete(open)
            if completion.error != nil {
                try c.expect(completion, failsWith: .cancelled, "an open that lost its race")
                return false
            }
            let reader = try c.handle(of: completion)
            try peer.send([7])
            try c.expectEqual(c.receive(4, from: reader), [7], "what the named pipe carries")
            try c.close(reader)
            return true
        }
        try expectHandles(c, before)
    }

    /// Descriptors made are descriptors delivered and closed again, once what was given up has come to its end.
    private static func expectHandles(_ c: CaseContext, _ before: Int) throws {
        try c.reap(until: "the end of every handle of the races (there were \(before) before)") {
            try c.surroundings.openHandles().count == before
        }
    }
}
