// Listing directories.

import Glibc
import IOSpec

enum ListCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("directory.list.every-kind", proves: "directory.list", requires: .files) { c in
            try c.close(c.file("file"))
            try c.succeed(c.makingDirectory("directory"))
            try c.succeed(c.linkingSymbolically("link", to: "nowhere"))
            try c.surroundings.makeNamedPipe(at: c.nativePath("pipe"))
            try c.surroundings.makeSocket(at: c.nativePath("socket"))
            let listed = try c.listAll(c.directory)
            try c.expectNames(listed, ["file", "directory", "link", "pipe", "socket"], "the names of every kind")
            for entry in listed {
                let status = try c.status(at: entry.name)
                try c.expectEqual(entry.kind, status.kind, "the kind listed for “\(entry.name)”", clause: "directory.list")
                try c.expectEqual(entry.identity, status.identity, "the identity listed for “\(entry.name)”", clause: "directory.list")
            }
            let devices = try c.acquire(.directory(name: c.surroundings.devices(), unconfined: false))
            let null = try c.listAll(devices).first { $0.name == "null" }
            try c.expectEqual(null?.kind, .characterDevice, "the kind listed for a device", clause: "directory.list")
        },
        ConformanceCase(
            "directory.list.many", proves: "directory.list", "directory.cursor", requires: .files, needs: [.manyDescriptors], timeLimit: 30
        ) { c in
            let names = try make(300, c)
            for bytes in [64, 333, 4096, 1 << 20] {
                try c.expectNames(c.listAll(c.directory, bytes: bytes), names, "the names listed into \(bytes) bytes at a time")
            }
        },
        ConformanceCase("directory.list.empty", proves: "directory.list", requires: .files) { c in
            let empty = try c.makeDirectory("d")
            for bytes in [24, 48, 4096] {
                try c.expectEqual(c.succeed(c.listing(empty, into: c.buffer(bytes))), 0, "what an empty directory fills of \(bytes) bytes")
            }
        },
        ConformanceCase("directory.list.long-names", proves: "directory.list", "directory.cursor", requires: .files) { c in
            let names = (1...12).map { String(repeating: "n", count: $0 * 20) } + [String(repeating: "z", count: 255)]
            for name in names { try c.close(c.file(name)) }
            try c.expectNames(c.listAll(c.directory, bytes: 280), names, "the long names listed one or two at a time")
        },
        ConformanceCase("directory.cursor.short-region", proves: "directory.cursor", requires: .files) { c in
            try c.close(c.file(String(repeating: "n", count: 100)))
            for bytes in [1, 24, 64, 119] {
                try c.fails(c.listing(c.directory, into: c.buffer(bytes)), with: .invalidArgument)
            }
            try c.fails(c.listing(c.directory, into: c.buffer(0)), with: .invalidArgument)
            try c.expectEqual(c.list(c.directory, bytes: 120).count, 1, "the names in a region of the exact length")
        },
        ConformanceCase(
            "directory.cursor.any", proves: "directory.cursor", title: "A listing goes on after any of its names, in the same order",
            requires: .files
        ) { c in
            _ = try make(60, c)
            let all = try c.listAll(c.directory, bytes: 512)
            for start in all.indices.shuffled(using: &c.random).prefix(20) {
                let rest = try c.listAll(c.directory, bytes: 256, after: all[start].cursor)
                try c.expectEqual(
                    rest.map(\.name), all[(start + 1)...].map(\.name), "what comes after name \(start)", clause: "directory.cursor")
            }
            try c.expectEqual(c.list(c.directory, after: all.last?.cursor ?? 0), [], "what comes after the last name")
        },
        ConformanceCase("directory.cursor.impossible", proves: "directory.cursor", requires: .files) { c in
            _ = try make(5, c)
            try c.fails(c.listing(c.directory, into: c.buffer(4096), after: .max), with: .invalidArgument)
            try c.expectEqual(c.listAll(c.directory).count, 5, "the names after a cursor that is none")
        },
        ConformanceCase(
            "directory.cursor.at-once", proves: "directory.cursor", "directory.list", title: "Listings of one handle at once do not mix",
            requires: .files
        ) { c in
            let names = try make(80, c)
            let all = try c.listAll(c.directory)
            let starts = (0..<40).map { _ in Int.random(in: 0..<all.count, using: &c.random) }
            let memories = starts.map { _ in c.buffer(16_384) }
            let ids = try zip(starts, memories).map { start, memory in
                try c.submit(c.listing(c.directory, into: memory, after: start == 0 ? 0 : all[start - 1].cursor))
            }
            for (index, completion) in try c.complete(ids).enumerated() {
                try c.expect(completion.error == nil, "a listing beside others succeeds")
                let listed = try c.names(in: memories[index], count: Int(completion.result))
                try c.expectEqual(
                    listed.first?.name, all[starts[index]].name, "the first name after a cursor, listed beside others",
                    clause: "directory.cursor")
            }
            try c.expectNames(c.listAll(c.directory), names, "the names after many listings at once")
        },
        ConformanceCase("directory.cursor.two-handles", proves: "directory.cursor", requires: .files) { c in
            let names = try make(40, c)
            let other = try c.open(".", .directory)
            let listed = try c.listAll(c.directory, bytes: 256) { _ in _ = try c.list(other, bytes: 512) }
            try c.expectNames(listed, names, "the names listed beside another handle of the directory")
        },
        ConformanceCase(
            "directory.cursor.passed-handles", proves: "directory.cursor", "directory.list",
            title: "Handles of one directory that was passed are listed beside each other",
            kind: .stochastic(iterations: 60), requires: [.files, .passesHandles, .localStreams], timeLimit: 30, body: passed),
        ConformanceCase(
            "directory.cursor.others-position", proves: "directory.cursor",
            title: "Listing a directory that was passed moves nobody else's position in it",
            requires: [.files, .passesHandles, .localStreams, .nativeSystem]
        ) { c in
            // In a directory of its own: the listener has a name in the case's.
            try c.close(c.makeDirectory("d"))
            let names = try make(20, c, in: "d/")
            let listener = try c.listener(.local)
            let peer = try NativeSocket(connectedTo: listener.address)
            let link = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
            let descriptor = try Native.openDescriptor(c.nativePath("d"), flags: O_DIRECTORY)
            defer { Native.close(descriptor) }
            try peer.pass([descriptor])
            guard let came = try c.receiveMessage(handles: 1, from: link).handles.first else {
                throw CaseFailure("a descriptor that was passed must come as a handle", clause: "message.handles")
            }
            try c.expectNames(c.listAll(came, bytes: 256), names, "the names listed by the handle that came")
            try c.expectEqual(
                lseek(descriptor, 0, SEEK_CUR), 0, "the position of whoever passed the directory", clause: "directory.cursor")
        },
        ConformanceCase(
            "directory.list.unsearchable", proves: "directory.list",
            title: "A directory that was passed and may not be searched is listed as before",
            requires: [.files, .passesHandles, .localStreams]
        ) { c in
            let directory = try c.makeDirectory("d")
            try c.close(c.file("d/f"))
            try c.succeed(.file(.setPermissions(directory, 0o444)))
            // The scratch directory is emptied by whoever runs the case.
            defer { _ = try? c.perform(.file(.setPermissions(directory, 0o700))) }
            let memory = c.buffer(4096)
            let before = try c.perform(c.listing(directory, into: memory))
            let came = try PassedHandleCases.pass(c, directory, over: c.streamPair())
            for handle in [directory, came] {
                try c.expectEqual(
                    c.perform(c.listing(handle, into: memory)).result, before.result, "the bytes of a listing", clause: "directory.list")
            }
        },
        ConformanceCase(
            "directory.list.while-changing", proves: "directory.list",
            title: "Names that stay are listed once, whatever comes and goes meanwhile",
            requires: .files, timeLimit: 30
        ) { c in
            let names = Set(try make(120, c))
            var turn = 0
            let listed = try c.listAll(c.directory, bytes: 512) { _ in
                turn += 1
                try c.close(c.file("coming-\(turn)"))
                if turn > 3 { try c.succeed(c.unlinking("coming-\(turn - 3)")) }
            }
            try c.expectNames(listed.filter { names.contains($0.name) }, names, "the names that were there all the while")
            try c.expectEqual(Set(listed.map(\.name)).count, listed.count, "the number of different names", clause: "directory.list")
        },
        ConformanceCase("directory.list.made-up", proves: "directory.list", requires: [.files, .nativeSystem]) { c in
            let process = try c.acquire(.directory(name: "/proc/self", unconfined: false))
            let listed = try c.listAll(process, bytes: 512)
            try c.expectEqual(listed.first { $0.name == "fd" }?.kind, .directory, "the kind of a directory that the kernel makes up")
            try c.expectEqual(listed.first { $0.name == "exe" }?.kind, .symbolicLink, "the kind of a link that the kernel makes up")
            try c.expectEqual(listed.first { $0.name == "status" }?.kind, .file, "the kind of a file that the kernel makes up")
        },
        ConformanceCase("directory.list.wrong-kind", proves: "handle.wrong-kind", "directory.list", requires: .files) { c in
            let memory = c.buffer(256)
            for (name, kind, handle) in try c.handlesOfEveryKind() where kind != .directory {
                try c.expect(c.perform(c.listing(handle, into: memory)), failsWith: .notDirectory, "listing \(name)")
            }
            try c.expectUntouched(memory)
        },
    ]

    /// Handles of what was opened once; all list at the same time, each after cursors of its own.
    private static func passed(_ c: CaseContext) throws {
        let names = try make(60, c)
        let link = try c.streamPair()
        var handles = [try c.directory]
        for _ in 0..<2 { handles.append(try PassedHandleCases.pass(c, handles[0], over: link)) }
        let all = try c.listAll(c.directory)
        let memories = handles.map { _ in c.buffer(4096) }
        for round in 0..<c.iterations {
            let starts = handles.map { _ in Int.random(in: 0..<all.count, using: &c.random) }
            let ids = try handles.indices.map { place in
                let start = starts[place]
                return try c.submit(c.listing(handles[place], into: memories[place], after: start == 0 ? 0 : all[start - 1].cursor))
            }
            for (place, completion) in try c.complete(ids).enumerated() {
                let listed = try c.names(in: memories[place], count: completion.get()).map(\.name)
                try c.expectEqual(
                    listed, Array(all[starts[place]...].map(\.name).prefix(listed.count)), "the names after a cursor, in round \(round)",
                    clause: "directory.cursor")
                try c.expect(!listed.isEmpty, "names that are there are listed, in round \(round)", clause: "directory.list")
            }
        }
        for handle in handles { try c.expectNames(c.listAll(handle), names, "the names of each handle") }
    }

    private static func make(_ count: Int, _ c: CaseContext, in prefix: String = "") throws -> [String] {
        let names = (0..<count).map { "name-\($0)" }
        let opens = try names.map { try c.submit(c.opening(prefix + $0, [.writing, .creating])) }
        for completion in try c.complete(opens) { try c.close(c.handle(of: completion)) }
        return names
    }
}
