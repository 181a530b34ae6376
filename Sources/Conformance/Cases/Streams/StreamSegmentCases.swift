// Transfers of several segments, and receives that fill their region.

import IOSpec

enum StreamSegmentCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("stream.receive-exactly", proves: "stream.receive-exactly") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.buffer(10)
            let receive = try c.submit(.stream(.receiveExactly(receiver, into: memory.region)))
            for (piece, isLast) in [([1, 2, 3], false), ([4], false), ([5, 6, 7, 8, 9, 10, 11], true)] as [([UInt8], Bool)] {
                try c.expectPending(receive)
                try c.send(piece, to: sender)
                if isLast { try c.expect(c.complete(receive), moves: 10, "a receive of exactly 10") }
            }
            try c.expectEqual(memory.bytes, Array(1...10), "the bytes")
            try c.expectEqual(c.receive(4, from: receiver), [11], "the byte after them")
        },
        ConformanceCase.family("stream.receive-exactly-end", proves: "stream.receive-exactly", "result.moved-is-reported") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.buffer(10)
            let receive = try c.submit(.stream(.receiveExactly(receiver, into: memory.region)))
            try c.send([1, 2, 3], to: sender)
            try c.expectPending(receive)
            try c.close(sender)
            try c.expect(c.complete(receive), moves: 3, "a receive of exactly 10 when the stream ends after 3")
            try c.expectEqual(memory.bytes(0, 3), [1, 2, 3], "the bytes")
            try c.expectUntouched(memory, from: 3, "a receive that met the end")
            try c.expect(c.perform(.stream(.receiveExactly(receiver, into: memory.region))), moves: 0, "a receive at the end")
        },
        ConformanceCase.family(
            "stream.receive-exactly-cancelled", proves: "stream.receive-exactly", "cancel.partial",
            title: "A receive that is cancelled half-way says what it moved, and the next goes on there"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            for isDeadline in [false, true] {
                let memory = c.buffer(10)
                let operation = Operation.stream(.receiveExactly(receiver, into: memory.region))
                let receive = try c.submit(operation, deadline: isDeadline ? c.after(milliseconds: 60) : .never)
                try c.send([1, 2, 3], to: sender)
                if !isDeadline {
                    try c.expectPending(receive)
                    c.cancel(receive)
                }
                let moved = try c.complete(receive)
                if isDeadline, moved.error?.cause == .timedOut { continue }
                try c.expect(moved, moves: 3, "a receive of exactly 10 that was cut short")
                try c.expectEqual(memory.bytes(0, 3), [1, 2, 3], "the bytes")
                try c.send([4, 5], to: sender)
                try c.expectEqual(c.receiveAll(2, from: receiver), [4, 5], "what comes after them")
            }
        },
        ConformanceCase.family("stream.receive-exactly-large", proves: "stream.receive-exactly", timeLimit: 30) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let count = 3_000_000
            let outgoing = c.pattern(count, seed: 21)
            let incoming = c.buffer(count)
            let receive = try c.submit(.stream(.receiveExactly(receiver, into: incoming.region)))
            let send = try c.submit(.stream(.send(sender, from: outgoing.region)))
            try c.expect(c.complete(receive), moves: count, "a receive of all that is sent")
            try c.expect(c.complete(send), moves: count, "the send")
            try c.expectPattern(incoming, count, seed: 21)
        },
        ConformanceCase.family("stream.receive-exactly-chain", proves: "stream.receive-exactly", "chain.breaks") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let chain = try c.submit(chain: [.stream(.receiveExactly(receiver, into: c.buffer(4).region)), .control(.nop)])
            try c.send([1, 2], to: sender)
            try c.close(sender)
            let completions = try c.complete(chain)
            try c.expect(completions[0], moves: 2, "a receive that met the end")
            try c.expect(completions[1], failsWith: .cancelled, "what comes after a receive that was short")
        },
        ConformanceCase.family("stream.vectored", proves: "stream.vectored") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let outgoing = c.pattern(1000, seed: 3)
            let pieces = [(0, 1), (1, 0), (1, 499), (500, 499), (999, 1), (1000, 0)].map { outgoing.region($0.0, $0.1) }
            try c.expect(c.perform(.stream(.sendVectored(sender, from: c.segments(pieces)))), moves: 1000, "a send of six segments")
            let incoming = c.buffer(1000)
            var count = 0
            while count < 1000 {
                let first = min(7, 1000 - count)
                let list = c.segments([.empty, incoming.region(count, first), incoming.region(count + first, 1000 - count - first)])
                let moved = try c.succeed(.stream(.receiveVectored(receiver, into: list)))
                try c.expect(
                    moved > 0 && moved <= 1000 - count, "a receive moves at least one byte, and no more than asked (it says \(moved))")
                count += moved
            }
            try c.expectPattern(incoming, 1000, seed: 3)
        },
        ConformanceCase.family(
            "stream.vectored-large", proves: "stream.vectored", "stream.full-send", title: "All segments are sent, however slow the peer",
            timeLimit: 30
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let count = 1_500_000
            let outgoing = c.pattern(count, seed: 12)
            let sizes = [1, 70_000, 3, 900_000, 0, 529_996]
            var offset = 0
            let pieces = sizes.map { size in
                defer { offset += size }
                return outgoing.region(offset, size)
            }
            let send = try c.submit(.stream(.sendVectored(sender, from: c.segments(pieces))))
            let incoming = c.buffer(count)
            try c.expectEqual(c.receive(into: incoming, from: receiver, piece: 40_000), count, "the bytes that arrived")
            try c.expectPattern(incoming, count, seed: 12)
            try c.expect(c.complete(send), moves: count, "the send")
        },
        ConformanceCase.family("stream.vectored-waits", proves: "stream.vectored", "cancel.prompt") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.buffer(8)
            let list = c.segments([memory.region(0, 2), memory.region(2, 6)])
            let first = try c.submit(.stream(.receiveVectored(receiver, into: list)))
            try c.expectPending(first)
            c.cancel(first)
            try c.expect(c.complete(first), failsWith: .cancelled, "a receive that waits")
            let second = try c.submit(.stream(.receiveVectored(receiver, into: list)))
            try c.expectPending(second)
            try c.send([1, 2, 3], to: sender)
            try c.expect(c.complete(second), moves: 3, "a receive, once bytes came")
            try c.expectEqual(memory.bytes(0, 3), [1, 2, 3], "the bytes")
            try c.close(sender)
            try c.expect(c.perform(.stream(.receiveVectored(receiver, into: list))), moves: 0, "a receive at the end")
        },
        ConformanceCase.family("stream.vectored-broken", proves: "stream.broken-pipe", "stream.no-signal") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.close(receiver)
            let list = c.segments([c.buffer([1]).region, c.buffer([2]).region])
            if kind == .internet {
                // What is sent before the peer's answer is known succeeds.
                while try c.perform(.stream(.sendVectored(sender, from: list))).error == nil { try c.reap(until: c.after(milliseconds: 1)) }
                return
            }
            for _ in 0..<2 { try c.fails(.stream(.sendVectored(sender, from: list)), with: .brokenPipe) }
        },
        ConformanceCase.family("stream.vectored-limits", proves: "result.segment-limit", "result.zero-length", over: [.pair, .pipe]) {
            c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.pattern(1024, seed: 6)
            let regions = (0..<1024).map { memory.region($0, 1) }
            try c.expect(c.perform(.stream(.sendVectored(sender, from: c.segments(regions)))), moves: 1024, "1,024 segments")
            let incoming = c.buffer(1025)
            let places = (0..<1025).map { incoming.region($0, 1) }
            let list = c.segments(places)
            try c.fails(.stream(.receiveVectored(receiver, into: list)), with: .invalidArgument)
            try c.fails(.stream(.sendVectored(sender, from: list)), with: .invalidArgument)
            let moved = try c.succeed(.stream(.receiveVectored(receiver, into: c.segments(Array(places.prefix(1024))))))
            let rest = try c.receiveAll(1024 - moved, from: receiver)
            try c.expectEqual(incoming.bytes(0, moved) + rest, memory.bytes, "the bytes of 1,024 segments")
            for list in [c.segments([]), c.segments([.empty, .empty])] {
                try c.expect(c.perform(.stream(.sendVectored(sender, from: list))), moves: 0, "a send of nothing")
                try c.expect(c.perform(.stream(.receiveVectored(receiver, into: list))), moves: 0, "a receive of nothing")
            }
        })
}
