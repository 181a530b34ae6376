// Which arguments are refused, and that nothing happens then.

import IOSpec

enum LimitCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("result.transfer-limit.read", proves: "result.transfer-limit", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer(64)
            try c.fails(.file(.read(file, into: c.overlong(1 << 30 + 1, over: memory), at: 0)), with: .invalidArgument)
            try c.fails(.file(.read(file, into: c.overlong(1 << 32, over: memory), at: 0)), with: .invalidArgument)
            try c.expectUntouched(memory, clause: "result.transfer-limit")
        },
        ConformanceCase("result.transfer-limit.write", proves: "result.transfer-limit", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer(64)
            for count in [1 << 30 + 1, 1 << 31, 1 << 32 + 8, Int.max] {
                try c.fails(.file(.write(file, from: c.overlong(count, over: memory), at: 0)), with: .invalidArgument)
            }
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents after writes that were refused")
        },
        ConformanceCase("result.transfer-limit.append", proves: "result.transfer-limit", requires: .files) { c in
            let log = try c.open("log", [.reading, .appending, .creating])
            let memory = c.buffer(64)
            try c.fails(.file(.append(log, from: c.overlong(1 << 30 + 1, over: memory))), with: .invalidArgument)
            try c.expectEqual(c.status(of: log).size, 0, "the size after an append that was refused")
        },
        ConformanceCase("result.transfer-limit.stream", proves: "result.transfer-limit", requires: .localStreams) { c in
            let pair = try c.streamPair()
            let memory = c.buffer(64)
            let tooMuch = c.overlong(1 << 30 + 1, over: memory)
            try c.fails(.stream(.send(pair.first, from: tooMuch)), with: .invalidArgument)
            try c.fails(.stream(.receive(pair.second, into: tooMuch)), with: .invalidArgument)
            try c.send([7], to: pair.first)
            try c.expectEqual(c.receive(8, from: pair.second), [7], "what arrives after a send that was refused")
        },
        ConformanceCase("result.transfer-limit.negative-length", proves: "result.transfer-limit", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer(64)
            for count in [-1, Int.min] {
                try c.fails(.file(.read(file, into: c.overlong(count, over: memory), at: 0)), with: .invalidArgument)
                try c.fails(.file(.write(file, from: c.overlong(count, over: memory), at: 0)), with: .invalidArgument)
            }
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents")
        },
        ConformanceCase(
            "result.transfer-limit.reached", proves: "result.transfer-limit", "file.full-transfer", "result.segment-limit",
            title: "One operation moves exactly 2^30 bytes, to and from the same memory again and again",
            requires: .files,
            timeLimit: 30
        ) { c in
            let devices = try c.acquire(.directory(name: c.surroundings.devices(), unconfined: true))
            let memory = c.buffer(1 << 20)
            let list = c.segments(Array(repeating: memory.region, count: 1024))
            let zeros = try c.open("zero", .reading, beneath: devices)
            try c.expectEqual(c.succeed(.file(.readVectored(zeros, into: list, at: 0))), 1 << 30, "the bytes of a read of 2^30")
            try c.expectEqual(memory[0] | memory[1 << 20 - 1], 0, "a byte that was read")
            let nothing = try c.open("null", .writing, beneath: devices)
            try c.expectEqual(c.succeed(.file(.writeVectored(nothing, from: list, at: 0))), 1 << 30, "the bytes of a write of 2^30")
        },
        ConformanceCase(
            "result.segment-limit.sum", proves: "result.segment-limit", title: "2^30 bytes and one more in 1,024 segments are refused",
            requires: .files
        ) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer(1 << 20 + 1)
            var regions = Array(repeating: memory.region(0, 1 << 20), count: 1023)
            regions.append(memory.region)
            let list = c.segments(regions)
            try c.fails(.file(.readVectored(file, into: list, at: 0)), with: .invalidArgument)
            try c.fails(.file(.writeVectored(file, from: list, at: 0)), with: .invalidArgument)
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents")
            try c.expectUntouched(memory, clause: "result.segment-limit")
        },
        ConformanceCase(
            "result.segment-limit.sum-overflows", proves: "result.segment-limit", requires: .files
        ) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer(64)
            let list = c.segments([c.overlong(.max, over: memory), c.overlong(.max, over: memory), memory.region])
            try c.fails(.file(.readVectored(file, into: list, at: 0)), with: .invalidArgument)
            try c.fails(.file(.writeVectored(file, from: list, at: 0)), with: .invalidArgument)
        },
        ConformanceCase("result.segment-limit.count", proves: "result.segment-limit", requires: .files) { c in
            let file = try c.file("f", contents: Pattern.bytes(2000, seed: 1))
            let memory = c.buffer(1025)
            let list = c.segments((0..<1025).map { memory.region($0, 1) })
            try c.fails(.file(.readVectored(file, into: list, at: 0)), with: .invalidArgument)
            try c.fails(.file(.writeVectored(file, from: list, at: 0)), with: .invalidArgument)
            try c.fails(.file(.readVectored(file, into: c.overlong(segments: .max, over: list), at: 0)), with: .invalidArgument)
            try c.fails(.file(.readVectored(file, into: c.overlong(segments: -1, over: list), at: 0)), with: .invalidArgument)
            try c.expectUntouched(memory, clause: "result.segment-limit")
            try c.expectEqual(c.contents(of: file), Pattern.bytes(2000, seed: 1), "the contents")
        },
        ConformanceCase("result.segment-limit.bad-segment", proves: "result.segment-limit", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer(64)
            let list = c.segments([memory.region(0, 8), c.overlong(-1, over: memory)])
            try c.fails(.file(.readVectored(file, into: list, at: 0)), with: .invalidArgument)
            try c.expectUntouched(memory, clause: "result.segment-limit")
        },
        ConformanceCase("result.offset-limit.negative", proves: "result.offset-limit", "completion.own-error", requires: .files) { c in
            try offsetsAreRefused(c, [-1, -2, -4096, .min])
        },
        ConformanceCase("result.offset-limit.overflow", proves: "result.offset-limit", "completion.own-error", requires: .files) { c in
            try offsetsAreRefused(c, [.max, .max - 14])
        },
        ConformanceCase("result.offset-limit.end", proves: "result.offset-limit", "file.end-of-file", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer(16)
            let completion = try c.perform(.file(.read(file, into: memory.region, at: .max - 16)))
            try c.expect(completion, moves: 0, "a read that ends at the largest offset")
        },
        ConformanceCase("result.offset-limit.truncate", proves: "result.offset-limit", "file.truncate", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.fails(.file(.truncate(file, to: -1)), with: .invalidArgument)
            try c.fails(.file(.truncate(file, to: .min)), with: .invalidArgument)
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents after truncating was refused")
        },
    ]

    private static func offsetsAreRefused(_ c: CaseContext, _ offsets: [Int64]) throws {
        let file = try c.file("f", contents: [1, 2, 3])
        let memory = c.buffer(16)
        let list = c.segments([memory.region(0, 8), memory.region(8, 8)])
        for offset in offsets {
            try c.fails(.file(.read(file, into: memory.region, at: offset)), with: .invalidArgument)
            try c.fails(.file(.write(file, from: memory.region, at: offset)), with: .invalidArgument)
            try c.fails(.file(.readVectored(file, into: list, at: offset)), with: .invalidArgument)
            try c.fails(.file(.writeVectored(file, from: list, at: offset)), with: .invalidArgument)
        }
        try c.expectUntouched(memory, clause: "result.offset-limit")
        try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents after transfers that were refused")
    }
}
