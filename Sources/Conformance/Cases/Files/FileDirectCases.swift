// Transfers around the cache.

import IOSpec

enum FileDirectCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("file.direct-query.aligned", proves: "file.direct-query", "file.full-transfer", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 0)
            let memory = file.buffer(8)
            memory.fill(pattern: 1)
            try c.expect(c.perform(.file(.write(file.handle, from: memory.region, at: 0))), moves: memory.count, "an aligned write")
            let copy = file.buffer(8)
            try c.expect(c.perform(.file(.read(file.handle, into: copy.region, at: 0))), moves: memory.count, "an aligned read")
            try c.expectEqual(copy.bytes, memory.bytes, "what an aligned read found")
        },
        ConformanceCase("file.direct-query.powers-of-two", proves: "file.direct-query", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 0)
            for alignment in [file.memoryAlignment, file.offsetAlignment] {
                try c.expect(alignment & (alignment - 1) == 0, "the alignment \(alignment) is a power of two")
            }
        },
        ConformanceCase(
            "file.direct-tail", proves: "file.direct-query", "file.end-of-file", "file.untouched-past-count", requires: .directFiles
        ) { c in
            let file = try DirectFile(c, bytes: oddSize)
            let memory = c.buffer(1 << 16, alignment: 4096)
            let count = max(8192, file.offsetAlignment)
            try c.expect(
                c.perform(.file(.read(file.handle, into: memory.region(0, count), at: 0))), moves: oddSize, "a read across the end")
            try c.expectEqual(memory.bytes(0, oddSize), Pattern.bytes(oddSize, seed: 1), "what is there up to the end")
            try c.expectUntouched(memory, from: count)
            let past = try c.perform(.file(.read(file.handle, into: memory.region(0, count), at: 1 << 20)))
            try c.expect(past, moves: 0, "a read far past the end")
        },
        ConformanceCase("file.direct-alignment.memory", proves: "file.direct-alignment", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 1 << 16)
            if file.memoryAlignment == 1 { try c.skip(.environment("memory needs no alignment here")) }
            try file.refuses(c, memoryOffset: 1, count: 16 * file.unit, at: 0)
        },
        ConformanceCase(
            "file.direct-alignment.small", proves: "file.direct-alignment",
            title: "Misaligned memory is misaligned also where the device could have taken it", requires: .directFiles
        ) { c in
            let file = try DirectFile(c, bytes: 1 << 16)
            if file.memoryAlignment == 1 { try c.skip(.environment("memory needs no alignment here")) }
            try file.refuses(c, memoryOffset: 1, count: file.unit, at: 0)
        },
        ConformanceCase("file.direct-alignment.offset", proves: "file.direct-alignment", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 1 << 16)
            try file.refuses(c, memoryOffset: 0, count: file.unit, at: 1)
        },
        ConformanceCase("file.direct-alignment.length", proves: "file.direct-alignment", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 1 << 16)
            try file.refuses(c, memoryOffset: 0, count: file.unit - 1, at: 0)
            try file.refuses(c, memoryOffset: 0, count: 1, at: 0)
        },
        ConformanceCase("file.direct-alignment.vectored", proves: "file.direct-alignment", "file.vectored", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 1 << 16)
            let memory = file.buffer(4)
            let unit = file.unit
            let good = c.segments([memory.region(0, unit), memory.region(2 * unit, unit)])
            try c.expect(c.perform(.file(.readVectored(file.handle, into: good, at: 0))), moves: 2 * unit, "an aligned vectored read")
            try c.expectEqual(memory.bytes(0, unit), Pattern.bytes(unit, seed: 1), "the first segment")
            try c.expectEqual(memory.bytes(2 * unit, unit), Pattern.bytes(unit, seed: 1, from: unit), "the second segment")
            let bad = c.segments([memory.region(0, unit + 1), memory.region(2 * unit, unit - 1)])
            try c.fails(.file(.readVectored(file.handle, into: bad, at: 0)), with: .misaligned)
        },
        ConformanceCase("file.direct-alignment.segments", proves: "file.direct-alignment", "file.vectored", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 1 << 16)
            if file.memoryAlignment == 1 { try c.skip(.environment("memory needs no alignment here")) }
            let memory = c.buffer(8 * file.unit, alignment: 4096)
            let good = memory.region(0, file.unit)
            for bad in [memory.region(file.unit + 1, file.unit), memory.region(file.unit, file.unit / 2)] {
                for list in [[good, bad, bad], [bad, bad, good]] {
                    let segments = c.segments(list)
                    try c.fails(.file(.readVectored(file.handle, into: segments, at: 0)), with: .misaligned)
                    try c.fails(.file(.writeVectored(file.handle, from: segments, at: 0)), with: .misaligned)
                }
            }
            try c.expectUntouched(memory, clause: "file.direct-alignment")
        },
        ConformanceCase("file.direct-alignment.append", proves: "file.direct-alignment", "file.append", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 1 << 16)
            if file.memoryAlignment == 1 { try c.skip(.environment("memory needs no alignment here")) }
            let log = try c.open("direct", [.reading, .appending, .direct])
            let memory = c.buffer(4 * file.unit, alignment: 4096)
            memory.fill(pattern: 2)
            for region in [memory.region(1, file.unit), memory.region(0, file.unit - 1)] {
                try c.fails(.file(.append(log, from: region)), with: .misaligned)
            }
            try c.expect(c.perform(.file(.append(log, from: memory.region(0, file.unit)))), moves: file.unit, "an aligned append")
            try c.expectEqual(c.status(of: log).size, Int64(1 << 16 + file.unit), "the size after appends, two of them misaligned")
        },
        ConformanceCase("file.direct-zero-length", proves: "file.direct-alignment", "result.zero-length", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 1 << 16)
            try c.expect(c.perform(.file(.read(file.handle, into: .empty, at: 0))), moves: 0, "a direct read of length 0")
        },
        ConformanceCase(
            "file.direct-many-at-once", proves: "file.direct-query", "completion.unordered", "file.positional", requires: .directFiles
        ) { c in
            let file = try DirectFile(c, bytes: 1 << 20)
            let memories = (0..<64).map { _ in file.buffer(1) }
            let places = (0..<64).shuffled(using: &c.random)
            let ids = try places.map {
                try c.submit(.file(.read(file.handle, into: memories[$0].region, at: Int64($0 * file.unit))))
            }
            for completion in try c.complete(ids) { try c.expect(completion, moves: file.unit, "one of many direct reads") }
            for (index, memory) in memories.enumerated() {
                try c.expectEqual(memory.bytes, Pattern.bytes(file.unit, seed: 1, from: index * file.unit), "what read \(index) found")
            }
            if c.completionOrder.suffix(64) != ids[...] { c.informational("direct reads completed in another order than submitted") }
        },
        ConformanceCase("file.direct-many-writes", proves: "file.direct-query", "file.full-transfer", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 0)
            let ids = try (0..<32).map { index in
                let memory = file.buffer(1)
                memory.fill(pattern: 3, from: index * file.unit)
                return try c.submit(.file(.write(file.handle, from: memory.region, at: Int64(index * file.unit))))
            }
            for completion in try c.complete(ids) { try c.expect(completion, moves: file.unit, "one of many direct writes") }
            let reader = try c.open("direct", .reading)
            try c.expectEqual(c.contents(of: reader), Pattern.bytes(32 * file.unit, seed: 3), "what a read through the cache finds")
        },
        ConformanceCase("file.direct-sees-buffered", proves: "file.direct-query", requires: .directFiles) { c in
            let file = try DirectFile(c, bytes: 1 << 16)
            let writer = try c.open("direct", .writing)
            try c.write([UInt8](repeating: 9, count: file.unit), to: writer)
            let memory = file.buffer(1)
            try c.succeed(.file(.read(file.handle, into: memory.region, at: 0)))
            try c.expectEqual(
                memory.bytes, [UInt8](repeating: 9, count: file.unit), "what a direct read finds after a write that completed")
        },
        ConformanceCase("file.direct-large", proves: "file.direct-query", "file.full-transfer", requires: .directFiles, timeLimit: 30) {
            c in
            let file = try DirectFile(c, bytes: 0)
            let memory = c.buffer(4 << 20, alignment: 4096)
            memory.fill(pattern: 1)
            try c.expect(c.perform(.file(.write(file.handle, from: memory.region, at: 0))), moves: 4 << 20, "a large direct write")
            let copy = c.buffer(4 << 20, alignment: 4096)
            try c.expect(c.perform(.file(.read(file.handle, into: copy.region, at: 0))), moves: 4 << 20, "a large direct read")
            try c.expectEqual(copy.bytes, memory.bytes, "what a large direct read found")
        },
    ]

    /// More than one page, and not a multiple of any alignment.
    private static let oddSize = 6000
}
