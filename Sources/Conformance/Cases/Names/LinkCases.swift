// Symbolic links, what they say, and hard links.

import IOSpec

enum LinkCases {
    static let all: [ConformanceCase] = symbolic + reading + hard

    private static let symbolic: [ConformanceCase] = [
        ConformanceCase("link.symbolic.says-target", proves: "link.symbolic", "link.read", requires: .files) { c in
            _ = try c.file("f")
            let targets = ["f", "missing", "../../outside", "/etc/hosts", "d/../f/", "./", String(repeating: "t", count: 900)]
            for (index, target) in targets.enumerated() {
                try c.expect(c.perform(c.linkingSymbolically("l\(index)", to: target)), moves: 0, "making a link to “\(target)”")
                try c.expectEqual(c.target(of: "l\(index)"), Array(target.utf8), "the target of a link to “\(target)”")
                try c.expectEqual(c.status(at: "l\(index)").kind, .symbolicLink, "the kind of what was made")
            }
        },
        ConformanceCase("link.symbolic.any-bytes", proves: "link.symbolic", "link.read", requires: .files) { c in
            let bytes = Array(UInt8(1)...255)
            let operation = Operation.path(.symbolicLink(beneath: try c.directory, path: c.path("l"), target: c.path(bytes: bytes + [0])))
            try c.succeed(operation)
            try c.expectEqual(c.target(of: "l"), bytes, "the target, whose bytes are no text")
        },
        ConformanceCase("link.symbolic.leads", proves: "link.symbolic", requires: .files) { c in
            try c.close(c.file("f", contents: [1, 2, 3]))
            try c.succeed(c.linkingSymbolically("l", to: "f"))
            try c.expectContents([1, 2, 3], of: "l")
        },
        ConformanceCase("link.symbolic.exists", proves: "link.symbolic", "path.errors", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            try c.succeed(c.makingDirectory("d"))
            try c.succeed(c.linkingSymbolically("l", to: "nowhere"))
            for name in ["f", "d", "d/", "l", ".", "d/.", "d/.."] {
                try c.fails(c.linkingSymbolically(name, to: "target"), with: .alreadyExists)
            }
            try c.expectEqual(c.target(of: "l"), Array("nowhere".utf8), "the target of the link that existed")
            try c.expectEqual(c.contents(of: file), [1], "the contents of the file that existed")
            try c.fails(c.linkingSymbolically("fresh/", to: "target"), with: .notFound)
            try c.expectMissing("fresh")
        },
        ConformanceCase("link.symbolic.malformed", proves: "path.malformed", "link.symbolic", requires: .files) { c in
            for bytes in [[], [0], Array("t".utf8), [116, 0, 116, 0]] as [[UInt8]] {
                let operation = Operation.path(.symbolicLink(beneath: try c.directory, path: c.path("l"), target: c.path(bytes: bytes)))
                try c.expect(c.perform(operation), failsWith: .invalidArgument, "a target of the bytes \(bytes)")
            }
            try c.expectMissing("l")
        },
    ]

    private static let reading: [ConformanceCase] = [
        ConformanceCase("link.read.region", proves: "link.read", "file.untouched-past-count", requires: .files) { c in
            try c.succeed(c.linkingSymbolically("l", to: "0123456789"))
            let exact = c.buffer(10)
            try c.expect(c.perform(c.readingLink("l", into: exact)), moves: 10, "reading into a region of the exact length")
            try c.expectEqual(exact.bytes, Array("0123456789".utf8), "the target")
            let long = c.buffer(64)
            try c.expect(c.perform(c.readingLink("l", into: long)), moves: 10, "reading into a longer region")
            try c.expectUntouched(long, from: 10)
            for count in [0, 1, 9] {
                let short = c.buffer(count)
                try c.expect(
                    c.perform(c.readingLink("l", into: short)), failsWith: .invalidArgument, "reading into \(count) bytes",
                    clause: "link.read")
                try c.expectUntouched(short)
            }
        },
        ConformanceCase("link.read.no-link", proves: "link.read", "path.errors", requires: .files) { c in
            try c.close(c.file("f"))
            try c.succeed(c.makingDirectory("d"))
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            try c.succeed(c.linkingSymbolically("to-directory", to: "d"))
            try c.succeed(c.linkingSymbolically("to-file", to: "f"))
            let memory = c.buffer(64)
            for name in ["f", "d", "d/", ".", "d/..", "p", "to-directory/"] {
                try c.expect(c.perform(c.readingLink(name, into: memory)), failsWith: .invalidArgument, "reading “\(name)” as a link")
            }
            for name in ["f/", "to-file/"] { try c.fails(c.readingLink(name, into: memory), with: .notDirectory) }
            try c.fails(c.readingLink("missing", into: memory), with: .notFound)
            try c.expectUntouched(memory)
        },
        ConformanceCase("link.read.outside", proves: "link.read", "path.beneath", requires: .files) { c in
            try c.succeed(c.linkingSymbolically("l", to: "/etc"))
            try c.expectEqual(c.target(of: "l"), Array("/etc".utf8), "the target of a link that leads outside")
            try c.fails(c.readingLink("l/", into: c.buffer(64)), with: .outsideDirectory)
            try c.fails(c.readingLink("l/l", into: c.buffer(64)), with: .outsideDirectory)
        },
    ]

    private static let hard: [ConformanceCase] = [
        ConformanceCase("link.hard.same-file", proves: "link.hard", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.expect(c.perform(c.linking("f", to: "g")), moves: 0, "giving a file another name")
            try c.expectSame(c.status(at: "g"), c.status(at: "f"), "of the two names")
            try c.expectEqual(c.status(of: file).linkCount, 2, "the number of names")
            try c.write([9], to: file)
            try c.expectContents([9, 2, 3], of: "g")
            try c.succeed(c.unlinking("f"))
            try c.expectContents([9, 2, 3], of: "g")
            try c.expectEqual(c.status(of: file).linkCount, 1, "the number of names that are left")
        },
        ConformanceCase("link.hard.two-directories", proves: "link.hard", requires: .files) { c in
            let first = try c.makeDirectory("a")
            let second = try c.makeDirectory("b")
            try c.close(c.open("f", [.writing, .creating], beneath: first))
            try c.succeed(c.linking("f", to: "g", beneath: first, second: second))
            try c.expectEqual(c.status(at: "b/g").identity, c.status(at: "a/f").identity, "what the name in the second directory refers to")
            try c.expectMissing("a/g")
            try c.fails(c.linking("f", to: "../h", beneath: first, second: second), with: .outsideDirectory)
        },
        ConformanceCase("link.hard.of-link", proves: "link.hard", "path.last-component", requires: .files) { c in
            try c.close(c.file("f"))
            for (name, target) in [("l", "f"), ("dangling", "nowhere"), ("outside", "/etc")] {
                try c.succeed(c.linkingSymbolically(name, to: target))
                try c.succeed(c.linking(name, to: "\(name)-again"))
                let status = try c.status(at: "\(name)-again")
                try c.expectEqual(status.kind, .symbolicLink, "the kind of another name of a link", clause: "path.last-component")
                try c.expectEqual(status.identity, try c.status(at: name).identity, "what another name of a link refers to")
            }
        },
        ConformanceCase("link.hard.directory", proves: "link.hard", "path.errors", requires: .files) { c in
            try c.close(c.file("f"))
            try c.succeed(c.makingDirectory("d"))
            try c.succeed(c.linkingSymbolically("l", to: "d"))
            try c.succeed(c.linkingSymbolically("outside", to: "/etc"))
            for name in ["d", "d/", ".", "d/.", "d/..", "l/"] { try c.fails(c.linking(name, to: "g"), with: .permissionDenied) }
            try c.fails(c.linking("f/", to: "g"), with: .notDirectory)
            try c.fails(c.linking("outside/", to: "g"), with: .outsideDirectory)
            try c.expectMissing("g")
        },
        ConformanceCase("link.hard.exists", proves: "link.hard", "path.errors", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            let other = try c.file("g", contents: [2])
            try c.succeed(c.makingDirectory("d"))
            try c.succeed(c.linkingSymbolically("l", to: "nowhere"))
            for name in ["f", "g", "d", "l", ".", "d/."] { try c.fails(c.linking("f", to: name), with: .alreadyExists) }
            try c.fails(c.linking("f", to: "fresh/"), with: .notFound)
            try c.fails(c.linking("missing", to: "fresh"), with: .notFound)
            try c.expectEqual(c.status(of: file).linkCount, 1, "the number of names")
            try c.expectEqual(c.contents(of: other), [2], "the contents of what existed")
        },
    ]
}
