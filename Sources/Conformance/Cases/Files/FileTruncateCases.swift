// Truncating, and what limits a file's size.

import IOSpec

enum FileTruncateCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("file.truncate-shorter", proves: "file.truncate", requires: .files) { c in
            let file = try c.file("f", contents: Pattern.bytes(10_000, seed: 1))
            try c.expect(c.perform(.file(.truncate(file, to: 4097))), moves: 0, "truncating")
            try c.expectEqual(c.contents(of: file), Pattern.bytes(4097, seed: 1), "what is left")
            try c.succeed(.file(.truncate(file, to: 0)))
            try c.expectEqual(c.status(of: file).size, 0, "the size")
        },
        ConformanceCase("file.truncate-longer", proves: "file.truncate", "file.holes", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.succeed(.file(.truncate(file, to: 10_000)))
            try c.expectEqual(c.contents(of: file), [1, 2, 3] + [UInt8](repeating: 0, count: 9997), "the contents")
        },
        ConformanceCase(
            "file.truncate-forgets", proves: "file.truncate", title: "What was cut off is zeros when the file grows again",
            requires: .files
        ) { c in
            let file = try c.file("f", contents: [UInt8](repeating: 7, count: 10_000))
            try c.succeed(.file(.truncate(file, to: 100)))
            try c.succeed(.file(.truncate(file, to: 10_000)))
            let expected = [UInt8](repeating: 7, count: 100) + [UInt8](repeating: 0, count: 9900)
            try c.expectEqual(c.contents(of: file), expected, "the contents of a file that shrank and grew")
        },
        ConformanceCase("file.truncate-same", proves: "file.truncate", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.succeed(.file(.truncate(file, to: 3)))
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents")
            let log = try c.open("f", .appending)
            try c.succeed(.file(.truncate(log, to: 1)))
            try c.expectEqual(c.contents(of: file), [1], "the contents after truncating through an appending handle")
        },
        ConformanceCase(
            "file.too-large.limit", proves: "file.too-large", "stream.no-signal", "result.moved-is-reported",
            requires: .files, isolation: .childProcess
        ) { c in
            try withFileSizeLimit(c) { file in
                let memory = c.buffer(100_000, filledWith: 7)
                let crossing = try c.perform(.file(.write(file, from: memory.region, at: 50_000)))
                try c.expect(crossing, moves: 50_000, "a write across the limit")
                let beyond = try c.perform(.file(.write(file, from: memory.region, at: 100_000)))
                try c.expect(beyond, failsWith: .fileTooLarge, "a write at the limit")
            }
        },
        ConformanceCase("file.too-large.vectored", proves: "file.too-large", requires: .files, isolation: .childProcess) {
            c in
            try withFileSizeLimit(c) { file in
                let memory = c.buffer(4096, filledWith: 7)
                let list = c.segments(Array(repeating: memory.region, count: 16))
                try c.expect(c.perform(.file(.writeVectored(file, from: list, at: 90_000))), moves: 10_000, "a write across the limit")
                try c.fails(.file(.writeVectored(file, from: list, at: 100_000)), with: .fileTooLarge)
            }
        },
        ConformanceCase("file.too-large.append", proves: "file.too-large", requires: .files, isolation: .childProcess) {
            c in
            try withFileSizeLimit(c) { file in
                let log = try c.open("limited", .appending)
                let memory = c.buffer(60_000, filledWith: 7)
                try c.expect(c.perform(.file(.append(log, from: memory.region))), moves: 60_000, "an append below the limit")
                try c.expect(c.perform(.file(.append(log, from: memory.region))), moves: 40_000, "an append across the limit")
                try c.fails(.file(.append(log, from: memory.region)), with: .fileTooLarge)
            }
        },
        ConformanceCase(
            "file.too-large.truncate", proves: "file.too-large", "file.truncate", requires: .files,
            isolation: .childProcess
        ) { c in
            try withFileSizeLimit(c) { file in
                try c.fails(.file(.truncate(file, to: 100_001)), with: .fileTooLarge)
                try c.succeed(.file(.truncate(file, to: 100_000)))
                try c.expectEqual(c.status(of: file).size, 100_000, "the size")
            }
        },
        ConformanceCase(
            "file.too-large.many-at-once", proves: "file.too-large", requires: .files, isolation: .childProcess
        ) { c in
            try withFileSizeLimit(c) { file in
                let memory = c.buffer(4096, filledWith: 7)
                let ids = try (0..<64).map { try c.submit(.file(.write(file, from: memory.region, at: 100_000 + Int64($0) * 4096))) }
                for completion in try c.complete(ids) { try c.expect(completion, failsWith: .fileTooLarge, "a write beyond the limit") }
            }
        },
        ConformanceCase("file.too-large.file-system", proves: "file.too-large", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            let memory = c.buffer(8)
            let completion = try c.perform(.file(.write(file, from: memory.region, at: .max - 4096)))
            if completion.error == nil { return c.informational("the file system of the scratch directory has no largest size") }
            try c.expect(completion, failsWithOneOf: [.fileTooLarge, .noSpace], "a write near the largest offset")
            try c.expectEqual(c.contents(of: file), [1], "the contents")
        },
        ConformanceCase(
            "file.no-space.small-storage", proves: "file.no-space", "result.moved-is-reported", requires: .files
        ) { c in
            let file = try c.open("f", [.reading, .writing, .creating], beneath: smallStorage(c))
            let memory = c.buffer(Pattern.bytes(100_000, seed: 1))
            let first = try c.succeed(.file(.write(file, from: memory.region, at: 0)))
            try c.expect(first > 0 && first < 100_000, "a write of 100,000 bytes into 65,536 is short (it moved \(first))")
            try c.fails(.file(.write(file, from: memory.region, at: Int64(first))), with: .noSpace)
            try c.expectEqual(c.contents(of: file), Pattern.bytes(first, seed: 1), "what was written")
            try c.succeed(.file(.truncate(file, to: 0)))
            try c.write([1, 2, 3], to: file)
        },
        ConformanceCase("file.no-space.append", proves: "file.no-space", requires: .files) { c in
            let log = try c.open("log", [.reading, .appending, .creating], beneath: smallStorage(c))
            let memory = c.buffer(Pattern.bytes(100_000, seed: 1))
            let first = try c.succeed(.file(.append(log, from: memory.region)))
            try c.expect(first > 0 && first < 100_000, "an append of 100,000 bytes into 65,536 is short (it moved \(first))")
            try c.fails(.file(.append(log, from: memory.region)), with: .noSpace)
            try c.expectEqual(c.contents(of: log), Pattern.bytes(first, seed: 1), "what was appended")
        },
    ]

    /// Lets no file of this process grow beyond 100,000 bytes, while the signal that the system sends then would end the process.
    private static func withFileSizeLimit(_ c: CaseContext, _ body: (Handle) throws -> Void) throws {
        let file = try c.file("limited")
        try c.surroundings.withFileSizeLimit(100_000) { try body(file) }
    }

    private static func smallStorage(_ c: CaseContext) throws -> Handle {
        let place = try c.nativePath("small")
        try c.surroundings.makeDirectory(at: place)
        return try c.surroundings.withSmallStorage(at: place, bytes: 65_536) { try c.acquire(.directory(name: place, unconfined: false)) }
    }
}
