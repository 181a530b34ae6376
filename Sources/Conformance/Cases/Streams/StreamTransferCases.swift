// What a receive and a send move, and the end of a stream.

import IOSpec

enum StreamTransferCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("stream.receive-some", proves: "stream.receive-some", "file.untouched-past-count") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.send([1, 2, 3], to: sender)
            let memory = c.buffer(10)
            let moved = try c.succeed(.stream(.receive(receiver, into: memory.region)))
            try c.expect((1...3).contains(moved), "a receive of 10 with 3 there moves 1 to 3 (it says \(moved))")
            try c.expectUntouched(memory, from: moved, "a receive that was short")
        },
        ConformanceCase.family("stream.receive-waits", proves: "stream.receive-some", title: "A receive waits for the first byte") {
            c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.buffer(10)
            let receive = try c.submit(.stream(.receive(receiver, into: memory.region)))
            try c.expectPending(receive)
            try c.send([9], to: sender)
            try c.expect(c.complete(receive), moves: 1, "the receive that waited")
            try c.expectEqual(memory[0], 9, "the byte")
        },
        ConformanceCase.family("stream.receive-pieces", proves: "stream.receive-some", "stream.conservation") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let sent = Pattern.bytes(1000, seed: 2)
            try c.send(sent, to: sender)
            var received: [UInt8] = []
            var size = 1
            while received.count < 1000 {
                let piece = try c.receive(min(size, 1000 - received.count), from: receiver)
                try c.expect(!piece.isEmpty, "a receive gives at least one byte while the stream has not ended")
                received += piece
                size += 13
            }
            try c.expectEqual(received, sent, "a message received in pieces")
        },
        ConformanceCase.family("stream.end", proves: "stream.receive-some", title: "The end of a stream is 0, and stays 0") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.send([1, 2, 3, 4, 5], to: sender)
            try c.close(sender)
            try c.expectEqual(c.receiveAll(5, from: receiver), [1, 2, 3, 4, 5], "what was sent before the end")
            for _ in 0..<3 { try c.expectEqual(c.receive(8, from: receiver), [], "what comes after the end") }
        },
        ConformanceCase.family(
            "stream.end-pending", proves: "stream.receive-some", "close.ends-stream",
            title: "Every pending receive ends with 0 when the peer closes"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.buffer(24)
            let receives = try (0..<3).map { try c.submit(.stream(.receive(receiver, into: memory.region($0 * 8, 8)))) }
            try c.expectPending(receives[0])
            try c.close(sender)
            for completion in try c.complete(receives) { try c.expect(completion, moves: 0, "a receive at the end of the stream") }
            try c.expectUntouched(memory, "receives at the end of the stream")
        },
        ConformanceCase.family("stream.full-send", proves: "stream.full-send", title: "6 MB to a slow reader", timeLimit: 40) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let count = 6 << 20
            let memory = c.pattern(count, seed: 17)
            let send = try c.submit(.stream(.send(sender, from: memory.region)))
            let incoming = c.buffer(count)
            try c.expectEqual(c.receive(into: incoming, from: receiver, piece: 50_000), count, "the bytes that arrived")
            try c.expectPattern(incoming, count, seed: 17)
            try c.expect(c.complete(send), moves: count, "the send")
        },
        ConformanceCase.family(
            "stream.send-waits", proves: "stream.full-send", title: "A send without a reader waits and then goes on", timeLimit: 40
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let count = kind.overwhelming
            let memory = c.pattern(count, seed: 18)
            let send = try c.submit(.stream(.send(sender, from: memory.region)))
            try c.expectPending(send, milliseconds: 60)
            let incoming = c.buffer(count)
            try c.expectEqual(c.receive(into: incoming, from: receiver, piece: 1 << 20), count, "the bytes that arrived")
            try c.expectPattern(incoming, count, seed: 18)
            try c.expect(c.complete(send), moves: count, "the send")
        },
        ConformanceCase.family(
            "stream.send-uneven", proves: "stream.full-send", "stream.order", title: "Sends of uneven sizes to a reader of uneven pieces",
            kind: .stochastic(iterations: 40), timeLimit: 30, body: unevenSends))

    private static func unevenSends(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        for _ in 0..<c.iterations {
            let sizes = (0..<3).map { _ in Int.random(in: 1...90_000, using: &c.random) }
            let whole = c.pattern(sizes.reduce(0, +), seed: 1)
            var offset = 0
            var sends: [OperationID] = []
            for size in sizes {
                sends.append(try c.submit(.stream(.send(sender, from: whole.region(offset, size)))))
                offset += size
            }
            let incoming = c.buffer(whole.count)
            let piece = Int.random(in: 100...40_000, using: &c.random)
            try c.expectEqual(c.receive(into: incoming, from: receiver, piece: piece), whole.count, "the bytes that arrived")
            try c.expectPattern(incoming, whole.count, seed: 1)
            for (size, completion) in zip(sizes, try c.complete(sends)) { try c.expect(completion, moves: size, "a send") }
            c.release(whole)
            c.release(incoming)
        }
    }
}
