// Removing names.

import IOSpec

enum UnlinkCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("unlink.removes.file", proves: "unlink.removes", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.expect(c.perform(c.unlinking("f")), moves: 0, "unlinking")
            try c.expectMissing("f", clause: "unlink.removes")
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "what a handle of the file reads")
            try c.expectEqual(c.status(of: file).linkCount, 0, "the number of names")
            try c.fails(c.unlinking("f"), with: .notFound)
            try c.close(c.open("f", [.writing, .creating, .exclusive]))
        },
        ConformanceCase("unlink.removes.one-name", proves: "unlink.removes", requires: .files) { c in
            try c.close(c.file("f", contents: [1]))
            try c.succeed(c.linking("f", to: "g"))
            try c.succeed(c.unlinking("f"))
            try c.expectContents([1], of: "g")
            try c.expectEqual(c.status(at: "g").linkCount, 1, "the number of names that are left")
        },
        ConformanceCase("unlink.removes.every-kind", proves: "unlink.removes", requires: .files) { c in
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            try c.surroundings.makeSocket(at: c.nativePath("s"))
            try c.succeed(c.linkingSymbolically("dangling", to: "nowhere"))
            for name in ["p", "s", "dangling"] {
                try c.succeed(c.unlinking(name))
                try c.expectMissing(name, clause: "unlink.removes")
            }
        },
        ConformanceCase("unlink.removes.link-itself", proves: "unlink.removes", "path.last-component", requires: .files) { c in
            try c.close(c.file("f", contents: [1]))
            try c.succeed(c.makingDirectory("d"))
            for target in ["f", "d", "/etc", ".."] {
                try c.succeed(c.linkingSymbolically("l", to: target))
                try c.succeed(c.unlinking("l"))
                try c.expectMissing("l", clause: "path.last-component")
            }
            try c.expectContents([1], of: "f", clause: "path.last-component")
            _ = try c.status(at: "d")
        },
        ConformanceCase("unlink.removes.no-directory", proves: "unlink.removes", "path.errors", requires: .files) { c in
            try c.close(c.file("f"))
            try c.succeed(c.makingDirectory("d"))
            try c.succeed(c.linkingSymbolically("l", to: "d"))
            for name in ["d", "d/", ".", "d/.", "d/.."] { try c.fails(c.unlinking(name), with: .isDirectory) }
            for name in ["f/", "l/"] { try c.fails(c.unlinking(name), with: .notDirectory) }
            _ = try c.status(at: "d")
            _ = try c.status(at: "f")
        },
        ConformanceCase("unlink.removes.once", proves: "unlink.removes", "completion.independent", requires: .files) { c in
            try c.close(c.file("f"))
            let completions = try c.complete((0..<32).map { _ in try c.submit(c.unlinking("f")) })
            try c.expectEqual(completions.count { $0.error == nil }, 1, "the number of unlinks of one name that succeeded")
            for completion in completions where completion.error != nil { try c.expect(completion, failsWith: .notFound, "a later unlink") }
        },
    ]
}
