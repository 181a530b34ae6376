// Operations that make a descriptor, and race with their cancel: what was made is delivered or closed.

import Glibc
import IOSpec

enum AcceptRaceCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "race.cancel-accept", proves: "stream.accept-race", "cancel.race", at: [.internet4, .local],
            title: "A connection that another thread makes races with the cancel of its accept", kind: .stochastic(iterations: 300),
            requires: .nativeSystem, timeLimit: 40, body: accepts),
        [
            ConformanceCase(
                "race.cancel-open", proves: "path.named-pipe-cancel", "cancel.race",
                title: "The peer of a named pipe races with the cancel of its open", kind: .stochastic(iterations: 200),
                requires: [.files, .namedPipes, .nativeSystem], timeLimit: 40, body: opens)
        ])

    private static func accepts(_ c: CaseContext, _ family: SocketAddress.Family) throws {
        let listener = try c.listener(family)
        let address = listener.address
        let partner = try RacePartner { _ in (try? NativeSocket.connectedDescriptor(to: address)) ?? -1 }
        // What a backend keeps from its first connection on is there before the races.
        let first = try c.connect(to: address, acceptedBy: listener.handle)
        try c.close(first.client)
        try c.close(first.server)
        let before = try Native.openDescriptors().count
        try c.race(event: "accepted", challenger: "cancelled", with: partner) { _ in
            let accept = try c.submit(.stream(.accept(listener.handle)))
            try c.turn()
            return accept
        } challenge: { accept in
            c.cancel(accept)
            _ = try c.complete(accept)
        } judge: { accept, client in
            if client < 0 { throw HarnessProblem("the peer could not connect") }
            defer { Native.close(client) }
            let completion = try c.complete(accept)
            if completion.error != nil { try c.expect(completion, failsWith: .cancelled, "an accept that lost its race") }
            // The connection of an accept that was cancelled waits for the next one.
            let server = try c.handle(of: completion.error == nil ? completion : c.perform(.stream(.accept(listener.handle))))
            try Native.write([UInt8(truncatingIfNeeded: client)], to: client)
            try c.expectEqual(c.receive(4, from: server), [UInt8(truncatingIfNeeded: client)], "what the connection carries")
            try c.close(server)
            return completion.error == nil
        }
        try expectDescriptors(c, before)
    }

    private static func opens(_ c: CaseContext) throws {
        try Native.makeNamedPipe(at: c.nativePath("p"))
        let path = try c.nativePath("p")
        // Open both ways the system's end never waits, and is a peer all the same.
        let partner = try RacePartner { _ in (try? Native.openDescriptor(path, flags: O_RDWR)) ?? -1 }
        _ = try c.directory
        let before = try Native.openDescriptors().count
        try c.race(event: "opened", challenger: "cancelled", with: partner) { _ in
            let open = try c.submit(c.opening("p", .reading))
            try c.turn()
            return open
        } challenge: { open in
            c.cancel(open)
            _ = try c.complete(open)
        } judge: { open, peer in
            if peer < 0 { throw HarnessProblem("the peer could not open the named pipe") }
            defer { Native.close(peer) }
            let completion = try c.complete(open)
            if completion.error != nil {
                try c.expect(completion, failsWith: .cancelled, "an open that lost its race")
                return false
            }
            let reader = try c.handle(of: completion)
            try Native.write([7], to: peer)
            try c.expectEqual(c.receive(4, from: reader), [7], "what the named pipe carries")
            try c.close(reader)
            return true
        }
        try expectDescriptors(c, before)
    }

    /// Descriptors made are descriptors delivered and closed again, once what was given up has come to its end.
    private static func expectDescriptors(_ c: CaseContext, _ before: Int) throws {
        try c.reap(until: "the end of every descriptor of the races (there were \(before) before)") {
            try Native.openDescriptors().count == before
        }
    }
}
