// What lies beneath a file: a cache that may be cold, storage that was never written, or memory alone.

import IOSpec

enum FileStorageCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "file.read-uncached", proves: "file.full-transfer", "completion.own-error",
            title: "A read of what is not cached waits for it, and gives all of it", requires: [.files, .nativeSystem], timeLimit: 30,
            body: coldReads),
        ConformanceCase(
            "file.direct-query.in-memory", proves: "file.direct-query",
            title: "Where files are kept in memory, opening one for direct transfers says no, or they work",
            requires: .directFiles
        ) { c in
            let place = try c.nativePath("memory")
            try c.surroundings.makeDirectory(at: place)
            let directory = try c.surroundings.withSmallStorage(at: place, bytes: 1 << 20) {
                try c.acquire(.directory(name: place, unconfined: false))
            }
            let options: OpenOptions = [.reading, .writing, .creating, .direct]
            let opened = try c.perform(c.opening("f", options, beneath: directory))
            if opened.error != nil {
                try c.expect(opened, failsWith: .unsupported, "opening a file in memory for direct transfers")
                return c.measured("not supported by the file system")
            }
            let file = try c.handle(of: opened)
            let memory = c.buffer(8192, alignment: 4096)
            memory.fill(pattern: 1)
            try c.expect(c.perform(.file(.write(file, from: memory.region, at: 0))), moves: 8192, "an aligned write")
            let copy = c.buffer(8192, alignment: 4096)
            try c.expect(c.perform(.file(.read(file, into: copy.region, at: 0))), moves: 8192, "an aligned read")
            try c.expectEqual(copy.bytes, memory.bytes, "what an aligned read found")
        },
        ConformanceCase(
            "file.hole-unwritten", proves: "file.holes",
            title: "Storage that was set aside and never written, or given back, reads as zeros, through the cache and around it",
            requires: .files, body: unwrittenStorage),
    ]

    /// How long submitting takes is told and not judged: it depends on the device.
    private static func coldReads(_ c: CaseContext) throws {
        let count = 8 << 20
        let contents = c.pattern(count, seed: 4)
        let file = try c.file("f")
        try c.expect(c.perform(.file(.write(file, from: contents.region, at: 0))), moves: count, "a large write")
        let memory = c.buffer(count)
        var longest: Int64 = 0
        for _ in 0..<4 {
            try Native.forgetCache(ofFileAt: c.nativePath("f"))
            memory.fill(with: 0xA5)
            let start = Native.clock
            let read = try c.submit(.file(.read(file, into: memory.region, at: 0)))
            longest = max(longest, Native.clock - start)
            try c.expect(c.complete(read), moves: count, "a read of what is not cached")
            try c.expectPattern(memory, count, seed: 4)
        }
        c.measured("submitting a read of 8 MiB took \(longest / 1000) µs at most")
    }

    private static func unwrittenStorage(_ c: CaseContext) throws {
        let unit = 65_536
        let file = try c.file("f", contents: Pattern.bytes(3 * unit, seed: 1))
        try c.succeed(.file(.synchronize(file)))
        let path = try c.nativePath("f")
        guard try c.surroundings.setAside(3 * unit, at: 3 * unit, ofFileAt: path),
            try c.surroundings.giveBack(unit, at: unit, ofFileAt: path)
        else {
            try c.skip(.environment("the file system can neither set storage aside nor give it back"))
        }
        let zeros = [UInt8](repeating: 0, count: unit)
        let expected = Pattern.bytes(unit, seed: 1) + zeros + Pattern.bytes(unit, seed: 1, from: 2 * unit) + zeros + zeros + zeros
        try c.expectEqual(c.contents(of: file), expected, "the contents, through the cache")
        let opened = try c.perform(c.opening("f", [.reading, .direct]))
        if opened.error != nil { return try c.expect(opened, failsWith: .unsupported, "opening for direct transfers") }
        let memory = c.buffer(6 * unit, alignment: 4096)
        try c.expect(
            c.perform(.file(.read(c.handle(of: opened), into: memory.region, at: 0))), moves: 6 * unit, "a direct read across holes")
        try c.expectEqual(memory.bytes, expected, "the contents, around the cache")
    }
}
