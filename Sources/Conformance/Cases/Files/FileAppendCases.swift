// Writing at the end.

import IOSpec

enum FileAppendCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("file.append-grows", proves: "file.append", requires: .files) { c in
            let log = try c.open("log", [.reading, .appending, .creating])
            for byte in UInt8(1)...5 { try c.expect(c.perform(append([byte, byte], to: log, c)), moves: 2, "an append") }
            try c.expectEqual(c.contents(of: log), [1, 1, 2, 2, 3, 3, 4, 4, 5, 5], "the contents after appends")
        },
        ConformanceCase("file.append-to-existing", proves: "file.append", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let log = try c.open("f", .appending)
            try c.succeed(append([4], to: log, c))
            try c.succeed(.file(.truncate(file, to: 2)))
            try c.succeed(append([5], to: log, c))
            try c.expectEqual(c.contents(of: file), [1, 2, 5], "the contents, where the end had moved")
        },
        ConformanceCase("file.append-elsewhere", proves: "file.append", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.fails(append([9], to: file, c), with: .invalidArgument)
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents after an append that was refused")
        },
        ConformanceCase(
            "file.append-not-positional", proves: "file.append", title: "A positional write to a file opened for appending is refused",
            requires: .files
        ) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer([9])
            for options: OpenOptions in [.appending, [.writing, .appending], [.reading, .appending]] {
                let log = try c.open("f", options)
                for offset in [Int64(0), 3, 100] {
                    try c.fails(.file(.write(log, from: memory.region, at: offset)), with: .invalidArgument)
                    try c.fails(.file(.writeVectored(log, from: c.segments([memory.region]), at: offset)), with: .invalidArgument)
                }
            }
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents after writes that were refused")
        },
        ConformanceCase("file.append-large", proves: "file.append", "file.full-transfer", requires: .files, timeLimit: 30) { c in
            let log = try c.open("log", [.reading, .appending, .creating])
            let memory = c.buffer(3 << 20 + 5)
            memory.fill(pattern: 2)
            for _ in 0..<2 { try c.expectEqual(c.succeed(.file(.append(log, from: memory.region))), memory.count, "the bytes appended") }
            try c.expectEqual(c.contents(of: log), memory.bytes + memory.bytes, "the contents after large appends")
        },
        ConformanceCase(
            "file.append-concurrent.one-handle", proves: "file.append-concurrent", kind: .stochastic(iterations: 10), requires: .files
        ) { c in
            for iteration in 0..<c.iterations {
                let log = try c.open("log\(iteration)", [.reading, .appending, .creating])
                try appendsAreWhole(c, through: [log])
            }
        },
        ConformanceCase(
            "file.append-concurrent.many-handles", proves: "file.append-concurrent", kind: .stochastic(iterations: 10), requires: .files
        ) { c in
            for iteration in 0..<c.iterations {
                _ = try c.file("log\(iteration)")
                let logs = try (0..<8).map { _ in try c.open("log\(iteration)", [.reading, .appending]) }
                try appendsAreWhole(c, through: logs)
            }
        },
    ]

    private static func append(_ bytes: [UInt8], to log: Handle, _ c: CaseContext) -> Operation {
        .file(.append(log, from: c.buffer(bytes).region))
    }

    /// Sixty-four records of different lengths, all at once: each is there once, in one piece.
    private static func appendsAreWhole(_ c: CaseContext, through logs: [Handle]) throws {
        let records = (0..<64).map { index in
            [UInt8](repeating: UInt8(index), count: Int.random(in: 1...3000, using: &c.random))
        }
        let memories = records.map { c.buffer($0) }
        let ids = try memories.enumerated().map { index, memory in
            try c.submit(.file(.append(logs[index % logs.count], from: memory.region)))
        }
        for (id, record) in zip(ids, records) { try c.expect(c.complete(id), moves: record.count, "one of many appends") }
        let contents = try c.contents(of: logs[0])
        try c.expectEqual(contents.count, records.map(\.count).reduce(0, +), "the size after many appends")
        var rest = contents[...]
        while let tag = rest.first {
            let record = records[min(Int(tag), 63)]
            try c.expect(rest.prefix(record.count).elementsEqual(record), "record \(tag) is there in one piece")
            rest = rest.dropFirst(record.count)
        }
        memories.forEach(c.release)
    }
}
