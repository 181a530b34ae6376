// Files that a kernel's fast interface may not serve.

import IOSpec

enum FileSpecialCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("file.special.process-map", proves: "file.special", requires: [.files, .nativeSystem]) { c in
            let maps = try open(c, "proc/self/maps", .reading)
            let memory = c.buffer(10)
            try c.expect(c.perform(.file(.read(maps, into: memory.region, at: 0))), moves: 10, "a read of a file that the kernel makes up")
            let list = c.segments([memory.region(0, 4), memory.region(4, 6)])
            try c.expect(c.perform(.file(.readVectored(maps, into: list, at: 5))), moves: 10, "a vectored read of it")
        },
        ConformanceCase("file.special.process-memory", proves: "file.special", requires: [.files, .nativeSystem]) { c in
            let memory = c.buffer(64)
            let selfMemory = try open(c, "proc/self/mem", .reading)
            try c.fails(.file(.read(selfMemory, into: memory.region, at: 4096)), with: .inputOutput)
            try c.expectUntouched(memory)
            let text = c.buffer(Pattern.bytes(64, seed: 5))
            let place = Int64(text.region.address)
            try c.expectEqual(c.read(64, from: selfMemory, at: place), text.bytes, "the process's own memory")
        },
        ConformanceCase("file.special.full", proves: "file.special", "file.no-space", requires: .files) { c in
            let full = try device(c, "full", [.reading, .writing])
            let memory = c.buffer(4096)
            try c.fails(.file(.write(full, from: memory.region, at: 0)), with: .noSpace)
            try c.fails(.file(.writeVectored(full, from: c.segments([memory.region]), at: 0)), with: .noSpace)
            try c.expectEqual(c.read(16, from: full), [UInt8](repeating: 0, count: 16), "what is read there")
            let log = try device(c, "full", .appending)
            try c.fails(.file(.append(log, from: memory.region)), with: .noSpace)
        },
        ConformanceCase("file.special.zeros", proves: "file.special", "file.full-transfer", requires: .files) { c in
            let zeros = try device(c, "zero", .reading)
            try c.expectEqual(c.read(300_000, from: zeros, at: 7), [UInt8](repeating: 0, count: 300_000), "what is read there")
        },
        ConformanceCase("file.special.null", proves: "file.special", "file.end-of-file", requires: .files) { c in
            let null = try device(c, "null", [.reading, .writing])
            try c.write([UInt8](repeating: 1, count: 200_000), to: null)
            try c.expectEqual(c.read(16, from: null), [], "what is read there")
            try c.expectEqual(c.status(of: null).kind, .characterDevice, "the kind")
        },
        ConformanceCase("file.special.setting", proves: "file.special", "file.end-of-file", requires: [.files, .nativeSystem]) { c in
            let setting = try open(c, "proc/sys/kernel/ostype", .reading)
            try c.expectEqual(c.read(64, from: setting), Array("Linux\n".utf8), "a setting of the kernel")
            try c.expectEqual(c.read(64, from: setting, at: 2), Array("nux\n".utf8), "the rest of it")
            try c.expectEqual(c.read(64, from: setting, at: 6), [], "its end")
        },
        ConformanceCase("file.special.many-at-once", proves: "file.special", "completion.independent", requires: [.files, .nativeSystem]) {
            c in
            let maps = try open(c, "proc/self/maps", .reading)
            let file = try c.file("f", contents: Pattern.bytes(16, seed: 1))
            let memory = c.buffer(16 * 64)
            let ids = try (0..<64).map { index in
                try c.submit(.file(.read(index % 2 == 0 ? maps : file, into: memory.region(index * 16, 16), at: 0)))
            }
            for completion in try c.complete(ids) { try c.expect(completion, moves: 16, "one of many reads") }
            for index in stride(from: 1, to: 64, by: 2) {
                try c.expectEqual(memory.bytes(index * 16, 16), Pattern.bytes(16, seed: 1), "what was read of a file beside them")
            }
        },
    ]

    private static func device(_ c: CaseContext, _ name: String, _ options: OpenOptions) throws -> Handle {
        try c.open(name, options, beneath: c.acquire(.directory(name: c.surroundings.devices(), unconfined: true)))
    }

    private static func open(_ c: CaseContext, _ name: String, _ options: OpenOptions) throws -> Handle {
        try c.open(name, options, beneath: c.acquire(.directory(name: "/", unconfined: true)))
    }
}
