// Multishot receives: bytes come in buffers of a pool.

import IOSpec

enum MultishotReceiveCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "multishot.receive.each", proves: "multishot.receive", title: "What is sent comes in buffers, in order", body: messages),
        ConformanceCase.family(
            "multishot.receive.long", proves: "multishot.receive", "multishot.ends",
            title: "Many bytes come through few buffers that are given back at once", body: longFlow),
        ConformanceCase.family(
            "multishot.receive.before", proves: "multishot.receive", "multishot.ends",
            title: "Bytes and an end that were there before are received"
        ) { c, kind in
            // A kernel takes so many buffers at once, and must not forget the end behind them.
            for (count, buffers) in [(100, 4), (3900, 64)] {
                let (sender, receiver) = try c.ends(kind)
                let buffers = try PooledBuffers(c, buffers, each: 64)
                try c.send(Pattern.bytes(count, seed: 1), to: sender)
                try c.close(sender)
                let (bytes, last) = try c.receiveAll(by: c.submit(buffers.receiving(from: receiver)), into: buffers)
                try c.expectEqual(bytes, Pattern.bytes(count, seed: 1), "the \(count) bytes before the end")
                try c.expect(last, moves: 0, "a multishot receive at the end of the stream", clause: "multishot.ends")
                try c.expect(c.perform(buffers.receiving(from: receiver)), moves: 0, "another one", clause: "multishot.ends")
            }
        },
        ConformanceCase.family(
            "multishot.receive.order", proves: "multishot.receive", "stream.order",
            title: "A later receive waits until a multishot receive has ended"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let buffers = try PooledBuffers(c, 8, each: 64)
            let first = try c.submit(buffers.receiving(from: receiver))
            let memory = c.buffer(8)
            let second = try c.submit(.stream(.receive(receiver, into: memory.region)))
            try c.send([1, 2, 3], to: sender)
            try c.expectEqual(c.receive(3, by: first, into: buffers).bytes, [1, 2, 3], "what the first one received")
            try c.expectPending(second)
            try c.expectCancel(of: first, ends: "the first one")
            try c.send([4, 5], to: sender)
            try c.expect(c.complete(second), moves: 2, "the receive behind it")
            try c.expectEqual(memory.bytes(0, 2), [4, 5], "what it received")
        },
        [
            ConformanceCase(
                "multishot.receive.shared", proves: "multishot.receive",
                title: "Two receives wait with one buffer, which goes where bytes come", requires: [.pipes, .localStreams]
            ) { c in
                let pipe = try c.pipe()
                let pair = try c.streamPair()
                let buffers = try PooledBuffers(c, 1, each: 64)
                let receives = [try c.submit(buffers.receiving(from: pipe.first)), try c.submit(buffers.receiving(from: pair.first))]
                try c.expectPending(receives[0], receives[1])
                var seen = [0, 0]
                for (turn, sender) in [pair.second, pipe.second, pair.second, pipe.second].enumerated() {
                    let place = sender == pipe.second ? 0 : 1
                    try c.send([UInt8(turn)], to: sender)
                    let received = try c.receive(1, by: receives[place], into: buffers, after: seen[place])
                    try c.expectEqual(received.bytes, [UInt8(turn)], "what came in turn \(turn)")
                    seen[place] = received.shots
                    buffers.giveBack()
                }
                try c.expect(!c.isComplete(receives[0]) && !c.isComplete(receives[1]), "both receives go on", clause: "multishot.receive")
            },
            ConformanceCase(
                "multishot.receive.untouched", proves: "multishot.receive", "multishot.ends",
                title: "A buffer that the program has is not touched", requires: .localStreams
            ) { c in
                let pair = try c.streamPair()
                let buffers = try PooledBuffers(c, 3, each: 16)
                let id = try c.submit(buffers.receiving(from: pair.first))
                var seen = 0
                for value in UInt8(1)...3 {
                    try c.send(Array(repeating: value, count: 16), to: pair.second)
                    seen = try c.receive(16, by: id, into: buffers, after: seen).shots
                }
                try c.send(Array(repeating: 9, count: 16), to: pair.second)
                try c.expect(c.complete(id), failsWith: .noBuffers, "a receive without buffers", clause: "multishot.no-buffers")
                let kept = try c.shots(of: id).map { shot in
                    let buffer = try c.buffer(selectedBy: shot)
                    return try buffers.bytes(of: buffer)
                }
                try c.expectEqual(kept, (UInt8(1)...3).map { Array(repeating: $0, count: 16) }, "what the buffers hold afterwards")
            },
            ConformanceCase(
                "multishot.receive.terminal", proves: "multishot.receive", "multishot.ends",
                title: "From a terminal, until its other side is closed",
                requires: [.files, .pipes, .nativeSystem], body: terminal),
            ConformanceCase(
                "multishot.receive.refused", proves: "multishot.receive", "handle.wrong-kind", "handle.wrong-access",
                requires: [.files, .pipes, .internetStreams], body: refused),
            ConformanceCase(
                "multishot.receive.pools", proves: "multishot.receive", title: "Pools have the limits that are told",
                requires: .pipes, body: poolLimits),
        ])

    private static func messages(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let buffers = try PooledBuffers(c, 16, each: 64)
        let id = try c.submit(buffers.receiving(from: receiver))
        try c.expectPending(id)
        var seen = 0
        for round in 0..<6 {
            let sent = Pattern.bytes(10 + round * 20, seed: UInt64(round))
            try c.send(sent, to: sender)
            let received = try c.receive(sent.count, by: id, into: buffers, after: seen)
            try c.expectEqual(received.bytes, sent, "what came in round \(round)", clause: "multishot.receive")
            seen = received.shots
            if round % 2 == 1 { buffers.giveBack() }
        }
        try c.close(sender)
        try c.expect(c.complete(id), moves: 0, "a multishot receive at the end of the stream", clause: "multishot.ends")
        try c.expectEqual(c.shots(of: id).count, seen, "the number of completions before the end")
    }

    private static func longFlow(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let total = 1 << 20
        let buffers = try PooledBuffers(c, 8, each: 4096)
        var received: [UInt8] = []
        let send = try c.submit(.stream(.send(sender, from: c.pattern(total, seed: 3).region)))
        while received.count < total {
            let (bytes, last) = try c.receiveUntil(total - received.count, from: receiver, into: buffers)
            received += bytes
            if let last { try c.expect(last, failsWith: .noBuffers, "a receive that outran its buffers", clause: "multishot.no-buffers") }
        }
        try c.expect(c.complete(send), moves: total, "the send")
        try c.expectEqual(received, Pattern.bytes(total, seed: 3), "the bytes that came", clause: "multishot.receive")
    }

    private static func terminal(_ c: CaseContext) throws {
        let (terminal, other) = try StreamDescriptorCases.terminal(c)
        let buffers = try PooledBuffers(c, 4, each: 16)
        let id = try c.submit(buffers.receiving(from: terminal))
        try c.expectPending(id)
        var seen = 0
        for text in ["hello", "world"] {
            try Native.write(Array(text.utf8), to: other)
            let received = try c.receive(text.utf8.count, by: id, into: buffers, after: seen)
            try c.expectEqual(received.bytes, Array(text.utf8), "what was written to a terminal")
            seen = received.shots
        }
        try c.expectCancel(of: id, ends: "a receive that was cancelled")
        let last = try c.submit(buffers.receiving(from: terminal))
        try c.expectPending(last)
        Native.close(other)
        try c.expect(
            c.complete(last), failsWith: .inputOutput, "a receive of a terminal whose other side is closed", clause: "multishot.ends")
    }

    private static func refused(_ c: CaseContext) throws {
        let buffers = try PooledBuffers(c, 2, each: 16)
        let pipe = try c.pipe()
        try c.fails(buffers.receiving(from: try c.file("f")), with: .wrongKind)
        try c.fails(buffers.receiving(from: try c.directory), with: .wrongKind)
        try c.fails(buffers.receiving(from: try c.listener().handle), with: .wrongKind)
        try c.fails(buffers.receiving(from: pipe.second), with: .wrongAccess)
        try c.fails(buffers.receiving(from: try c.stream()), with: .notConnected)
        try c.fails(.stream(.receiveMultishot(pipe.first, BufferPool(index: 200))), with: .invalidArgument)
        try c.close(pipe.second)
        try c.fails(buffers.receiving(from: pipe.second), with: .badHandle)
        try c.expect(c.perform(buffers.receiving(from: pipe.first)), moves: 0, "a receive at the end")
    }

    private static func poolLimits(_ c: CaseContext) throws {
        for (bytes, size) in [(0, 16), (15, 16), (16, 0), (16, -1), (1 << 17, 1 << 16), (1 << 16, 1)] {
            try c.expectEqual(
                c.errorOfPool(bytes, each: size)?.cause, .invalidArgument, "the cause of a pool of \(bytes) bytes in buffers of \(size)")
        }
        for count in 0..<BufferPool.maximumPools {
            try c.expectEqual(c.errorOfPool(33, each: 16)?.cause, nil, "the cause of failing to make pool \(count)")
        }
        try c.expectEqual(c.errorOfPool(33, each: 16)?.cause, .outOfResources, "the cause of one pool too many")
        try c.withAnotherBackend { other in
            let largest = try PooledBuffers(other, BufferPool.maximumCount, each: 2)
            let long = try PooledBuffers(other, 1, each: BufferPool.maximumSize)
            for buffers in [largest, long] {
                let pipe = try other.pipe()
                let id = try other.submit(buffers.receiving(from: pipe.first))
                try other.send([1, 2, 3, 4], to: pipe.second)
                try other.expectEqual(other.receive(4, by: id, into: buffers).bytes, [1, 2, 3, 4], "what came")
            }
        }
    }
}
