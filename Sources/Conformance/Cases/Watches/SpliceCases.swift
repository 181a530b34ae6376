// Splicing: what is moved where, in which order, and what is refused.

import IOSpec

enum SpliceCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "splice.from-pipe", proves: "splice.moves", over: StreamKind.allCases, requires: [.splicing, .pipes], timeLimit: 20
        ) {
            c, kind in
            let pipe = try c.pipe()
            let (sender, receiver) = try c.ends(kind)
            try c.send(Pattern.bytes(1000, seed: 1), to: pipe.second)
            try c.expectEqual(
                c.splice(pipe.first, sender, 300), 300, "what moves of 1000 bytes when 300 are asked for", clause: "splice.moves")
            try c.expectEqual(c.splice(pipe.first, sender, 5000), 700, "what moves of the rest", clause: "splice.moves")
            try c.expectEqual(c.receiveAll(1000, from: receiver), Pattern.bytes(1000, seed: 1), "what arrived", clause: "splice.moves")
            try c.close(pipe.second)
            for _ in 0..<2 { try c.expectEqual(c.splice(pipe.first, sender, 10), 0, "what moves at the end", clause: "splice.moves") }
            try c.send([5], to: sender)
            try c.expectEqual(c.receive(4, from: receiver), [5], "what is sent after a splice")
        },
        ConformanceCase.family(
            "splice.to-pipe", proves: "splice.moves", over: StreamKind.allCases, requires: [.splicing, .pipes], timeLimit: 20
        ) {
            c, kind in
            let pipe = try c.pipe()
            let (sender, receiver) = try c.ends(kind)
            try c.send(Pattern.bytes(1000, seed: 2), to: sender)
            try c.expectEqual(
                c.spliceAll(receiver, pipe.second, 300), 300, "what moves of 1000 bytes when 300 are asked for", clause: "splice.moves")
            try c.expectEqual(c.spliceAll(receiver, pipe.second, 700), 700, "what moves of the rest", clause: "splice.moves")
            try c.expectEqual(c.receiveAll(1000, from: pipe.first), Pattern.bytes(1000, seed: 2), "what arrived", clause: "splice.moves")
            try c.close(sender)
            for _ in 0..<2 { try c.expectEqual(c.splice(receiver, pipe.second, 10), 0, "what moves at the end", clause: "splice.moves") }
        },
        ConformanceCase.family(
            "splice.large", proves: "splice.moves", "splice.waits", requires: [.splicing, .pipes], timeLimit: 30, body: relay),
        single)

    private static let single: [ConformanceCase] = [
        ConformanceCase("splice.from-file", proves: "splice.moves", requires: [.splicing, .files, .pipes], timeLimit: 20) { c in
            let contents = Pattern.bytes(300_000, seed: 3)
            let file = try c.file("f", contents: contents)
            let pipe = try c.pipe()
            try c.expectEqual(c.spliceAll(file, pipe.second, 500, at: 100_001), 500, "what moves", clause: "splice.moves")
            try c.expectEqual(
                c.receiveAll(500, from: pipe.first), Array(contents[100_001..<100_501]), "the bytes at the offset", clause: "splice.moves")
            try c.expectEqual(c.spliceAll(file, pipe.second, 5000, at: 299_000), 1000, "what moves up to the end", clause: "splice.moves")
            try c.expectEqual(c.receiveAll(1000, from: pipe.first), Array(contents[299_000...]), "the last bytes", clause: "splice.moves")
            for offset in [300_000, 300_001, 1 << 40] {
                try c.expectEqual(c.splice(file, pipe.second, 10, at: Int64(offset)), 0, "what moves past the end", clause: "splice.moves")
            }
            try c.expectEqual(c.contents(of: file), contents, "the file, which is as it was")
        },
        ConformanceCase("splice.to-file", proves: "splice.moves", requires: [.splicing, .files, .pipes], timeLimit: 20) { c in
            let file = try c.file("f", contents: Pattern.bytes(100, seed: 4))
            let pipe = try c.pipe()
            try c.send(Pattern.bytes(40, seed: 5), to: pipe.second)
            try c.expectEqual(c.spliceAll(pipe.first, file, 40, at: 80), 40, "what moves", clause: "splice.moves")
            try c.expectEqual(
                c.contents(of: file), Pattern.bytes(80, seed: 4) + Pattern.bytes(40, seed: 5), "the file", clause: "splice.moves")
            let wait = try c.submit(.stream(.splice(from: pipe.first, to: file, count: 10, at: 0)))
            try c.expectPending(wait)
            try c.close(pipe.second)
            try c.expect(c.complete(wait), moves: 0, "a splice at the end of its pipe", clause: "splice.moves")
            try c.expectEqual(c.contents(of: file).count, 120, "the length of the file")
        },
        ConformanceCase(
            "splice.some", proves: "splice.moves", title: "A splice takes what is there and waits for no more",
            requires: [.splicing, .pipes]
        ) {
            c in
            let (from, to) = (try c.pipe(), try c.pipe())
            let splice = try c.submit(.stream(.splice(from: from.first, to: to.second, count: 1 << 20, at: 0)))
            try c.expectPending(splice)
            try c.send([1, 2, 3], to: from.second)
            try c.expect(c.complete(splice), moves: 3, "a splice of what was there", clause: "splice.moves")
            try c.expectEqual(c.receive(10, from: to.first), [1, 2, 3], "what arrived")
        },
        ConformanceCase("splice.empty", proves: "result.zero-length", requires: [.splicing, .pipes]) { c in
            let (from, to) = (try c.pipe(), try c.pipe())
            try c.expectEqual(c.splice(from.first, to.second, 0), 0, "what a splice of nothing moves", clause: "result.zero-length")
            try c.fails(.stream(.splice(from: from.second, to: to.second, count: 0, at: 0)), with: .wrongAccess)
        },
        ConformanceCase("splice.order", proves: "splice.order", "stream.order", requires: [.splicing, .pipes, .localStreams], body: order),
        ConformanceCase("splice.chain", proves: "chain.order", "chain.breaks", requires: [.splicing, .pipes, .files]) { c in
            let (from, to) = (try c.pipe(), try c.pipe())
            let file = try c.file("f", contents: Pattern.bytes(100, seed: 1))
            let chain = try c.submit(chain: [
                .stream(.splice(from: file, to: from.second, count: 50, at: 0)),
                .stream(.splice(from: from.first, to: to.second, count: 50, at: 0)),
                .stream(.splice(from: to.first, to: file, count: 60, at: 200)), .control(.nop),
            ])
            try c.expect(c.complete(chain[0]), moves: 50, "the first splice")
            try c.expect(c.complete(chain[1]), moves: 50, "the second splice", clause: "chain.order")
            try c.expect(c.complete(chain[2]), moves: 50, "the third splice", clause: "chain.order")
            try c.expect(c.complete(chain[3]), failsWith: .cancelled, "what follows a short splice", clause: "chain.breaks")
            try c.expectEqual(Array(c.contents(of: file)[200...]), Pattern.bytes(50, seed: 1), "what went around")
        },
        ConformanceCase("splice.refused", proves: "splice.refused", requires: [.splicing, .pipes, .files, .localStreams], body: refused),
        ConformanceCase("splice.unconnected", proves: "stream.not-connected", requires: [.splicing, .pipes, .internetStreams]) { c in
            let pipe = try c.pipe()
            let stream = try c.stream()
            try c.send([1], to: pipe.second)
            try c.fails(.stream(.splice(from: pipe.first, to: stream, count: 1, at: 0)), with: .notConnected)
            try c.fails(.stream(.splice(from: stream, to: pipe.second, count: 1, at: 0)), with: .notConnected)
            try c.expectEqual(c.receive(4, from: pipe.first), [1], "the byte, which is still there")
        },
        ConformanceCase("splice.stale", proves: "handle.stale", requires: [.splicing, .pipes]) { c in
            let (from, to) = (try c.pipe(), try c.pipe())
            try c.close(from.first)
            try c.fails(.stream(.splice(from: from.first, to: to.second, count: 1, at: 0)), with: .badHandle)
            try c.fails(.stream(.splice(from: to.first, to: from.first, count: 1, at: 0)), with: .badHandle)
        },
    ]

    /// More than either end keeps goes through a pipe into a stream, piece by piece, to a reader that comes only then.
    private static func relay(_ c: CaseContext, _ kind: StreamKind) throws {
        let pipe = try c.pipe()
        let (sender, receiver) = try c.ends(kind)
        let whole = c.pattern(kind.overwhelming + 12_345, seed: 7)
        let send = try c.submit(.stream(.send(pipe.second, from: whole.region)))
        let memory = c.buffer(whole.count)
        var spliced = 0
        var received = 0
        var splice = try c.submit(.stream(.splice(from: pipe.first, to: sender, count: whole.count, at: 0)))
        while received < whole.count {
            // Nothing is received before the way is full: a splice that waits for more than it can move never ends.
            let patience = c.after(milliseconds: 20)
            while spliced < whole.count, !c.isComplete(splice), c.now < patience { try c.reap(until: patience) }
            if spliced < whole.count, c.isComplete(splice) {
                spliced += try c.complete(splice).get()
                if spliced == whole.count { continue }
                splice = try c.submit(.stream(.splice(from: pipe.first, to: sender, count: whole.count - spliced, at: 0)))
                continue
            }
            received += try c.succeed(.stream(.receive(receiver, into: memory.region(received, whole.count - received))))
        }
        try c.expect(c.complete(send), moves: whole.count, "the send into the pipe")
        try c.expectPattern(memory, whole.count, seed: 7)
    }

    private static func order(_ c: CaseContext) throws {
        let (from, to) = (try c.pipe(), try c.streamPair())
        let (first, second) = (c.buffer(2), c.buffer(8))
        let receive = try c.submit(.stream(.receive(from.first, into: first.region)))
        let splice = try c.submit(.stream(.splice(from: from.first, to: to.first, count: 3, at: 0)))
        let last = try c.submit(.stream(.receive(from.first, into: second.region)))
        let send = try c.submit(.stream(.send(to.first, from: c.buffer([9, 9]).region)))
        try c.expectPending(receive, splice, last, send)
        try c.send([1, 2, 3, 4, 5, 6, 7], to: from.second)
        try c.expect(c.complete(receive), moves: 2, "the receive before the splice", clause: "splice.order")
        try c.expect(c.complete(splice), moves: 3, "the splice", clause: "splice.order")
        try c.expect(c.complete(last), moves: 2, "the receive after the splice", clause: "splice.order")
        try c.expect(c.complete(send), moves: 2, "the send after the splice", clause: "splice.order")
        try c.expectEqual(first.bytes, [1, 2], "what the first receive took", clause: "splice.order")
        try c.expectEqual(second.bytes(0, 2), [6, 7], "what the last receive took", clause: "splice.order")
        try c.expectEqual(c.receiveAll(5, from: to.second), [3, 4, 5, 9, 9], "what arrived", clause: "splice.order")
    }

    private static func refused(_ c: CaseContext) throws {
        let pipe = try c.pipe()
        let pair = try c.streamPair()
        let file = try c.file("f", contents: [1, 2, 3])
        let log = try c.open("log", [.appending, .creating])
        try c.send([1, 2], to: pipe.second)
        func splice(_ source: Handle, _ target: Handle, _ count: Int = 1, at offset: Int64 = 0) -> Operation {
            .stream(.splice(from: source, to: target, count: count, at: offset))
        }
        for (source, target) in [
            (pair.first, pair.second), (file, file), (file, pair.first), (try c.directory, pipe.second), (pipe.first, try c.directory),
        ] {
            try c.fails(splice(source, target), with: .wrongKind)
        }
        try c.fails(splice(pipe.second, file), with: .wrongAccess)
        try c.fails(splice(file, pipe.first), with: .wrongAccess)
        try c.fails(splice(pipe.first, c.open("f", .reading)), with: .wrongAccess)
        try c.fails(splice(pipe.first, log), with: .invalidArgument)
        try c.fails(splice(pipe.first, pipe.second), with: .invalidArgument)
        try c.fails(splice(pipe.first, pair.first, at: 1), with: .notSeekable)
        try c.fails(splice(pipe.first, file, at: -1), with: .invalidArgument)
        try c.fails(splice(pipe.first, file, -1), with: .invalidArgument)
        try c.fails(splice(pipe.first, file, Limits.maximumTransfer + 1), with: .invalidArgument)
        try c.fails(splice(pipe.first, file, 2, at: .max), with: .invalidArgument)
        try c.expectEqual(c.receive(9, from: pipe.first), [1, 2], "the bytes, which nothing took")
        try c.expectEqual(c.contents(of: file), [1, 2, 3], "the file")
    }
}
