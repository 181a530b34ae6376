// Half-close, peers that are gone, and streams that broke.

import IOSpec

enum StreamEndCases {
    static let all: [ConformanceCase] = halves + brokenPipes + resets

    // MARK: Halves

    private static let halves: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("stream.half-close-peer", proves: "stream.half-close", over: StreamKind.twoWay) { c, kind in
            let (near, far) = try c.ends(kind)
            try c.succeed(.stream(.shutDown(far, .sending)))
            try c.expectEqual(c.receive(8, from: near), [], "what comes after the peer's end")
            try c.expectFlow(from: near, to: far)
            try c.expectEqual(c.receive(8, from: near), [], "what comes after the peer's end, still")
        },
        ConformanceCase.family("stream.half-close-own", proves: "stream.half-close", over: StreamKind.twoWay) { c, kind in
            let (near, far) = try c.ends(kind)
            let memory = c.buffer(100)
            let pending = try c.submit(.stream(.receive(near, into: memory.region)))
            try c.succeed(.stream(.shutDown(near, .sending)))
            try c.expectEqual(c.receive(8, from: far), [], "what the peer sees after the end")
            try c.expectPending(pending)
            try c.send([1, 2], to: far)
            try c.expect(c.complete(pending), moves: 2, "the receive that was pending over the half-close")
            try c.expectFlow(from: far, to: near)
        },
        ConformanceCase.family("stream.shutdown-receiving", proves: "stream.shutdown-receiving", over: StreamKind.twoWay) { c, kind in
            let (near, _) = try c.ends(kind)
            let memory = c.buffer(16)
            let receives = try (0..<2).map { try c.submit(.stream(.receive(near, into: memory.region($0 * 8, 8)))) }
            try c.expectPending(receives[0], receives[1])
            try c.succeed(.stream(.shutDown(near, .receiving)))
            for completion in try c.complete(receives) { try c.expect(completion, moves: 0, "a receive that was pending") }
            try c.expectEqual(c.receive(8, from: near), [], "what comes after the receiving half was shut down")
        },
        ConformanceCase.family(
            "stream.shutdown-receiving-sends", proves: "stream.half-close", over: StreamKind.twoWay,
            title: "Without its receiving half a stream still sends"
        ) { c, kind in
            let (near, far) = try c.ends(kind)
            try c.succeed(.stream(.shutDown(near, .receiving)))
            try c.expectFlow(from: near, to: far)
        },
        ConformanceCase.family(
            "stream.shutdown-both", proves: "stream.half-close", "stream.shutdown-receiving", "stream.broken-pipe", over: StreamKind.twoWay
        ) { c, kind in
            let (near, far) = try c.ends(kind)
            let memory = c.buffer(8)
            let receive = try c.submit(.stream(.receive(near, into: memory.region)))
            try c.expectPending(receive)
            try c.succeed(.stream(.shutDown(near, .both)))
            try c.expect(c.complete(receive), moves: 0, "the receive that was pending")
            try c.expectEqual(c.receive(8, from: far), [], "what the peer sees")
            try c.fails(.stream(.send(near, from: memory.region)), with: .brokenPipe)
        })

    // MARK: Peers that are gone

    private static let brokenPipes: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "stream.broken-pipe-own", proves: "stream.broken-pipe", over: StreamKind.twoWay,
            title: "Sending after shutting down the sending half"
        ) { c, kind in
            let (near, far) = try c.ends(kind)
            try c.succeed(.stream(.shutDown(near, .sending)))
            for _ in 0..<2 { try c.fails(.stream(.send(near, from: c.buffer(4).region)), with: .brokenPipe) }
            try c.expectEqual(c.receive(8, from: far), [], "what the peer sees")
        },
        ConformanceCase.family("stream.broken-pipe-peer", proves: "stream.broken-pipe", title: "Sending to a peer that has closed") {
            c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.close(receiver)
            try expectBrokenPipe(c, sender)
        },
        ConformanceCase.family(
            "stream.broken-pipe-pending", proves: "stream.broken-pipe", "result.moved-is-reported",
            title: "A send that waits when its peer closes reports what it moved", timeLimit: 20
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.pattern(kind.overwhelming, seed: 1)
            let send = try c.submit(.stream(.send(sender, from: memory.region)))
            try c.expectPending(send, milliseconds: 50)
            try c.close(receiver)
            let moved = try c.complete(send).get()
            try c.expect(moved > 0 && moved < memory.count, "a send that was cut short says how much it moved (it says \(moved))")
            try c.expect(
                c.perform(.stream(.send(sender, from: memory.region(0, 4)))), failsWithOneOf: [.brokenPipe, .connectionReset],
                "the next send")
        },
        ConformanceCase.family(
            "stream.no-signal", proves: "stream.no-signal", "stream.broken-pipe",
            title: "Sending to a peer that is gone leaves the process alive, with SIGPIPE at its default",
            isolation: .childProcess
        ) { c, kind in
            Native.resetSignal(13)
            let (sender, receiver) = try c.ends(kind)
            try c.close(receiver)
            try expectBrokenPipe(c, sender)
            let large = c.buffer(100_000)
            try c.fails(.stream(.send(sender, from: large.region)), with: .brokenPipe)
        },
        ConformanceCase.family(
            "stream.no-signal-pending", proves: "stream.no-signal", title: "A send that waits when its peer closes raises no signal",
            isolation: .childProcess, timeLimit: 20
        ) { c, kind in
            Native.resetSignal(13)
            let (sender, receiver) = try c.ends(kind)
            let memory = c.buffer(kind.overwhelming)
            let sends = try (0..<2).map { _ in try c.submit(.stream(.send(sender, from: memory.region))) }
            try c.expectPending(sends[0], milliseconds: 50)
            try c.close(receiver)
            let completions = try c.complete(sends)
            try c.expect(completions[0].error == nil, "the first send says what it moved, and \(c.describe(completions[0]))")
            try c.expect(completions[1], failsWithOneOf: [.brokenPipe, .connectionReset], "the send behind it")
        })

    /// Sends until the peer's end is known, which over the internet protocol takes one send more.
    private static func expectBrokenPipe(_ c: CaseContext, _ sender: Handle) throws {
        let memory = c.buffer(4)
        try c.reap(until: "a send that fails, although the peer is gone") {
            let completion = try c.perform(.stream(.send(sender, from: memory.region)))
            if completion.error == nil { return false }
            try c.expect(completion, failsWith: .brokenPipe, "sending to a peer that is gone", clause: "stream.broken-pipe")
            return true
        }
        for _ in 0..<2 { try c.fails(.stream(.send(sender, from: memory.region)), with: .brokenPipe) }
    }

    // MARK: Streams that broke

    private static let resets: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "stream.reset-receive-first", proves: "stream.reset-sticky", over: StreamKind.twoWay,
            title: "The peer closes with unread data; a receive meets the reset first"
        ) { c, kind in
            let near = try breakByClosing(c, kind)
            let memory = c.buffer(8)
            for _ in 0..<3 { try c.fails(.stream(.receive(near, into: memory.region)), with: .connectionReset) }
            try c.fails(.stream(.send(near, from: memory.region)), with: .connectionReset)
            try c.fails(.stream(.receive(near, into: memory.region)), with: .connectionReset)
        },
        ConformanceCase.family(
            "stream.reset-cuts-short", proves: "stream.reset-sticky", "result.moved-is-reported", over: StreamKind.twoWay,
            title: "A reset that cuts a receive short is what the next one meets"
        ) { c, kind in
            let (near, far) = try c.ends(kind)
            try c.send([1], to: far)
            try c.send([2], to: near)
            let memory = c.buffer(8)
            let exact = try c.submit(.stream(.receiveExactly(near, into: memory.region(0, 2))))
            try c.close(far)
            try c.expect(c.complete(exact), moves: 1, "a receive that is cut short by a reset")
            for _ in 0..<2 { try c.fails(.stream(.receive(near, into: memory.region)), with: .connectionReset) }
        },
        ConformanceCase.family(
            "stream.reset-send-first", proves: "stream.reset-sticky", over: StreamKind.twoWay,
            title: "The peer closes with unread data, and a send is first: it fails, and then everything is connectionReset"
        ) { c, kind in
            let near = try breakByClosing(c, kind)
            let memory = c.buffer(8)
            // The internet protocol may deliver the reset a little later; on some systems a local send meets the peer's absence first.
            let causes: [IOError.Cause] = kind == .internet ? [.connectionReset] : [.connectionReset, .brokenPipe]
            try c.reap(until: "the reset") {
                let completion = try c.perform(.stream(.send(near, from: memory.region)))
                if completion.error == nil, kind == .internet { return false }
                try c.expect(completion, failsWithOneOf: causes, "the first send")
                return true
            }
            for _ in 0..<3 { try c.fails(.stream(.receive(near, into: memory.region)), with: .connectionReset) }
            try c.fails(.stream(.send(near, from: memory.region)), with: .connectionReset)
        },
        [
            ConformanceCase(
                "stream.reset-pending", proves: "stream.reset-sticky", title: "A reset meets pending receives",
                requires: .internetStreams, body: resetPending),
            ConformanceCase(
                "stream.reset-before-send", proves: "stream.reset-sticky", title: "A reset by the peer, and a send first",
                requires: .internetStreams
            ) { c in
                let (server, peer) = try peered(c)
                peer.reset()
                try c.reap(until: "the reset") { try c.perform(.stream(.send(server, from: c.buffer(4).region))).error != nil }
                let memory = c.buffer(4)
                for _ in 0..<2 { try c.fails(.stream(.receive(server, into: memory.region)), with: .connectionReset) }
                for _ in 0..<2 { try c.fails(.stream(.send(server, from: memory.region)), with: .connectionReset) }
            },
        ])

    /// A stream whose peer closed without reading what had been sent to it.
    private static func breakByClosing(_ c: CaseContext, _ kind: StreamKind) throws -> Handle {
        let (near, far) = try c.ends(kind)
        try c.send([1, 2, 3], to: near)
        try c.expectEqual(c.receive(1, from: far), [1], "the first byte, which shows that the others are there")
        try c.close(far)
        return near
    }

    private static func peered(_ c: CaseContext) throws -> (server: Handle, peer: any ConnectionPeer) {
        let listener = try c.listener()
        let peer = try c.surroundings.connect(to: listener.address)
        return (try c.handle(of: c.perform(.stream(.accept(listener.handle)))), peer)
    }

    private static func resetPending(_ c: CaseContext) throws {
        let (server, peer) = try peered(c)
        let memory = c.buffer(16)
        let receives = try (0..<2).map { try c.submit(.stream(.receive(server, into: memory.region($0 * 8, 8)))) }
        try c.expectPending(receives[0], receives[1])
        peer.reset()
        for completion in try c.complete(receives) { try c.expect(completion, failsWith: .connectionReset, "a receive that was pending") }
        for _ in 0..<2 { try c.fails(.stream(.receive(server, into: memory.region)), with: .connectionReset) }
        try c.fails(.stream(.send(server, from: memory.region)), with: .connectionReset)
    }
}
