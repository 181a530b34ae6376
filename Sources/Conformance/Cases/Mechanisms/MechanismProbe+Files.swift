// What operations on files and paths are tried with.

import IOSpec

extension MechanismProbe {
    static func file(_ c: CaseContext) throws -> Handle { try c.file("f", contents: Pattern.bytes(64, seed: 1)) }

    static func log(_ c: CaseContext) throws -> Handle { try c.open("log", [.appending, .creating]) }

    /// A file that the cache holds, and one whose contents the kernel makes up, which no try brings.
    static func readings(_ c: CaseContext, _ reading: (Handle, MemoryRegion) -> FileOperation) throws -> [Sample] {
        let processes = try c.acquire(.directory(name: "/proc", unconfined: true))
        let version = try c.open("version", .reading, beneath: processes)
        return [.ready(.file(reading(try file(c), c.buffer(64).region))), .ready(.file(reading(version, c.buffer(64).region)))]
    }

    /// Advice for a whole file, and for more bytes than some interfaces can tell.
    @Sendable static func advices(_ c: CaseContext) throws -> [Sample] {
        let handle = try file(c)
        return [
            .ready(.file(.advise(handle, at: 0, count: 0, .sequential))),
            Sample.ready(.file(.advise(handle, at: 0, count: 1 << 33, .sequential))).special,
        ]
    }

    static func locked(_ c: CaseContext) throws -> Handle {
        let handle = try file(c)
        try c.succeed(.file(.lock(handle, .exclusive)))
        return handle
    }

    /// One lock that is free, and one that is not.
    @Sendable static func locks(_ c: CaseContext) throws -> [Sample] {
        // Apart from the file of the other probes: the second handle keeps its lock.
        let holder = try c.file("locked")
        let other = try c.open("locked", [.reading, .writing])
        return [
            .ready(.file(.lock(holder, .exclusive))),
            .waiting(.file(.lock(other, .exclusive))) { _ in try c.submit(.control(.close(holder))) },
        ]
    }

    // MARK: Paths

    /// A file, and a named pipe that waits for the other side.
    @Sendable static func opens(_ c: CaseContext) throws -> [Sample] {
        try c.surroundings.makeNamedPipe(at: c.nativePath("pipe"))
        let writer = try c.opening("pipe", .writing)
        return [
            .ready(try c.opening("f", [.writing, .creating])),
            .waiting(try c.opening("pipe", .reading)) { _ in try c.submit(writer) },
        ]
    }

    static func pathStatus(_ c: CaseContext) throws -> PathOperation {
        let memory = c.buffer(MemoryLayout<FileStatus>.size).region
        return .status(beneath: try c.directory, path: try named("f", c), into: memory, followsLink: false)
    }

    static func readLink(_ c: CaseContext) throws -> PathOperation {
        try c.surroundings.makeSymbolicLink(to: "f", at: c.nativePath("link"))
        return .readLink(beneath: try c.directory, path: c.path("link"), into: c.buffer(16).region)
    }

    static func symbolicLink(_ c: CaseContext) throws -> PathOperation {
        .symbolicLink(beneath: try c.directory, path: c.path("link"), target: c.path("f"))
    }

    static func hardLink(_ c: CaseContext) throws -> PathOperation {
        .hardLink(beneath: try c.directory, path: try named("f", c), toDirectory: try c.directory, toPath: c.path("g"))
    }

    static func rename(_ c: CaseContext) throws -> PathOperation {
        .rename(beneath: try c.directory, path: try named("f", c), toDirectory: try c.directory, toPath: c.path("g"), .replacing)
    }

    static func unlink(_ c: CaseContext) throws -> PathOperation {
        .unlink(beneath: try c.directory, path: try named("f", c))
    }

    static func makeDirectory(_ c: CaseContext) throws -> PathOperation {
        .makeDirectory(beneath: try c.directory, path: c.path("d"), permissions: 0o755)
    }

    static func removeDirectory(_ c: CaseContext) throws -> PathOperation {
        try c.surroundings.makeDirectory(at: c.nativePath("removed"))
        return .removeDirectory(beneath: try c.directory, path: c.path("removed"))
    }

    /// The path of a file that is there.
    private static func named(_ name: String, _ c: CaseContext) throws -> PathReference {
        try c.surroundings.makeFile(at: c.nativePath(name))
        return c.path(name)
    }
}
