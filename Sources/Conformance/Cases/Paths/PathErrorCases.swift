// Each mistake in a path has its one cause.

import IOSpec

enum PathErrorCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("path.not-found", proves: "path.errors", requires: .files) { c in
            for name in ["missing", "missing/below", "./missing"] {
                try c.fails(c.opening(name, .reading), with: .notFound)
                try c.fails(c.opening(name, .writing), with: .notFound)
            }
            try c.fails(c.opening("missing", .directory), with: .notFound)
            try c.fails(c.opening("missing/below", [.writing, .creating]), with: .notFound)
        },
        ConformanceCase("path.not-directory", proves: "path.errors", requires: .files) { c in
            _ = try c.file("f")
            try c.fails(c.opening("f/below", .reading), with: .notDirectory)
            try c.fails(c.opening("f/below", [.writing, .creating]), with: .notDirectory)
            try c.fails(c.opening("f/", .reading), with: .notDirectory)
            try c.fails(c.opening("f/.", .reading), with: .notDirectory)
            try c.fails(c.opening("f", .directory), with: .notDirectory)
        },
        ConformanceCase("path.is-directory", proves: "path.errors", requires: .files) { c in
            try c.fails(c.opening(".", .writing), with: .isDirectory)
            try c.fails(c.opening(".", [.reading, .writing]), with: .isDirectory)
            try c.fails(c.opening(".", .appending), with: .isDirectory)
            try c.fails(c.opening(".", [.writing, .truncating]), with: .isDirectory)
            try c.fails(c.opening(".", [.writing, .creating]), with: .isDirectory)
        },
        ConformanceCase("path.already-exists", proves: "path.errors", "path.create", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.surroundings.makeDirectory(at: c.nativePath("d"))
            try c.surroundings.makeSymbolicLink(to: "nowhere", at: c.nativePath("l"))
            for name in ["f", "d", "l"] {
                try c.fails(c.opening(name, [.writing, .creating, .exclusive]), with: .alreadyExists)
                try c.fails(c.opening(name, [.writing, .creating, .exclusive, .truncating]), with: .alreadyExists)
            }
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents of a file that exists")
            try c.expect(!c.surroundings.exists(c.nativePath("nowhere")), "nothing is made through a dangling link")
        },
        ConformanceCase("path.symbolic-link-loop", proves: "path.errors", requires: .files) { c in
            try c.surroundings.makeSymbolicLink(to: "b", at: c.nativePath("a"))
            try c.surroundings.makeSymbolicLink(to: "a", at: c.nativePath("b"))
            try c.fails(c.opening("a", .reading), with: .symbolicLinkLoop)
            try c.fails(c.opening("b/below", .reading), with: .symbolicLinkLoop)
            try c.fails(c.opening("a", [.writing, .creating]), with: .symbolicLinkLoop)
            try c.fails(c.opening("a", .directory), with: .symbolicLinkLoop)
        },
        ConformanceCase("path.no-follow", proves: "path.errors", requires: .files) { c in
            _ = try c.file("f", contents: [1, 2, 3])
            try c.surroundings.makeSymbolicLink(to: "f", at: c.nativePath("l"))
            try c.surroundings.makeSymbolicLink(to: ".", at: c.nativePath("here"))
            try c.fails(c.opening("l", [.reading, .noFollow]), with: .symbolicLinkLoop)
            try c.fails(c.opening("l", [.writing, .creating, .noFollow]), with: .symbolicLinkLoop)
            try c.expectEqual(c.contents(of: c.open("f", [.reading, .noFollow])), [1, 2, 3], "the contents of what is no link")
            try c.expectEqual(c.contents(of: c.open("here/f", [.reading, .noFollow])), [1, 2, 3], "what is behind a link in the middle")
        },
        ConformanceCase("path.links-inside", proves: "path.beneath", requires: .files) { c in
            _ = try c.file("f", contents: [1, 2, 3])
            try c.surroundings.makeDirectory(at: c.nativePath("d"))
            for (name, target) in [("l", "f"), ("d/up", "../f"), ("chain", "d/up"), ("d/far", "../d/../d/up")] {
                try c.surroundings.makeSymbolicLink(to: target, at: c.nativePath(name))
                try c.expectEqual(c.contents(of: c.open(name, .reading)), [1, 2, 3], "the contents through the link \(name)")
            }
            try c.expectEqual(c.contents(of: c.open("d/../d/../f", .reading)), [1, 2, 3], "the contents through `..` inside")
        },
        ConformanceCase("path.dangling-link", proves: "path.errors", requires: .files) { c in
            try c.surroundings.makeSymbolicLink(to: "nowhere", at: c.nativePath("l"))
            try c.fails(c.opening("l", .reading), with: .notFound)
            try c.fails(c.opening("l/below", .reading), with: .notFound)
        },
        ConformanceCase("path.name-too-long", proves: "path.errors", requires: .files) { c in
            let longest = String(repeating: "n", count: 255)
            let file = try c.file(longest, contents: [1])
            try c.expectEqual(c.contents(of: file), [1], "the contents of a file with the longest name")
            try c.fails(c.opening(longest + "n", .reading), with: .nameTooLong)
            try c.fails(c.opening(longest + "n", [.writing, .creating]), with: .nameTooLong)
        },
        ConformanceCase("path.path-too-long", proves: "path.errors", requires: .files) { c in
            _ = try c.file("f", contents: [1])
            let longest = String(repeating: "./", count: 2047) + "f"
            try c.expectEqual(longest.utf8.count + 1, Limits.maximumPathLength, "the bytes of the longest path")
            try c.expectEqual(c.contents(of: c.open(longest, .reading)), [1], "the contents through the longest path")
            try c.fails(c.opening("/" + longest, .reading), with: .nameTooLong)
            try c.fails(c.opening(String(repeating: "./", count: 50_000) + "f", .reading), with: .nameTooLong)
        },
        ConformanceCase("path.permission-denied", proves: "path.errors", requires: .files, isolation: .childProcess) { c in
            let scratch = try c.scratchName
            _ = try c.file("secret", contents: [1])
            try c.surroundings.setPermissions(0, at: c.nativePath("secret"))
            try c.surroundings.makeFile(at: c.nativePath("read-only"))
            try c.surroundings.setPermissions(0o444, at: c.nativePath("read-only"))
            try c.surroundings.makeDirectory(at: c.nativePath("closed"), permissions: 0o700)
            try c.surroundings.setPermissions(0, at: c.nativePath("closed"))
            try c.surroundings.setPermissions(0o555, at: scratch)
            defer { try? c.surroundings.setPermissions(0o755, at: scratch) }
            try c.surroundings.asOrdinaryUser {
                try c.fails(c.opening("secret", .reading), with: .permissionDenied)
                try c.fails(c.opening("read-only", .writing), with: .permissionDenied)
                try c.fails(c.opening("closed/f", .reading), with: .permissionDenied)
                try c.fails(c.opening("fresh", [.writing, .creating]), with: .permissionDenied)
                try c.close(c.open("read-only", .reading))
            }
        },
        ConformanceCase("path.many-mistakes-at-once", proves: "path.errors", "completion.independent", requires: .files) { c in
            _ = try c.file("f")
            let expected: [(String, IOError.Cause?)] = [
                ("missing", .notFound), ("f/x", .notDirectory), ("..", .outsideDirectory), ("f", nil),
            ]
            let ids = try (0..<64).map { try c.submit(c.opening(expected[$0 % 4].0, .reading)) }
            for (index, completion) in try c.complete(ids).enumerated() {
                try c.expectEqual(completion.error?.cause, expected[index % 4].1, "the cause of opening “\(expected[index % 4].0)”")
            }
        },
    ]
}
