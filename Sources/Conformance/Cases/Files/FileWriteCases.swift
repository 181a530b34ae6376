// Writing at positions, far ones too.

import IOSpec

enum FileWriteCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("file.write-over", proves: "file.positional", "file.full-transfer", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3, 4, 5, 6])
            try c.write([9, 9], to: file, at: 2)
            try c.expectEqual(c.contents(of: file), [1, 2, 9, 9, 5, 6], "the contents after a write in the middle")
            try c.write([8, 8], to: file, at: 5)
            try c.expectEqual(c.contents(of: file), [1, 2, 9, 9, 5, 8, 8], "the contents after a write across the end")
        },
        ConformanceCase("file.write-many-at-once", proves: "file.positional", "file.full-transfer", requires: .files) { c in
            let file = try c.file("f")
            let memories = (UInt64(0)..<64).map { c.buffer(Pattern.bytes(3000, seed: $0)) }
            let ids = try memories.indices.reversed().map {
                try c.submit(.file(.write(file, from: memories[$0].region, at: Int64($0 * 3000))))
            }
            for completion in try c.complete(ids) { try c.expect(completion, moves: 3000, "one of many writes") }
            try c.expectEqual(c.contents(of: file), memories.flatMap(\.bytes), "the contents after many writes")
        },
        ConformanceCase("file.write-many-files", proves: "file.positional", "completion.independent", requires: .files) { c in
            let files = try (0..<64).map { try c.open("f\($0)", [.reading, .writing, .creating]) }
            let ids = try files.enumerated().map { index, file in
                try c.submit(.file(.write(file, from: c.buffer(Pattern.bytes(777, seed: UInt64(index))).region, at: 0)))
            }
            for completion in try c.complete(ids) { try c.expect(completion, moves: 777, "a write to one of many files") }
            for (index, file) in files.enumerated() {
                try c.expectEqual(c.contents(of: file), Pattern.bytes(777, seed: UInt64(index)), "the contents of file \(index)")
            }
        },
        ConformanceCase("file.hole", proves: "file.holes", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.write([9], to: file, at: 100_000)
            let contents = try c.contents(of: file)
            try c.expectEqual(contents, [1, 2, 3] + [UInt8](repeating: 0, count: 99_997) + [9], "the contents around a hole")
        },
        ConformanceCase("file.hole-in-short-file", proves: "file.holes", "file.end-of-file", requires: .files) { c in
            let file = try c.file("f")
            try c.write([9], to: file, at: 10)
            try c.expectEqual(c.read(64, from: file, at: 5), [0, 0, 0, 0, 0, 9], "what is in a hole up to the end")
        },
        ConformanceCase("file.large-offset.beyond-4-GiB", proves: "file.large-offset", "file.holes", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let far: Int64 = 5 << 30
            try c.write([7, 8, 9], to: file, at: far)
            try c.expectEqual(c.status(of: file).size, far + 3, "the size")
            try c.expectEqual(c.read(8, from: file, at: far), [7, 8, 9], "what is beyond 4 GiB")
            try c.expectEqual(c.read(4, from: file, at: 0), [1, 2, 3, 0], "what is at the start")
            for wrapped in [far & 0xffff_ffff, far & 0x7fff_ffff, far >> 12] {
                try c.expectEqual(
                    c.read(4, from: file, at: wrapped), [0, 0, 0, 0], "what is at \(wrapped), where a narrowed offset points")
            }
        },
        ConformanceCase("file.large-offset.across-4-GiB", proves: "file.large-offset", requires: .files) { c in
            let file = try c.file("f")
            let bytes = Pattern.bytes(8192, seed: 6)
            let start: Int64 = 1 << 32 - 4096
            try c.write(bytes, to: file, at: start)
            try c.expectEqual(c.read(8192, from: file, at: start), bytes, "what was written across 4 GiB")
            try c.expectEqual(c.read(4096, from: file, at: 0), [UInt8](repeating: 0, count: 4096), "what is at the start")
        },
        ConformanceCase("file.large-offset.vectored", proves: "file.large-offset", "file.vectored", requires: .files) { c in
            let file = try c.file("f")
            let memory = c.buffer(Pattern.bytes(4096, seed: 6))
            let list = c.segments([memory.region(0, 1000), memory.region(1000, 3096)])
            try c.expectEqual(c.succeed(.file(.writeVectored(file, from: list, at: 6 << 30))), 4096, "the bytes written")
            try c.expectEqual(c.read(5000, from: file, at: 6 << 30), memory.bytes, "what is at 6 GiB")
            try c.expectEqual(c.status(of: file).size, 6 << 30 + 4096, "the size")
        },
        ConformanceCase("file.large-offset.truncate", proves: "file.large-offset", "file.truncate", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            try c.succeed(.file(.truncate(file, to: 5 << 30 + 1)))
            try c.expectEqual(c.status(of: file).size, 5 << 30 + 1, "the size")
            try c.expectEqual(c.read(4, from: file, at: 5 << 30), [0], "what is before the end")
        },
        ConformanceCase(
            "file.write-ends-transfer", proves: "file.positional", title: "Positional transfers do not disturb an append beside them",
            requires: .files
        ) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let log = try c.open("f", [.reading, .appending])
            try c.expectEqual(c.read(2, from: log, at: 1), [2, 3], "what an appending handle reads")
            try c.succeed(.file(.append(log, from: c.buffer([4]).region)))
            try c.write([9], to: file, at: 0)
            try c.succeed(.file(.append(log, from: c.buffer([5]).region)))
            try c.expectEqual(c.contents(of: file), [9, 2, 3, 4, 5], "the contents")
        },
    ]
}
