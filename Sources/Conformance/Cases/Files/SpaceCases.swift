// Taking storage, and giving it back.

import IOSpec

enum SpaceCases {
    static let all: [ConformanceCase] = allocating + punching + refused

    private static let allocating: [ConformanceCase] = [
        ConformanceCase("space.allocate.grows", proves: "space.allocate", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try allocate(c, file, at: 0, 10_000)
            let expected: [UInt8] = [1, 2, 3] + Array(repeating: 0, count: 9997)
            try c.expectEqual(c.contents(of: file), expected, "the contents")
            let status = try c.status(of: file)
            try c.expect(
                status.allocatedSize >= 10_000, "the storage is taken (\(status.allocatedSize) bytes are)", clause: "space.allocate")
        },
        ConformanceCase("space.allocate.keeps-size", proves: "space.allocate", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try allocate(c, file, at: 0, 100_000, keepsSize: true)
            try c.expectEqual(c.status(of: file).size, 3, "the size, which is kept", clause: "space.allocate")
            try c.expect(try c.status(of: file).allocatedSize >= 100_000, "the storage is taken", clause: "space.allocate")
            try c.expectEqual(c.read(16, from: file), [1, 2, 3], "what is read across the end")
            try c.write([9], to: file, at: 50_000)
            try c.expectEqual(c.read(3, from: file, at: 49_998), [0, 0, 9], "what is read of what was allocated")
        },
        ConformanceCase("space.allocate.inside", proves: "space.allocate", requires: .files) { c in
            let file = try c.file("f", contents: Pattern.bytes(10_000, seed: 1))
            try allocate(c, file, at: 100, 5000)
            try c.expectEqual(c.contents(of: file), Pattern.bytes(10_000, seed: 1), "the contents", clause: "space.allocate")
        },
        ConformanceCase(
            "space.allocate.hole", proves: "space.allocate", "file.holes",
            title: "Storage for a hole reads as zeros, also around the cache",
            requires: .files
        ) { c in
            let file = try c.file("f")
            try c.write([7], to: file, at: 1 << 16)
            try allocate(c, file, at: 0, 1 << 16)
            try c.expectEqual(c.read(1 << 16, from: file), [UInt8](repeating: 0, count: 1 << 16), "what was a hole")
            try expectDirectly(c, [UInt8](repeating: 0, count: 1 << 16), "what was a hole, read around the cache")
        },
        ConformanceCase("space.allocate.appending", proves: "space.allocate", requires: .files) { c in
            let log = try c.open("f", [.reading, .appending, .creating])
            try allocate(c, log, at: 0, 4096, keepsSize: true)
            try c.succeed(.file(.append(log, from: c.buffer([1, 2]).region)))
            try c.expectEqual(c.contents(of: log), [1, 2], "what was appended to a file with storage")
        },
        ConformanceCase("space.allocate.many-at-once", proves: "space.allocate", "completion.independent", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            try allocate(c, file, at: 0, 1)
            let ids = try (0..<32).map { try c.submit(.file(.allocate(file, at: Int64($0) * 8192, count: 4096, keepsSize: false))) }
            for completion in try c.complete(ids) { try c.expect(completion, moves: 0, "one of many allocations") }
            try c.expectEqual(c.status(of: file).size, 31 * 8192 + 4096, "the size after many allocations")
        },
    ]

    private static let punching: [ConformanceCase] = [
        ConformanceCase("space.punch-hole.zeros", proves: "space.punch-hole", "file.holes", requires: .files) { c in
            let contents = Pattern.bytes(1 << 16, seed: 1)
            let file = try c.file("f", contents: contents)
            try c.succeed(.file(.synchronize(file)))
            let before = try c.status(of: file)
            try punch(c, file, at: 5000, 40_000)
            let expected = contents[..<5000] + [UInt8](repeating: 0, count: 40_000) + contents[45_000...]
            try c.expectEqual(c.contents(of: file), Array(expected), "the contents around a hole", clause: "space.punch-hole")
            let after = try c.status(of: file)
            try c.expectEqual(after.size, before.size, "the size, which stays", clause: "space.punch-hole")
            if after.allocatedSize >= before.allocatedSize { c.informational("the storage of a hole was not given back at once") }
            try expectDirectly(c, Array(expected), "the contents around a hole, read around the cache")
        },
        ConformanceCase("space.punch-hole.gives-back", proves: "space.punch-hole", requires: .files) { c in
            let file = try c.file("f", contents: [UInt8](repeating: 7, count: 1 << 20))
            try c.succeed(.file(.synchronize(file)))
            let before = try c.status(of: file).allocatedSize
            try punch(c, file, at: 0, 1 << 20)
            let after = try c.status(of: file).allocatedSize
            try c.expect(after < before, "storage is given back (\(before) bytes before, \(after) after)", clause: "space.punch-hole")
            try c.expectEqual(c.status(of: file).size, 1 << 20, "the size, which stays", clause: "space.punch-hole")
        },
        ConformanceCase("space.punch-hole.beyond-end", proves: "space.punch-hole", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try punch(c, file, at: 100, 1 << 30)
            try punch(c, file, at: 2, 1 << 30)
            try c.expectEqual(c.contents(of: file), [1, 2, 0], "the contents", clause: "space.punch-hole")
        },
        ConformanceCase("space.punch-hole.long-range", proves: "space.punch-hole", "file.large-offset", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let far = Int64(1) << 32 + 4096
            for (offset, byte) in [(far - 1, 8), (far, 9)] as [(Int64, UInt8)] { try c.write([byte], to: file, at: offset) }
            try punch(c, file, at: 1, far - 1)
            try c.expectEqual(c.read(3, from: file), [1, 0, 0], "the first bytes of a hole of more than 4 GiB")
            try c.expectEqual(c.read(2, from: file, at: far - 1), [0, 9], "the last bytes of a hole of more than 4 GiB")
        },
    ]

    private static let refused: [ConformanceCase] = [
        ConformanceCase("space.range.impossible", proves: "space.range", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let ranges: [(Int64, Int64)] = [(0, 0), (0, -1), (-1, 1), (.max, 1), (1, .max), (.min, 1), (0, .min), (.max, .max)]
            for (offset, count) in ranges {
                for operation in operations(file, at: offset, count) { try c.fails(operation, with: .invalidArgument) }
            }
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents")
        },
        ConformanceCase("space.range.every-kind", proves: "space.range", "handle.wrong-kind", requires: .files) { c in
            for (name, kind, handle) in try c.handlesOfEveryKind() where kind != .file {
                for operation in operations(handle, at: 0, 1) {
                    let cause: IOError.Cause = kind == .directory ? .isDirectory : .notSeekable
                    try c.expect(c.perform(operation), failsWith: cause, "\(operation.kind) on \(name)")
                }
            }
        },
        ConformanceCase("space.range.wrong-access", proves: "handle.wrong-access", "space.range", requires: .files) { c in
            _ = try c.file("f", contents: [1, 2, 3])
            let reader = try c.open("f", .reading)
            for operation in operations(reader, at: 0, 100) { try c.fails(operation, with: .wrongAccess) }
            try c.expectEqual(c.contents(of: reader), [1, 2, 3], "the contents")
        },
        ConformanceCase("space.range.no-storage", proves: "space.range", "file.special", requires: .files) { c in
            let devices = try c.acquire(.directory(name: c.surroundings.devices(), unconfined: false))
            for name in ["null", "zero", "full"] {
                let device = try c.open(name, [.reading, .writing], beneath: devices)
                for operation in operations(device, at: 0, 4096) { try c.fails(operation, with: .unsupported) }
            }
        },
        ConformanceCase("space.allocate.no-space", proves: "file.no-space", "space.allocate", requires: .files) { c in
            let place = try c.nativePath("small")
            try c.surroundings.makeDirectory(at: place)
            let storage = try c.surroundings.withSmallStorage(at: place, bytes: 65_536) {
                try c.acquire(.directory(name: place, unconfined: false))
            }
            let file = try c.open("f", [.reading, .writing, .creating], beneath: storage)
            for keepsSize in [false, true] {
                try c.fails(.file(.allocate(file, at: 0, count: 1 << 20, keepsSize: keepsSize)), with: .noSpace)
                try c.expectEqual(c.status(of: file).size, 0, "the size after an allocation that failed")
            }
            try c.expect(c.perform(.file(.allocate(file, at: 0, count: 4096, keepsSize: false))), moves: 0, "an allocation that fits")
        },
        ConformanceCase(
            "space.allocate.too-large", proves: "file.too-large", "space.allocate", requires: .files,
            isolation: .childProcess
        ) { c in
            let file = try c.file("f", contents: [1])
            try allocate(c, file, at: 0, 1)
            try c.surroundings.withFileSizeLimit(100_000) {
                try c.fails(.file(.allocate(file, at: 90_000, count: 10_001, keepsSize: false)), with: .fileTooLarge)
                try c.expectEqual(c.status(of: file).size, 1, "the size after an allocation beyond the limit")
                try c.expect(
                    c.perform(.file(.allocate(file, at: 90_000, count: 10_000, keepsSize: false))), moves: 0,
                    "an allocation up to the limit")
            }
        },
        ConformanceCase("space.allocate.file-system", proves: "file.too-large", "space.allocate", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            try allocate(c, file, at: 0, 1)
            let completion = try c.perform(.file(.allocate(file, at: .max - 8192, count: 4096, keepsSize: false)))
            try c.expect(completion, failsWithOneOf: [.fileTooLarge, .noSpace], "an allocation near the largest offset")
            try c.expectEqual(c.contents(of: file), [1], "the contents")
        },
    ]

    private static func operations(_ file: Handle, at offset: Int64, _ count: Int64) -> [Operation] {
        [
            .file(.allocate(file, at: offset, count: count, keepsSize: false)),
            .file(.allocate(file, at: offset, count: count, keepsSize: true)),
            .file(.punchHole(file, at: offset, count: count)),
        ]
    }

    /// - Throws: ``Skip`` when the file system cannot.
    private static func allocate(_ c: CaseContext, _ file: Handle, at offset: Int64, _ count: Int64, keepsSize: Bool = false) throws {
        let completion = try c.perform(.file(.allocate(file, at: offset, count: count, keepsSize: keepsSize)))
        if completion.error?.cause == .unsupported { try c.skip(.environment("the file system does not allocate")) }
        try c.expect(completion, moves: 0, "allocating \(count) bytes at \(offset)")
    }

    /// - Throws: ``Skip`` when the file system cannot.
    private static func punch(_ c: CaseContext, _ file: Handle, at offset: Int64, _ count: Int64) throws {
        let completion = try c.perform(.file(.punchHole(file, at: offset, count: count)))
        if completion.error?.cause == .unsupported { try c.skip(.environment("the file system makes no holes")) }
        try c.expect(completion, moves: 0, "making a hole of \(count) bytes at \(offset)")
    }

    /// Checks the beginning of the file `f` around the cache, where the file system lets it be read so.
    private static func expectDirectly(_ c: CaseContext, _ expected: [UInt8], _ what: String) throws {
        guard c.capabilities.contains(.directFiles) else { return }
        let completion = try c.perform(c.opening("f", [.reading, .direct]))
        if completion.error?.cause == .unsupported { return c.informational("the file system has no direct transfers") }
        let memory = c.buffer(expected.count, alignment: 4096)
        try c.succeed(.file(.read(c.handle(of: completion), into: memory.region, at: 0)))
        try c.expectEqual(memory.bytes, expected, what)
    }
}
