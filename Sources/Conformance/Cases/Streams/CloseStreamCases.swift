// Closing streams, pipes and listeners with operations in flight.

import IOSpec

enum CloseStreamCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "close.cancels-receives", proves: "close.cancels", title: "Close cancels what is pending and completes after it"
        ) {
            c, kind in
            let (_, receiver) = try c.ends(kind)
            let memory = c.buffer(12)
            let receives = try (0..<3).map { try c.submit(.stream(.receive(receiver, into: memory.region($0 * 4, 4)))) }
            try c.expectPending(receives[0], receives[1], receives[2])
            let close = try c.submit(.control(.close(receiver)))
            try c.expect(c.complete(close), moves: 0, "the close")
            for receive in receives {
                try c.expect(c.isComplete(receive), "each cancelled operation completes before the close")
                try c.expect(c.complete(receive), failsWith: .cancelled, "a receive of a stream that was closed")
            }
        },
        ConformanceCase.family(
            "close.cancels-send", proves: "close.cancels", "close.ends-stream", "result.moved-is-reported",
            title: "Close ends a send half-way; the peer gets what it moved, and then the end", timeLimit: 20
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.pattern(kind.overwhelming, seed: 1)
            let sends = try (0..<2).map { _ in try c.submit(.stream(.send(sender, from: memory.region))) }
            try c.expectPending(sends[0], milliseconds: 50)
            try c.expect(c.perform(.control(.close(sender))), moves: 0, "the close")
            let moved = try c.complete(sends[0]).get()
            try c.expect(moved > 0 && moved < memory.count, "a send that was cut short says how much it moved (it says \(moved))")
            try c.expect(c.complete(sends[1]), failsWith: .cancelled, "the send behind it")
            try c.expectRest(moved, seed: 1, from: receiver)
        },
        ConformanceCase.family(
            "close.ends-stream", proves: "close.ends-stream", over: StreamKind.twoWay,
            title: "The peer sees the end at once, although a receive was pending"
        ) { c, kind in
            let (near, far) = try c.ends(kind)
            let memory = c.buffer(16)
            let pending = try c.submit(.stream(.receive(near, into: memory.region(0, 8))))
            let watching = try c.submit(.stream(.receive(far, into: memory.region(8, 8))))
            try c.expectPending(pending, watching)
            try c.close(near)
            try c.expect(c.complete(watching), moves: 0, "the peer's receive")
            try c.expect(c.complete(pending), failsWith: .cancelled, "the receive that was pending")
        },
        ConformanceCase.family(
            "close.steals-nothing", proves: "close.cancels", "stream.conservation", over: StreamKind.twoWay,
            title: "What a closed stream left unread is not read by anybody, and sending to it fails"
        ) { c, kind in
            let (near, far) = try c.ends(kind)
            let memory = c.buffer(8)
            let pending = try c.submit(.stream(.receive(near, into: memory.region)))
            try c.expectPending(pending)
            try c.close(near)
            try c.reap(until: "a send that fails, although the peer is gone") {
                try c.perform(.stream(.send(far, from: c.buffer([1, 2, 3]).region))).error != nil
            }
            try c.expectUntouched(memory, "a receive of a stream that was closed")
        },
        ConformanceCase.family("close.again", proves: "close.again", "handle.stale") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.close(sender)
            let others = try c.ends(kind)
            for _ in 0..<2 { try c.fails(.control(.close(sender)), with: .badHandle) }
            try c.fails(.stream(.send(sender, from: c.buffer(4).region)), with: .badHandle)
            try c.expectFlow(from: others.sender, to: others.receiver)
            try c.close(receiver)
        },
        ConformanceCase.family("close.twice-at-once", proves: "close.again", "close.cancels") { c, kind in
            let (_, receiver) = try c.ends(kind)
            let memory = c.buffer(8)
            let pending = try c.submit(.stream(.receive(receiver, into: memory.region)))
            try c.expectPending(pending)
            let closes = try (0..<2).map { _ in try c.submit(.control(.close(receiver))) }
            let late = try c.submit(.stream(.receive(receiver, into: memory.region)))
            try c.expect(c.complete(closes[0]), moves: 0, "the first close")
            try c.expect(c.complete(closes[1]), failsWith: .badHandle, "the second close")
            try c.expect(c.complete(late), failsWith: .badHandle, "a receive after the close")
            try c.expect(c.complete(pending), failsWith: .cancelled, "the receive before the close")
        },
        ConformanceCase.family(
            "close.refuses-listener", proves: "close.refuses-listener", "close.cancels", at: SocketAddress.Family.allCases,
            title: "Close cancels the accepts of a listener, and connecting is refused"
        ) { c, family in
            let listener = try c.listener(family)
            let accepts = try (0..<3).map { _ in try c.submit(.stream(.accept(listener.handle))) }
            try c.expectPending(accepts[0], accepts[1])
            try c.close(listener.handle)
            for completion in try c.complete(accepts) { try c.expect(completion, failsWith: .cancelled, "an accept of a closed listener") }
            try c.fails(.stream(.connect(c.stream(family), to: c.address(listener.address))), with: .connectionRefused)
        },
        ConformanceCase.family(
            "close.listener-keeps-streams", proves: "close.refuses-listener", at: [.internet4, .local],
            title: "The streams of a closed listener go on"
        ) { c, family in
            let listener = try c.listener(family)
            let pair = try c.connect(to: listener.address, acceptedBy: listener.handle)
            try c.close(listener.handle)
            try c.expectFlow(from: pair.client, to: pair.server)
            try c.expectFlow(from: pair.server, to: pair.client)
        },
        ConformanceCase.family(
            "close.cancels-connect", proves: "close.cancels", "stream.connect-cancelled", at: [.local, .internet4], timeLimit: 20
        ) {
            c, family in
            let listener = try c.listener(family, backlog: 0)
            let filled = try c.fillBacklog(of: listener.address)
            try c.close(filled.waiting)
            try c.expect(c.complete(filled.connect), failsWith: .cancelled, "a connect of a stream that was closed")
            for _ in filled.connected { try c.succeed(.stream(.accept(listener.handle))) }
            let next = try c.connect(to: listener.address, acceptedBy: listener.handle)
            try c.expectFlow(from: next.client, to: next.server)
        })
}
