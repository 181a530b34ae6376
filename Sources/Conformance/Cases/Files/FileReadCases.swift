// Reading at positions.

import IOSpec

enum FileReadCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("file.read-whole", proves: "file.full-transfer", requires: .files) { c in
            let contents = Pattern.bytes(100_000, seed: 1)
            let file = try c.file("f", contents: contents)
            try c.expectEqual(c.read(100_000, from: file), contents, "what was read")
        },
        ConformanceCase("file.read-large", proves: "file.full-transfer", requires: .files, timeLimit: 30) { c in
            let file = try c.file("f")
            let memory = c.buffer(8 << 20 + 13)
            memory.fill(pattern: 5)
            try c.expect(c.perform(.file(.write(file, from: memory.region, at: 0))), moves: memory.count, "a large write")
            let copy = c.buffer(memory.count)
            try c.expect(c.perform(.file(.read(file, into: copy.region, at: 0))), moves: memory.count, "a large read")
            try c.expectEqual(copy.bytes, memory.bytes, "what a large read found")
        },
        ConformanceCase("file.read-at-end", proves: "file.end-of-file", "file.untouched-past-count", requires: .files) { c in
            let file = try c.file("f", contents: Pattern.bytes(100, seed: 1))
            for offset in [Int64(100), 101, 4096, 1 << 31, 1 << 32, 1 << 40, 1 << 62] {
                try c.expectEqual(c.read(64, from: file, at: offset).count, 0, "the bytes read at \(offset) of a file of 100")
            }
        },
        ConformanceCase("file.read-across-end", proves: "file.end-of-file", "file.untouched-past-count", requires: .files) { c in
            let contents = Pattern.bytes(100, seed: 1)
            let file = try c.file("f", contents: contents)
            try c.expectEqual(c.read(50, from: file, at: 80), Array(contents[80...]), "what was read across the end")
            try c.expectEqual(c.read(1000, from: file, at: 99), [contents[99]], "the last byte")
            try c.expectEqual(c.read(20, from: file, at: 80), Array(contents[80...]), "what was read up to the end")
        },
        ConformanceCase("file.read-empty", proves: "file.end-of-file", requires: .files) { c in
            let file = try c.file("f")
            try c.expectEqual(c.read(16, from: file).count, 0, "the bytes read of an empty file")
        },
        ConformanceCase(
            "file.read-end-moves", proves: "file.end-of-file", title: "The end is where it is when the read runs", requires: .files
        ) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.expectEqual(c.read(8, from: file, at: 3), [], "what is at the end")
            try c.write([4, 5], to: file, at: 3)
            try c.expectEqual(c.read(8, from: file, at: 3), [4, 5], "what is there after the file has grown")
            try c.succeed(.file(.truncate(file, to: 1)))
            try c.expectEqual(c.read(8, from: file, at: 0), [1], "what is there after the file has shrunk")
        },
        ConformanceCase("file.read-one-byte-at-a-time", proves: "file.positional", requires: .files) { c in
            let contents = Pattern.bytes(97, seed: 2)
            let file = try c.file("f", contents: contents)
            let memory = c.buffer(97)
            let ids = try (0..<97).reversed().map { try c.submit(.file(.read(file, into: memory.region($0, 1), at: Int64($0)))) }
            for completion in try c.complete(ids) { try c.expect(completion, moves: 1, "a read of one byte") }
            try c.expectEqual(memory.bytes, contents, "the bytes, read in any order")
        },
        ConformanceCase(
            "file.read-again", proves: "file.positional", title: "A read moves no position: the same read finds the same again",
            requires: .files
        ) { c in
            let file = try c.file("f", contents: Pattern.bytes(64, seed: 2))
            for _ in 0..<3 { try c.expectEqual(c.read(8, from: file, at: 16), Pattern.bytes(8, seed: 2, from: 16), "what is at 16") }
            try c.expectEqual(c.read(8, from: file, at: 0), Pattern.bytes(8, seed: 2), "what is at 0")
        },
        ConformanceCase("file.read-many-at-once", proves: "file.positional", "file.full-transfer", requires: .files) { try manyReads($0) },
        ConformanceCase("file.read-batch-with-mistakes", proves: "completion.independent", "completion.own-error", requires: .files) { c in
            let file = try c.file("f", contents: Pattern.bytes(64, seed: 2))
            let memory = c.buffer(64)
            var operations: [Operation] = []
            for index in 0..<8 {
                let handle = index % 2 == 0 ? file : Handle.invalid
                operations.append(.file(.read(handle, into: memory.region(index * 8, 8), at: Int64(index * 8))))
            }
            let done = try c.complete(operations.map { try c.submit($0) })
            for (index, completion) in done.enumerated() {
                if index % 2 == 0 {
                    try c.expect(completion, moves: 8, "a good read")
                } else {
                    try c.expect(completion, failsWith: .badHandle)
                }
            }
        },
        ConformanceCase(
            "file.read-links", proves: "file.positional", title: "Two handles of one file see the same contents", requires: .files
        ) { c in
            let writer = try c.file("f", contents: [1, 2, 3])
            let reader = try c.open("f", .reading)
            try c.expectEqual(c.read(8, from: reader), [1, 2, 3], "what the other handle reads")
            try c.write([9], to: writer, at: 1)
            try c.expectEqual(c.read(8, from: reader), [1, 9, 3], "what the other handle reads after a write")
        },
    ]

    /// Sixty-four reads at random places of eight files, all at once.
    private static func manyReads(_ c: CaseContext) throws {
        let files = try (UInt64(0)..<8).map { try c.file("f\($0)", contents: Pattern.bytes(20_000, seed: $0)) }
        var expected: [(id: OperationID, memory: CaseBuffer, bytes: [UInt8])] = []
        for index in 0..<64 {
            let offset = Int.random(in: 0..<20_000, using: &c.random)
            let length = Int.random(in: 1...4096, using: &c.random)
            let memory = c.buffer(length)
            let id = try c.submit(.file(.read(files[index % 8], into: memory.region, at: Int64(offset))))
            expected.append((id, memory, Pattern.bytes(min(length, 20_000 - offset), seed: UInt64(index % 8), from: offset)))
        }
        for (id, memory, bytes) in expected {
            try c.expect(c.complete(id), moves: bytes.count, "one of many reads")
            try c.expectEqual(memory.bytes(0, bytes.count), bytes, "what one of many reads found")
            try c.expectUntouched(memory, from: bytes.count)
        }
    }
}
