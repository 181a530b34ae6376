// The order of operations in one direction of a stream, and the independence of the two directions.

import IOSpec

enum StreamOrderCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("stream.order-receives", proves: "stream.order", title: "Queued receives take the bytes in turn") {
            c, kind in
            try queuedReceives(c, c.ends(kind), count: 8)
        },
        ConformanceCase.family("stream.order-two-receives", proves: "stream.order", timeLimit: 20) { c, kind in
            let ends = try c.ends(kind)
            for _ in 0..<40 { try queuedReceives(c, ends, count: 2) }
        },
        ConformanceCase.family(
            "stream.order-sends", proves: "stream.order", "stream.full-send",
            title: "Queued sends arrive one after the other, although none fits at once", timeLimit: 20, body: queuedSends),
        ConformanceCase.family("stream.order-small-sends", proves: "stream.order") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.pattern(200, seed: 4)
            let sends = try (0..<8).map { try c.submit(.stream(.send(sender, from: memory.region($0 * 25, 25)))) }
            for completion in try c.complete(sends) { try c.expect(completion, moves: 25, "a small send") }
            try c.expectEqual(c.receiveAll(200, from: receiver), memory.bytes, "eight small sends as they arrived")
        },
        ConformanceCase.family(
            "stream.order-cancelled-middle", proves: "stream.order", "cancel.before-start",
            title: "A queued receive that is cancelled takes nothing",
            body: cancelledMiddle),
        ConformanceCase.family(
            "stream.order-end-after-sends", proves: "stream.order", "stream.half-close", over: StreamKind.twoWay,
            title: "Shutting down the sending half waits for the sends before it", timeLimit: 20, body: endAfterSends),
        ConformanceCase.family(
            "stream.order-many-streams", proves: "stream.order", "stream.conservation", title: "Each of twenty streams keeps its own order",
            timeLimit: 20, body: manyStreams),
        ConformanceCase.family("stream.duplex", proves: "stream.duplex", over: StreamKind.twoWay) { c, kind in
            let (near, far) = try c.ends(kind)
            let memory = c.buffer(16)
            let pending = try c.submit(.stream(.receive(near, into: memory.region)))
            try c.expectFlow(from: near, to: far)
            try c.expectPending(pending)
            try c.send([1, 2, 3], to: far)
            try c.expect(c.complete(pending), moves: 3, "the receive that waited")
        },
        ConformanceCase.family(
            "stream.duplex-blocked-send", proves: "stream.duplex", over: StreamKind.twoWay, title: "A send that waits holds no receive up",
            timeLimit: 20, body: blockedSend),
        ConformanceCase.family(
            "stream.duplex-large", proves: "stream.duplex", "stream.full-send", over: StreamKind.twoWay,
            title: "Both directions are full at the same time", timeLimit: 30, body: largeDuplex))

    /// Submits receives, then sends as much as they take; in the order of submission they hold the bytes in order.
    private static func queuedReceives(_ c: CaseContext, _ ends: (sender: Handle, receiver: Handle), count: Int) throws {
        let memories = (0..<count).map { _ in c.buffer(4) }
        let receives = try memories.map { try c.submit(.stream(.receive(ends.receiver, into: $0.region))) }
        let sent = Pattern.bytes(4 * count, seed: 3)
        try c.send(sent, to: ends.sender)
        var received: [UInt8] = []
        for (memory, completion) in zip(memories, try c.complete(receives)) {
            let moved = try completion.get()
            try c.expect(moved > 0 && moved <= 4, "a receive of 4 bytes moves 1 to 4 (it says \(moved))", clause: "stream.receive-some")
            received += memory.bytes(0, moved)
        }
        received += try c.receiveAll(sent.count - received.count, from: ends.receiver)
        try c.expectEqual(received, sent, "the bytes of the receives in the order of their submission", clause: "stream.order")
        memories.forEach(c.release)
    }

    private static func queuedSends(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let sizes = [200_000, 1, 300_000, 4096, 150_000]
        let whole = c.pattern(sizes.reduce(0, +), seed: 11)
        var sends: [OperationID] = []
        var offset = 0
        for size in sizes {
            sends.append(try c.submit(.stream(.send(sender, from: whole.region(offset, size)))))
            offset += size
        }
        let memory = c.buffer(whole.count)
        try c.expectEqual(c.receive(into: memory, from: receiver, piece: 30_000), whole.count, "the bytes that arrived")
        try c.expectPattern(memory, whole.count, seed: 11)
        for (size, completion) in zip(sizes, try c.complete(sends)) { try c.expect(completion, moves: size, "a send of \(size) bytes") }
        let places = sends.compactMap { c.completionOrder.firstIndex(of: $0) }
        try c.expectEqual(places, places.sorted(), "the places of the completions of the sends")
    }

    private static func cancelledMiddle(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let memories = (0..<3).map { _ in c.buffer(4) }
        let receives = try memories.map { try c.submit(.stream(.receive(receiver, into: $0.region))) }
        try c.expectPending(receives[0], receives[1], receives[2])
        c.cancel(receives[1])
        try c.expect(c.complete(receives[1]), failsWith: .cancelled, "the receive in the middle", clause: "cancel.prompt")
        try c.expectPending(receives[0], receives[2])
        let sent = Pattern.bytes(8, seed: 5)
        try c.send(sent, to: sender)
        let first = try c.complete(receives[0]).get()
        let last = try c.complete(receives[2]).get()
        var received = memories[0].bytes(0, first) + memories[2].bytes(0, last)
        received += try c.receiveAll(8 - received.count, from: receiver)
        try c.expectEqual(received, sent, "the bytes of the receives that were not cancelled")
        try c.expectUntouched(memories[1], "a cancelled receive")
    }

    private static func endAfterSends(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let count = 700_000
        let memory = c.pattern(count, seed: 6)
        let sends = try [0, 350_000].map { try c.submit(.stream(.send(sender, from: memory.region($0, 350_000)))) }
        let end = try c.submit(.stream(.shutDown(sender, .sending)))
        try c.expectRest(count, seed: 6, from: receiver)
        for completion in try c.complete(sends) { try c.expect(completion, moves: 350_000, "a send before the end") }
        try c.expect(c.complete(end), moves: 0, "shutting down the sending half")
    }

    private static func manyStreams(_ c: CaseContext, _ kind: StreamKind) throws {
        let streams = try (0..<20).map { _ in try c.ends(kind) }
        let outgoing = (0..<20).map { c.pattern(64, seed: UInt64($0)) }
        let incoming = (0..<20).map { _ in c.buffer(64) }
        var receives: [[OperationID]] = []
        for (stream, memory) in zip(streams, incoming) {
            receives.append(try (0..<4).map { try c.submit(.stream(.receive(stream.receiver, into: memory.region($0 * 16, 16)))) })
        }
        for piece in 0..<4 {
            for (stream, memory) in zip(streams, outgoing).reversed() {
                try c.submit(.stream(.send(stream.sender, from: memory.region(piece * 16, 16))))
            }
        }
        for index in 0..<20 {
            var received: [UInt8] = []
            for (piece, completion) in try c.complete(receives[index]).enumerated() {
                received += incoming[index].bytes(piece * 16, try completion.get())
            }
            received += try c.receiveAll(64 - received.count, from: streams[index].receiver)
            try c.expectEqual(received, outgoing[index].bytes, "what arrived on stream \(index)")
        }
    }

    private static func blockedSend(_ c: CaseContext, _ kind: StreamKind) throws {
        let (near, far) = try c.ends(kind)
        let memory = c.pattern(kind.overwhelming, seed: 8)
        let send = try c.submit(.stream(.send(near, from: memory.region)))
        try c.expectPending(send, milliseconds: 50)
        try c.expectFlow(from: far, to: near)
        let incoming = c.buffer(memory.count)
        try c.expectEqual(c.receive(into: incoming, from: far, piece: 1 << 20), memory.count, "the bytes of the send that waited")
        try c.expect(c.complete(send), moves: memory.count, "the send that waited")
    }

    private static func largeDuplex(_ c: CaseContext, _ kind: StreamKind) throws {
        let (near, far) = try c.ends(kind)
        let count = 3 << 20
        let there = c.pattern(count, seed: 1)
        let back = c.pattern(count, seed: 2)
        let sends = [
            try c.submit(.stream(.send(near, from: there.region))),
            try c.submit(.stream(.send(far, from: back.region))),
        ]
        let arrivedThere = c.buffer(count)
        let arrivedBack = c.buffer(count)
        try c.expectEqual(c.receive(into: arrivedThere, from: far), count, "the bytes in one direction")
        try c.expectEqual(c.receive(into: arrivedBack, from: near), count, "the bytes in the other direction")
        try c.expectPattern(arrivedThere, count, seed: 1)
        try c.expectPattern(arrivedBack, count, seed: 2)
        for completion in try c.complete(sends) { try c.expect(completion, moves: count, "a large send") }
    }
}
