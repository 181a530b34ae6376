// What lies beneath a file: a cache that may be cold, or memory alone.

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
            requires: [.directFiles, .nativeSystem]
        ) { c in
            let place = try c.nativePath("memory")
            try Native.makeDirectory(at: place)
            let directory = try Native.withSmallStorage(at: place, bytes: 1 << 20) {
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
}
