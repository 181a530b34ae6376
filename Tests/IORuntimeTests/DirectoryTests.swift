// Names, links and what files are like, on each backend.

import IORuntime
import IOSpec
import Testing

@Suite struct DirectoryTests {
    @Test("a listing gives every name once, with its kind", arguments: TestBackend.all)
    func listing(_ backend: TestBackend) async throws {
        try await backend.inScratch { directory, _ in
            let names = (0..<700).map { "a rather long name, so that one buffer does not do, number \($0)" }
            for name in names { try await directory.open(name, [.writing, .creating]).close() }
            try await directory.makeDirectory("d")
            try await directory.makeSymbolicLink("l", to: "nowhere")
            var kinds: [String: FileStatus.Kind] = [:]
            for try await entry in directory.entries {
                #expect(kinds[entry.name] == nil)
                kinds[entry.name] = entry.kind
            }
            #expect(kinds.count == names.count + 2)
            #expect(kinds["d"] == .directory && kinds["l"] == .symbolicLink)
            #expect(names.allSatisfy { kinds[$0] == .file })
            #expect(try await directory.status().kind == .directory)
        }
    }

    @Test("links say where they lead, and a file has as many names as it was given", arguments: TestBackend.all)
    func links(_ backend: TestBackend) async throws {
        try await backend.inScratch { directory, _ in
            try await directory.writeAtomically([1, 2], to: "f")
            try await directory.makeDirectory("d")
            let below = try await directory.openDirectory("d")
            try await directory.makeLink(to: "f", at: "g", in: below)
            try await directory.makeSymbolicLink("s", to: "d/g")
            #expect(try await directory.readLink("s") == "d/g")
            #expect(try await directory.read("s") == [1, 2])
            #expect(try await directory.status(of: "s").linkCount == 2)
            #expect(try await directory.status(of: "s", followingLink: false).kind == .symbolicLink)
            #expect(await failure(of: { try await directory.readLink("f") })?.cause == .invalidArgument)
            #expect(await failure(of: { try await directory.makeLink(to: "none", at: "h") })?.cause == .notFound)
            let temporary = try await directory.openTemporary()
            try await temporary.write([5], at: 0)
            #expect(try await temporary.status().linkCount == 0)
        }
    }

    @Test("permissions and times are what they were set to", arguments: TestBackend.all)
    func attributes(_ backend: TestBackend) async throws {
        try await backend.inScratch { directory, _ in
            let file = try await directory.open("f", [.reading, .writing, .creating])
            try await file.setPermissions(0o640)
            try await file.setTimes(access: .at(1_000_000_000), modification: .at(2_000_000_000))
            let status = try await file.status()
            #expect(status.permissions == 0o640)
            #expect(status.accessTime == 1_000_000_000 && status.modificationTime == 2_000_000_000)
            try await directory.setPermissions(0o700)
            try await directory.setTimes(modification: .at(3_000_000_000))
            #expect(try await directory.status().permissions == 0o700)
            #expect(try await directory.status().modificationTime == 3_000_000_000)
        }
    }

    @Test("storage is taken and given back, and appended bytes come at the end", arguments: TestBackend.all)
    func space(_ backend: TestBackend) async throws {
        try await backend.inScratch { directory, _ in
            let file = try await directory.open("f", [.reading, .writing, .creating])
            try await file.allocate(100_000, at: 0)
            #expect(try await file.status().size == 100_000)
            try await file.allocate(100_000, at: 100_000, keepingSize: true)
            #expect(try await file.status().size == 100_000)
            try await file.write([[1, 2], [], [3]], at: 99_998)
            let (header, body): ([UInt8], [UInt8]) = ([7, 8], [9])
            try await file.write(unsafe header.span.bytes, unsafe body.span.bytes, at: 0)
            try await file.advise(.sequential)
            try await file.synchronizeData()
            try await file.punchHole(2, at: 1)
            #expect(try await readTwo(file, at: 0) == [7, 0, 0, 0])
            #expect(try await readTwo(file, at: 99_998) == [1, 2, 3])
            let log = try await directory.open("log", [.appending, .creating])
            try await log.append([1, 2])
            try await log.append([3])
            #expect(try await directory.read("log") == [1, 2, 3])
            #expect(await failure(of: { try await log.write([1], at: 0) })?.cause == .invalidArgument)
        }
    }

    @Test("a lock keeps others out until it is given up, and a deadline in the past only tries", arguments: TestBackend.all)
    func locks(_ backend: TestBackend) async throws {
        try await backend.inScratch { directory, io in
            let first = try await directory.open("f", [.reading, .writing, .creating])
            let second = try await directory.open("f", [.reading, .writing])
            try await first.lock()
            #expect(await failure(of: { try await second.lock(until: .distantPast) })?.cause == .timedOut)
            async let waiting: Void = second.lock(.shared)
            try await first.unlock()
            try await waiting
            try await first.lock(.shared)
            #expect(await failure(of: { try await first.lock(.exclusive, until: .distantPast) })?.cause == .timedOut)
            try await second.unlock()
            try await first.lock(.exclusive)
        }
    }
}

/// Four bytes, read into two buffers.
private func readTwo(_ file: File, at offset: Int64) async throws -> [UInt8] {
    var short = [UInt8](repeating: 0, count: 1)
    var long = [UInt8](repeating: 0, count: 3)
    var shortSpan = short.mutableSpan
    var longSpan = long.mutableSpan
    var first = unsafe shortSpan.mutableBytes
    var second = unsafe longSpan.mutableBytes
    let count = try await file.read(into: &first, &second, at: offset)
    return Array((short + long)[..<count])
}
