// Numbers that are used again, of descriptors and of operations, while something still comes for the old ones.

import IOSpec

enum HandleRaceCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "race.number-reused", proves: "handle.stale", "close.cancels", "stream.conservation", over: [.internet, .local],
            title: "A byte for a stream that is being closed never reaches the next stream", kind: .stochastic(iterations: 150),
            timeLimit: 40, body: closes),
        [
            ConformanceCase(
                "race.cancel-stale", proves: "cancel.harmless", "completion.identity",
                title: "A cancel that comes late never reaches the next operation in the same slot", kind: .stochastic(iterations: 1000),
                requires: .localStreams, timeLimit: 40, configuration: .init(operations: 2, handles: 16),
                body: staleCancels)
        ])

    private static func closes(_ c: CaseContext, _ kind: StreamKind) throws {
        let peers = PeerBox()
        let partner = try RacePartner { _ in peers.current?.sendByte(1) == true ? 0 : -1 }
        let canary = c.buffer(8)
        try c.race(event: "received", challenger: "cancelled", with: partner) { _ in
            canary.fill(with: 0xA5)
            let old = try PeeredStream(c, kind)
            peers.current = old.peer
            let receive = try c.submit(.stream(.receive(old.receiver, into: canary.region)))
            try c.turn()
            return (old: old, receive: receive)
        } challenge: { round in
            try c.close(round.old.receiver)
        } judge: { round, _ in
            let next = try PeeredStream(c, kind)
            defer { next.peer.close() }
            let completion = try c.complete(round.receive)
            if completion.error == nil {
                try c.expect(completion, moves: 1, "a receive that won against a close")
                try c.expectEqual(canary[0], 1, "the byte that it received")
            } else {
                try c.expect(completion, failsWith: .cancelled, "a receive of a stream that was closed")
                try c.expectUntouched(canary, "a receive of a stream that was closed")
            }
            try next.peer.send([2])
            try c.expectEqual(c.receive(8, from: next.receiver), [2], "what the next stream carries", clause: "handle.stale")
            try c.close(next.receiver)
            round.old.peer.close()
            return completion.error == nil
        }
    }

    private static func staleCancels(_ c: CaseContext) throws {
        let stream = try PeeredStream(c, .local)
        defer { stream.peer.close() }
        let partner = try RacePartner.sending(from: stream.peer)
        let memory = c.buffer(8)
        try c.race(event: "bytes before the cancel", challenger: "bytes after the cancel", with: partner) { _ in
            let over = try c.submit(.control(.nop))
            _ = try c.complete(over)
            let receive = try c.submit(.stream(.receive(stream.receiver, into: memory.region)))
            try c.turn()
            return (over: over, receive: receive, wasEarly: EarlyFlag())
        } challenge: { round in
            try c.turn()
            round.wasEarly.isSet = c.isComplete(round.receive)
            c.cancel(round.over)
            try c.turn()
        } judge: { round, _ in
            try c.expect(c.complete(round.receive), moves: 1, "a receive beside a cancel of what is over", clause: "cancel.harmless")
            return round.wasEarly.isSet
        }
    }

    /// Whether bytes were there before the cancel.
    private final class EarlyFlag {
        var isSet = false
    }
}
