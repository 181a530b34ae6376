// The result against the deadline.

import IOSpec

enum DeadlineResultCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("time.result-wins.receive.pipe", proves: "time.result-wins", requires: .pipes) { c in
            let pipe = try c.pipe()
            try dataWins(c, from: pipe.first, to: pipe.second)
        },
        ConformanceCase("time.result-wins.receive.pair", proves: "time.result-wins", requires: .localStreams) { c in
            let pair = try c.streamPair()
            try dataWins(c, from: pair.first, to: pair.second)
        },
        ConformanceCase("time.result-wins.receive.internet", proves: "time.result-wins", requires: .internetStreams) { c in
            let pair = try c.connectedPair()
            try dataWins(c, from: pair.server, to: pair.client)
        },
        ConformanceCase("time.result-wins.send", proves: "time.result-wins", requires: [.pipes, .localStreams]) { c in
            for pair in [try c.pipe(), try c.streamPair()] {
                let sent = try c.perform(.stream(.send(pair.second, from: c.buffer([1, 2]).region)), deadline: .distantPast)
                try c.expect(sent, moves: 2, "a send that there is room for")
                try c.expectEqual(c.receive(8, from: pair.first), [1, 2], "what arrives")
            }
        },
        ConformanceCase("time.result-wins.nop", proves: "time.result-wins") { c in
            try c.expect(c.perform(.control(.nop), deadline: .distantPast), moves: 0, "a nop")
        },
        ConformanceCase("time.result-wins.timer", proves: "time.result-wins", "time.past-fires") { c in
            let instant = c.after(milliseconds: -10)
            let early = instant.advanced(byNanoseconds: -1_000_000)
            for deadline in [c.now, instant, early, .distantPast] {
                try c.expect(c.perform(.time(.timer(instant)), deadline: deadline), moves: 0, "a timer in the past")
            }
            let future = c.after(milliseconds: 10)
            try c.expect(c.perform(.time(.timer(future)), deadline: future), moves: 0, "a timer at its deadline")
        },
        ConformanceCase("time.result-wins.mistake", proves: "time.result-wins", "completion.own-error", requires: .files) { c in
            try c.fails(.file(.read(.invalid, into: .empty, at: 0)), with: .badHandle, deadline: .distantPast)
            try c.fails(.file(.truncate(c.file("f"), to: -1)), with: .invalidArgument, deadline: .distantPast)
        },
        ConformanceCase("time.partial.pipe", proves: "time.partial", "result.moved-is-reported", requires: .pipes) { c in
            let pipe = try c.pipe()
            try sendIsCutShort(c, from: pipe.second, to: pipe.first)
        },
        ConformanceCase("time.partial.pair", proves: "time.partial", "result.moved-is-reported", requires: .localStreams) { c in
            let pair = try c.streamPair()
            try sendIsCutShort(c, from: pair.first, to: pair.second)
        },
        ConformanceCase("time.partial.nothing-moved", proves: "time.partial", "time.deadline", requires: .pipes) { c in
            let pipe = try c.pipe()
            let memory = c.buffer(1 << 20, filledWith: 7)
            let filled = try c.succeed(.stream(.send(pipe.second, from: memory.region)), deadline: c.after(milliseconds: 20))
            try c.fails(.stream(.send(pipe.second, from: memory.region)), with: .timedOut, deadline: c.after(milliseconds: 20))
            try c.close(pipe.second)
            try c.expectEqual(c.receiveAll(1 << 21, from: pipe.first).count, filled, "the bytes that arrive")
        },
        ConformanceCase(
            "time.deadline-race.receive", proves: "time.deadline-race", "stream.conservation", kind: .stochastic(iterations: 200),
            requires: .localStreams, timeLimit: 30
        ) { c in
            let pair = try c.streamPair()
            for _ in 0..<c.iterations { try receiveRaces(c, from: pair.first, to: pair.second) }
        },
        ConformanceCase(
            "time.deadline-race.pipe", proves: "time.deadline-race", "stream.conservation", kind: .stochastic(iterations: 200),
            requires: .pipes, timeLimit: 30
        ) { c in
            let pipe = try c.pipe()
            for _ in 0..<c.iterations { try receiveRaces(c, from: pipe.first, to: pipe.second) }
        },
        ConformanceCase(
            "time.uninterruptible.read", proves: "time.uninterruptible", "buffer.owned-until-completion", kind: .stochastic(iterations: 20),
            requires: .files, timeLimit: 30
        ) { try readsWithDeadlines($0) },
        ConformanceCase(
            "time.uninterruptible.write", proves: "time.uninterruptible", "result.moved-is-reported", kind: .stochastic(iterations: 20),
            requires: .files, timeLimit: 30
        ) { try writesWithDeadlines($0) },
        ConformanceCase("time.uninterruptible.others", proves: "time.uninterruptible", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let status = c.buffer(MemoryLayout<FileStatus>.size)
            for operation in [
                FileOperation.synchronize(file), .synchronizeData(file), .status(file, into: status.region), .truncate(file, to: 3),
            ] {
                let completion = try c.perform(.file(operation), deadline: .distantPast)
                if completion.error?.cause != .timedOut { try c.expect(completion, moves: 0, "an operation with a past deadline") }
            }
            let opened = try c.perform(c.opening("f", .reading), deadline: .distantPast)
            if opened.error?.cause != .timedOut { try c.close(c.handle(of: opened)) }
        },
    ]

    private static func dataWins(_ c: CaseContext, from receiver: Handle, to sender: Handle) throws {
        for deadline in [c.now, c.after(milliseconds: -1000), Instant(nanoseconds: 0), .distantPast] {
            try c.send([1, 2, 3], to: sender)
            // Bytes may take a moment to arrive: what a receive without a deadline finds first shows that the stream delivers.
            try c.expectEqual(c.receive(1, from: receiver), [1], "the first byte")
            let memory = c.buffer(8)
            let completion = try c.perform(.stream(.receive(receiver, into: memory.region)), deadline: deadline)
            try c.expect(completion, moves: 2, "a receive of what is there, past its deadline")
            try c.expectEqual(memory.bytes(0, 2), [2, 3], "what it received")
        }
    }

    /// Nobody reads until the deadline of a send has cut it short; then exactly what it says arrives.
    private static func sendIsCutShort(_ c: CaseContext, from sender: Handle, to receiver: Handle) throws {
        let memory = c.buffer(2 << 20)
        memory.fill(pattern: 1)
        let deadline = c.after(milliseconds: 30)
        let moved = try c.succeed(.stream(.send(sender, from: memory.region)), deadline: deadline)
        try c.expect(moved > 0 && moved < memory.count, "a send that nobody reads is cut short at its deadline (it moved \(moved))")
        try c.expect(c.now >= deadline, "the deadline has come")
        try c.close(sender)
        try c.expectEqual(c.receiveAll(memory.count, from: receiver), memory.bytes(0, moved), "what arrives of a send that was cut short")
    }

    private static func receiveRaces(_ c: CaseContext, from receiver: Handle, to sender: Handle) throws {
        let memory = c.buffer(8)
        defer { c.release(memory) }
        let deadline = c.now.advanced(byNanoseconds: .random(in: 0...150_000, using: &c.random))
        let receive = try c.submit(.stream(.receive(receiver, into: memory.region)), deadline: deadline)
        let bytes = (0..<8).map { _ in UInt8.random(in: 0...255, using: &c.random) }
        try c.send(bytes, to: sender)
        let completion = try c.complete(receive)
        if completion.error == nil {
            try c.expect(completion, moves: 8, "a receive that won against its deadline")
            return try c.expectEqual(memory.bytes, bytes, "what it received")
        }
        try c.expect(completion, failsWith: .timedOut, "a receive that lost against its deadline")
        try c.expectEqual(c.receiveAll(8, from: receiver), bytes, "what the next receive finds")
        try c.expectUntouched(memory, clause: "time.deadline")
    }

    private static func readsWithDeadlines(_ c: CaseContext) throws {
        let contents = Pattern.bytes(1 << 18, seed: 1)
        let file = try c.file("f", contents: contents)
        for _ in 0..<c.iterations {
            let memory = c.buffer(1 << 18)
            let deadline = c.now.advanced(byNanoseconds: .random(in: -50_000...100_000, using: &c.random))
            let completion = try c.perform(.file(.read(file, into: memory.region, at: 0)), deadline: deadline)
            let seen = memory.bytes
            if completion.error == nil {
                try c.expect(completion, moves: contents.count, "a read that won against its deadline")
                try c.expectEqual(seen, contents, "what a read with a deadline found")
            } else {
                try c.expect(completion, failsWith: .timedOut, "a read with a deadline")
                try c.expectUntouched(memory, clause: "time.deadline")
            }
            try c.turn()
            try c.expect(memory.bytes == seen, "the buffer of a read that is over is not touched", clause: "buffer.owned-until-completion")
            c.release(memory)
        }
    }

    private static func writesWithDeadlines(_ c: CaseContext) throws {
        let memory = c.buffer(Pattern.bytes(1 << 18, seed: 2))
        for iteration in 0..<c.iterations {
            let file = try c.file("f\(iteration)")
            let deadline = c.now.advanced(byNanoseconds: .random(in: -50_000...100_000, using: &c.random))
            let completion = try c.perform(.file(.write(file, from: memory.region, at: 0)), deadline: deadline)
            let moved = completion.error == nil ? Int(completion.result) : 0
            if completion.error != nil { try c.expect(completion, failsWith: .timedOut, "a write with a deadline") }
            try c.expectEqual(c.contents(of: file), memory.bytes(0, moved), "the contents after a write that says it moved \(moved)")
            try c.close(file)
        }
    }
}
