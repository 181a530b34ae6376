// The status of names.

import IOSpec

enum PathStatusCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("path.status.as-of-handle", proves: "path.status", "file.status", requires: .files) { c in
            let file = try c.file("f", contents: Pattern.bytes(5000, seed: 1))
            try c.expectSame(c.status(at: "f"), c.status(of: file), "of a name")
            try c.expectSame(c.status(at: "."), c.status(of: c.directory), "of the directory itself")
        },
        ConformanceCase("path.status.link", proves: "path.status", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.succeed(c.linkingSymbolically("l", to: "f"))
            let link = try c.status(at: "l")
            try c.expectEqual(link.kind, .symbolicLink, "the kind of a link")
            try c.expectEqual(link.size, 1, "the size of a link, that of its target")
            try c.expectSame(c.status(at: "l", followsLink: true), c.status(of: file), "of what a link leads to")
        },
        ConformanceCase("path.status.dangling", proves: "path.status", "path.errors", requires: .files) { c in
            try c.succeed(c.linkingSymbolically("l", to: "nowhere"))
            try c.expectEqual(c.status(at: "l").kind, .symbolicLink, "the kind of a link that leads nowhere")
            let memory = c.buffer(MemoryLayout<FileStatus>.size)
            try c.fails(c.askingStatus(of: "l", into: memory, followsLink: true), with: .notFound)
            try c.expectUntouched(memory)
        },
        ConformanceCase("path.status.link-outside", proves: "path.status", "path.beneath", requires: .files) { c in
            let memory = c.buffer(MemoryLayout<FileStatus>.size)
            for target in ["/etc", "..", "/"] {
                try c.succeed(c.linkingSymbolically("l", to: target))
                try c.expectEqual(c.status(at: "l").kind, .symbolicLink, "the kind of a link to “\(target)”")
                try c.fails(c.askingStatus(of: "l", into: memory, followsLink: true), with: .outsideDirectory)
                try c.fails(c.askingStatus(of: "l/", into: memory), with: .outsideDirectory)
                try c.succeed(c.unlinking("l"))
            }
        },
        ConformanceCase("path.status.every-kind", proves: "path.status", requires: .files) { c in
            try c.close(c.file("f"))
            try c.succeed(c.makingDirectory("d"))
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            try c.surroundings.makeSocket(at: c.nativePath("s"))
            let expected: [(String, FileStatus.Kind)] = [("f", .file), ("d", .directory), ("p", .pipe), ("s", .socket)]
            for (name, kind) in expected { try c.expectEqual(c.status(at: name).kind, kind, "the kind of “\(name)”") }
            let devices = try c.acquire(.directory(name: c.surroundings.devices(), unconfined: false))
            try c.expectEqual(c.status(at: "null", beneath: devices).kind, .characterDevice, "the kind of a device")
        },
        ConformanceCase(
            "path.status.opens-nothing", proves: "path.status", title: "A status needs no right to the file, and wakes no pipe's peer",
            requires: .files, isolation: .childProcess
        ) { c in
            try c.close(c.file("f", contents: [1]))
            try c.surroundings.setPermissions(0, at: c.nativePath("f"))
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            try c.surroundings.setPermissions(0o755, at: c.scratchName)
            _ = try c.directory
            try c.surroundings.asOrdinaryUser { try c.expectEqual(c.status(at: "f").size, 1, "the size of a file that may not be read") }
            let writer = try c.submit(c.opening("p", .writing))
            try c.expectEqual(c.status(at: "p").kind, .pipe, "the kind of a named pipe")
            try c.expectPending(writer)
            c.cancel(writer)
        },
        ConformanceCase("path.status.of-directories", proves: "path.status", requires: .files) { c in
            try c.close(c.makeDirectory("d"))
            try c.succeed(c.linkingSymbolically("l", to: "d"))
            let inner = try c.status(at: "d").identity
            for name in ["d/", "d/.", "./d", "l/", "l/."] {
                try c.expectEqual(c.status(at: name).identity, inner, "what “\(name)” refers to")
            }
            try c.expectEqual(c.status(at: "d/..").identity, c.status(at: ".").identity, "what “d/..” refers to")
        },
        ConformanceCase("path.status.region", proves: "path.status", requires: .files) { c in
            try c.close(c.file("f"))
            let memory = c.buffer(256)
            let size = MemoryLayout<FileStatus>.size
            for count in [0, 1, size - 1, size + 1, 256] {
                let operation = Operation.path(
                    .status(beneath: try c.directory, path: c.path("f"), into: memory.region(0, count), followsLink: false))
                try c.fails(operation, with: .invalidArgument)
            }
            try c.expectUntouched(memory)
        },
        ConformanceCase("path.status.many-at-once", proves: "path.status", "completion.independent", requires: .files) { c in
            for index in 0..<16 { try c.close(c.file("f\(index)", contents: [UInt8](repeating: 1, count: index))) }
            let memories = (0..<200).map { _ in c.buffer(MemoryLayout<FileStatus>.size) }
            let ids = try memories.enumerated().map { try c.submit(c.askingStatus(of: "f\($0 % 17)", into: $1)) }
            for (index, completion) in try c.complete(ids).enumerated() {
                if index % 17 == 16 {
                    try c.expect(completion, failsWith: .notFound, "asking for what is not there")
                } else {
                    try c.expectEqual(memories[index].load(as: FileStatus.self).size, Int64(index % 17), "the size of one of many")
                }
            }
        },
    ]
}
