// Receives that race with what ends them early, while another thread sends.

import IOSpec

enum ReceiveRaceCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "race.cancel-receive", proves: "cancel.race", "stream.conservation", "buffer.owned-until-completion", over: PeeredStream.kinds,
            title: "A byte that another thread sends races with the cancel of its receive", kind: .stochastic(iterations: 600),
            timeLimit: 40
        ) { c, kind in
            try races(c, kind, challenger: "cancelled", cause: .cancelled) { receive in c.cancel(receive) }
        },
        ConformanceCase.family(
            "race.deadline-receive", proves: "time.deadline-race", "stream.conservation", "buffer.owned-until-completion",
            over: PeeredStream.kinds,
            title: "A byte that another thread sends races with the deadline of its receive", kind: .stochastic(iterations: 300),
            timeLimit: 40
        ) { c, kind in
            // The deadline has to lie ahead when the byte's way begins, or there is no race.
            try races(c, kind, challenger: "timed out", cause: .timedOut, deadline: 60_000) { _ in }
        })

    /// Each round sends one byte. It is received, or the receive has ended early and the byte is the next thing in the stream.
    private static func races(
        _ c: CaseContext, _ kind: StreamKind, challenger: String, cause: IOError.Cause, deadline: Int64? = nil,
        challenge: (OperationID) -> Void
    ) throws {
        let stream = try PeeredStream(c, kind)
        defer { stream.peer.close() }
        let partner = try RacePartner.sending(from: stream.peer)
        let memory = c.buffer(8)
        // Over the internet protocol a byte that was sent may still be on its way.
        let isImmediate = StreamKind.immediate.contains(kind)
        var wasThere = false
        try c.race(event: "received", challenger: challenger, with: partner) { number in
            memory.fill(with: 0xA5)
            let end = deadline.map { c.now.advanced(byNanoseconds: $0) } ?? .never
            let receive = try c.submit(.stream(.receive(stream.receiver, into: memory.region)), deadline: end)
            try c.turn()
            // Where this thread was held up the deadline may have come already, and there is no race.
            let isOpen = !c.isComplete(receive) && c.now < end
            return (receive: receive, byte: UInt8(truncatingIfNeeded: number), isOpen: isOpen)
        } challenge: { round in
            wasThere = isImmediate && round.isOpen && partner.hasFinished
            challenge(round.receive)
            _ = try c.complete(round.receive)
        } judge: { round, answer in
            if answer != 0 { throw HarnessProblem("the peer could not send") }
            let completion = try c.complete(round.receive)
            if completion.error == nil {
                try c.expect(completion, moves: 1, "a receive that won its race")
                try c.expectEqual(memory[0], round.byte, "the byte that it received", clause: "stream.conservation")
                return true
            }
            try c.expect(
                !wasThere, "a byte that was there first wins (the receive was \(challenger))",
                clause: cause == .timedOut ? "time.result-wins" : "cancel.result-wins")
            try c.expect(completion, failsWith: cause, "a receive that lost its race")
            try c.expectEqual(
                c.receive(8, from: stream.receiver), [round.byte], "what is left in the stream", clause: "stream.conservation")
            try c.expectUntouched(memory, "a receive that lost its race")
            return false
        }
    }
}
