// Multishot operations that race with their cancels.

import IOSpec

enum MultishotRaceCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "multishot.conserves.receives", proves: "multishot.conserves", "cancel.race",
            title: "Sends race with cancels of multishot receives", kind: .stochastic(iterations: 1000), timeLimit: 60, body: receiveRaces),
        ConformanceCase.family(
            "multishot.conserves.deadlines", proves: "multishot.conserves", "time.deadline-race",
            title: "Sends race with deadlines of multishot receives", kind: .stochastic(iterations: 300), timeLimit: 60, body: deadlineRaces
        ),
        [
            ConformanceCase(
                "multishot.conserves.connections", proves: "multishot.conserves", "cancel.race", "shutdown.releases",
                title: "Connections race with cancels of multishot accepts", kind: .stochastic(iterations: 10_000),
                requires: .localStreams, timeLimit: 120, body: acceptRaces),
            ConformanceCase(
                "multishot.conserves.internet-connections", proves: "multishot.conserves", "cancel.race",
                title: "Connections over the internet protocol race with cancels of multishot accepts", kind: .stochastic(iterations: 300),
                requires: .internetStreams, timeLimit: 60
            ) { try acceptRaces($0, .internet4) },
            ConformanceCase(
                "multishot.conserves.unreaped", proves: "multishot.conserves",
                title: "Connections that were there before a cancel, and found no room, are given or wait",
                requires: .localStreams,
                configuration: BackendConfiguration(operations: 4, handles: 64), body: unreapedConnections),
        ])

    private static func receiveRaces(_ c: CaseContext, _ kind: StreamKind) throws {
        try races(c, kind, endedBy: .cancelled, deadline: { .never }) { round, receive in
            if round % 3 == 0 { try c.turn() }
            c.spin()
            c.cancel(receive)
        }
    }

    private static func deadlineRaces(_ c: CaseContext, _ kind: StreamKind) throws {
        func soon() -> Instant { c.now.advanced(byNanoseconds: Int64.random(in: 0...300_000, using: &c.random)) }
        try races(c, kind, endedBy: .timedOut, deadline: soon) { _, _ in }
    }

    /// Each round sends some bytes while its receive is ended; all bytes are in buffers or left in the stream, in order.
    private static func races(
        _ c: CaseContext, _ kind: StreamKind, endedBy cause: IOError.Cause, deadline: () -> Instant,
        end: (_ round: Int, OperationID) throws -> Void
    ) throws {
        let (sender, receiver) = try c.ends(kind)
        let whole = c.pattern(c.iterations * 60, seed: 1)
        let buffers = try PooledBuffers(c, 8, each: 16)
        var received: [UInt8] = []
        var sent = 0
        for round in 0..<c.iterations {
            let id = try c.submit(buffers.receiving(from: receiver), deadline: deadline())
            if round % 2 == 0 { try c.turn() }
            let count = Int.random(in: 1...60, using: &c.random)
            let send = try c.submit(.stream(.send(sender, from: whole.region(sent, count))))
            sent += count
            try end(round, id)
            received += try ended(c, id, into: buffers, by: cause, "the receive of round \(round)")
            try c.expect(c.complete(send), moves: count, "the send of round \(round)")
        }
        try expectRest(c, received, of: whole.bytes(0, sent), from: receiver, after: sender)
    }

    /// What a receive brought that must have ended by `cause`, or by running out of buffers.
    private static func ended(_ c: CaseContext, _ id: OperationID, into buffers: PooledBuffers, by cause: IOError.Cause, _ what: String)
        throws -> [UInt8]
    {
        let (bytes, last) = try c.receiveAll(by: id, into: buffers)
        try c.expect(last, failsWithOneOf: [cause, .noBuffers], what, clause: "multishot.ends")
        return bytes
    }

    private static func expectRest(_ c: CaseContext, _ received: [UInt8], of sent: [UInt8], from receiver: Handle, after sender: Handle)
        throws
    {
        try c.close(sender)
        let rest = c.buffer(sent.count - received.count + 1)
        let left = rest.bytes(0, try c.receive(into: rest, from: receiver))
        try c.expectEqual(received + left, sent, "the bytes in buffers and the bytes left", clause: "multishot.conserves")
    }

    private static func unreapedConnections(_ c: CaseContext) throws {
        let listener = try c.listener(.local, backlog: 32)
        let peers = try (0..<20).map { tag in
            let peer = try c.surroundings.connect(to: listener.address)
            try peer.send([UInt8(tag)])
            return peer
        }
        let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
        // A backend may have taken more of them than there are slots, and has told of one.
        while c.shots(of: id).isEmpty { try c.reap(until: c.after(milliseconds: 100), capacity: 1) }
        try c.expectCancel(of: id, ends: "an accept that was cancelled")
        var servers = try c.shots(of: id).map { try c.handle(of: $0) }
        while servers.count < peers.count { try servers.append(c.handle(of: c.perform(.stream(.accept(listener.handle))))) }
        try c.expectEqual(
            servers.flatMap { try c.receive(1, from: $0) }, Array(0..<20), "the connections, each once and in order",
            clause: "multishot.conserves")
    }

    private static func acceptRaces(_ c: CaseContext) throws { try acceptRaces(c, .local) }

    private static func acceptRaces(_ c: CaseContext, _ family: SocketAddress.Family) throws {
        let listener = try c.listener(family)
        let address = c.address(listener.address)
        let first = try c.connect(to: listener.address, acceptedBy: listener.handle)
        try c.close(first.client)
        try c.close(first.server)
        let before = try c.surroundings.openHandles().count
        for round in 0..<c.iterations {
            let client = try c.stream(family)
            let accept = try c.submit(.stream(.acceptMultishot(listener.handle)))
            if round % 3 != 0 { try c.turn() }
            let connect = try c.submit(.stream(.connect(client, to: address)))
            if round % 2 == 0 { try c.turn() }
            c.spin(upTo: 100)
            try c.expectCancel(of: accept, ends: "the accept of round \(round)")
            try c.expect(c.complete(connect), moves: 0, "the connect of round \(round)")
            let shots = c.shots(of: accept)
            try c.expect(shots.count <= 1, "one connection is given once (\(shots.count) in round \(round))", clause: "multishot.conserves")
            let server = try c.handle(of: shots.first ?? c.perform(.stream(.accept(listener.handle))))
            try c.close(client)
            try c.close(server)
        }
        try c.reap(until: "the end of every handle of the races (there were \(before) before)") {
            try c.surroundings.openHandles().count == before
        }
    }
}
