// Transfers of several segments.

import IOSpec

enum FileVectoredCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("file.vectored-write", proves: "file.vectored", "file.full-transfer", requires: .files) { c in
            let file = try c.file("f")
            let list = c.segments([c.buffer([1, 2]).region, c.buffer([3]).region, c.buffer([4, 5, 6]).region])
            try c.expect(c.perform(.file(.writeVectored(file, from: list, at: 1))), moves: 6, "a write of three segments")
            try c.expectEqual(c.contents(of: file), [0, 1, 2, 3, 4, 5, 6], "the contents")
        },
        ConformanceCase("file.vectored-read", proves: "file.vectored", "file.full-transfer", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3, 4, 5, 6])
            let memories = [2, 1, 3].map { c.buffer($0) }
            let list = c.segments(memories.map(\.region))
            try c.expect(c.perform(.file(.readVectored(file, into: list, at: 0))), moves: 6, "a read into three segments")
            try c.expectEqual(memories.map(\.bytes), [[1, 2], [3], [4, 5, 6]], "the segments")
        },
        ConformanceCase("file.vectored-out-of-order-memory", proves: "file.vectored", requires: .files) { c in
            let file = try c.file("f", contents: Pattern.bytes(64, seed: 1))
            let memory = c.buffer(64)
            let list = c.segments((0..<8).reversed().map { memory.region($0 * 8, 8) })
            try c.expectEqual(c.succeed(.file(.readVectored(file, into: list, at: 0))), 64, "the bytes read")
            let expected = (0..<8).reversed().flatMap { Pattern.bytes(8, seed: 1, from: $0 * 8) }
            try c.expectEqual(memory.bytes, expected, "memory whose segments are listed from its end")
        },
        ConformanceCase("file.vectored-empty-segments", proves: "file.vectored", requires: .files) { c in
            let file = try c.file("f")
            let memory = c.buffer([1, 2, 3, 4])
            let parts = [.empty, memory.region(0, 2), .empty, memory.region(1, 0), memory.region(2, 2), .empty]
            try c.expectEqual(c.succeed(.file(.writeVectored(file, from: c.segments(parts), at: 0))), 4, "the bytes written")
            try c.expectEqual(c.contents(of: file), [1, 2, 3, 4], "the contents")
            let copy = c.buffer(4)
            let places = [.empty, copy.region(0, 1), .empty, copy.region(1, 3), .empty]
            try c.expectEqual(c.succeed(.file(.readVectored(file, into: c.segments(places), at: 0))), 4, "the bytes read")
            try c.expectEqual(copy.bytes, [1, 2, 3, 4], "what was read")
        },
        ConformanceCase(
            "file.vectored-across-end", proves: "file.vectored", "file.end-of-file", "file.untouched-past-count", requires: .files
        ) { c in
            let file = try c.file("f", contents: [1, 2, 3, 4, 5])
            let memory = c.buffer(12)
            let list = c.segments([memory.region(0, 3), memory.region(3, 4), memory.region(7, 5)])
            try c.expectEqual(c.succeed(.file(.readVectored(file, into: list, at: 0))), 5, "the bytes read across the end")
            try c.expectEqual(memory.bytes(0, 5), [1, 2, 3, 4, 5], "what was read")
            try c.expectUntouched(memory, from: 5)
            try c.expectEqual(c.succeed(.file(.readVectored(file, into: list, at: 5))), 0, "the bytes read at the end")
        },
        ConformanceCase("file.vectored-one-segment", proves: "file.vectored", requires: .files) { c in
            let file = try c.file("f")
            let list = c.segments([c.buffer([1, 2, 3]).region])
            try c.expectEqual(c.succeed(.file(.writeVectored(file, from: list, at: 0))), 3, "the bytes written")
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents")
        },
        ConformanceCase("file.vectored-most-segments", proves: "file.vectored", "result.segment-limit", requires: .files) { c in
            let file = try c.file("f")
            let bytes = Pattern.bytes(5 * 1024, seed: 8)
            let memory = c.buffer(bytes)
            let list = c.segments((0..<1024).map { memory.region($0 * 5, 5) })
            try c.expectEqual(c.succeed(.file(.writeVectored(file, from: list, at: 0))), 5120, "the bytes written")
            try c.expectEqual(c.contents(of: file), bytes, "the contents")
            memory.fill(with: 0)
            try c.expectEqual(c.succeed(.file(.readVectored(file, into: list, at: 0))), 5120, "the bytes read")
            try c.expectEqual(memory.bytes, bytes, "what was read")
        },
        ConformanceCase(
            "file.vectored-aliasing-write", proves: "file.vectored", title: "Segments may name the same memory when they are only read",
            requires: .files
        ) { c in
            let file = try c.file("f")
            let memory = c.buffer([1, 2, 3])
            let list = c.segments(Array(repeating: memory.region, count: 300))
            try c.expectEqual(c.succeed(.file(.writeVectored(file, from: list, at: 0))), 900, "the bytes written")
            try c.expectEqual(c.contents(of: file), Array(repeatElement([1, 2, 3], count: 300).joined()), "the contents")
        },
        ConformanceCase("file.vectored-large", proves: "file.vectored", "file.full-transfer", requires: .files, timeLimit: 30) { c in
            let file = try c.file("f")
            let memory = c.buffer(4 << 20)
            memory.fill(pattern: 7)
            let list = c.segments((0..<64).map { memory.region($0 << 16, 1 << 16) })
            try c.expectEqual(c.succeed(.file(.writeVectored(file, from: list, at: 3))), 4 << 20, "the bytes written")
            let copy = c.buffer(4 << 20)
            try c.expectEqual(c.succeed(.file(.read(file, into: copy.region, at: 3))), 4 << 20, "the bytes read")
            try c.expectEqual(copy.bytes, memory.bytes, "the contents")
        },
        ConformanceCase(
            "file.vectored-list-is-kept", proves: "file.vectored", "buffer.owned-until-completion",
            title: "The list of segments is read as it was lent, however many transfers are in flight", requires: .files
        ) { c in
            let file = try c.file("f", contents: Pattern.bytes(4096, seed: 3))
            let memory = c.buffer(4096)
            let ids = try (0..<64).map { index in
                let list = c.segments([memory.region(index * 64, 10), memory.region(index * 64 + 10, 54)])
                return try c.submit(.file(.readVectored(file, into: list, at: Int64(index) * 64)))
            }
            for completion in try c.complete(ids) { try c.expect(completion, moves: 64, "one of many vectored reads") }
            try c.expectEqual(memory.bytes, Pattern.bytes(4096, seed: 3), "what many vectored reads found")
        },
    ]
}
