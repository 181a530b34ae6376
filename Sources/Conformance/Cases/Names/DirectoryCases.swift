// Making and removing directories.

import IOSpec

enum DirectoryCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("directory.make.empty", proves: "directory.make", requires: .files) { c in
            try c.expect(c.perform(c.makingDirectory("d")), moves: 0, "making a directory")
            try c.expectEqual(c.status(at: "d").kind, .directory, "the kind of what was made")
            let directory = try c.open("d", .directory)
            try c.expectNames(c.listAll(directory), [], "the names in what was made")
            try c.close(c.open("f", [.writing, .creating], beneath: directory))
            try c.succeed(c.makingDirectory("d/inner/"))
            try c.expectNames(c.listAll(directory), ["f", "inner"], "the names that were made in it")
        },
        ConformanceCase("directory.make.permissions", proves: "directory.make", requires: .files) { c in
            for permissions: UInt16 in [0o700, 0o500, 0o300, 0o1700] {
                try c.succeed(c.makingDirectory("d\(permissions)", permissions: permissions))
                try c.expectEqual(c.status(at: "d\(permissions)").permissions & 0o1777, permissions, "the permissions of a directory")
            }
            try c.succeed(c.makingDirectory("withheld", permissions: 0o777))
            let given = try c.status(at: "withheld").permissions & 0o777
            try c.expect(given & 0o700 == 0o700, "nothing is withheld from the owner (it has \(given))")
            try c.fails(c.makingDirectory("d", permissions: 0o10_000), with: .invalidArgument)
            try c.expectMissing("d")
        },
        ConformanceCase("directory.make.exists", proves: "directory.make", "path.errors", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            try c.succeed(c.makingDirectory("d", permissions: 0o700))
            try c.succeed(c.linkingSymbolically("l", to: "nowhere"))
            for name in ["f", "d", "d/", "l", ".", "d/.", "d/.."] { try c.fails(c.makingDirectory(name), with: .alreadyExists) }
            try c.expectEqual(c.status(at: "d").permissions, 0o700, "the permissions of the directory that existed")
            try c.expectEqual(c.contents(of: file), [1], "the contents of the file that existed")
            try c.expectMissing("nowhere")
        },
        ConformanceCase("directory.make.race", proves: "directory.make", requires: .files) { c in
            let completions = try c.complete((0..<32).map { _ in try c.submit(c.makingDirectory("d")) })
            try c.expectEqual(completions.count { $0.error == nil }, 1, "the number of makers of one directory that succeeded")
            for completion in completions where completion.error != nil {
                try c.expect(completion, failsWith: .alreadyExists, "a later maker")
            }
        },
        ConformanceCase(
            "directory.make.cancelled", proves: "directory.make", "cancel.result-wins",
            title: "Makers that are cancelled have made their directory or have not", requires: .files
        ) { c in
            let ids = try (0..<64).map { try c.submit(c.makingDirectory("d\($0)")) }
            for id in ids.shuffled(using: &c.random).prefix(48) { c.cancel(id) }
            var made: [String] = []
            for (index, completion) in try c.complete(ids).enumerated() {
                if completion.error == nil { made.append("d\(index)") } else { try c.expect(completion, failsWith: .cancelled, "a maker") }
            }
            try c.expectNames(c.listAll(c.directory), made, "the directories whose makers were not cancelled")
        },
        ConformanceCase("directory.make.chain", proves: "directory.make", "chain.order", requires: .files) { c in
            var path = "d"
            var chain = [try c.makingDirectory(path)]
            for _ in 0..<8 {
                path += "/d"
                chain.append(try c.makingDirectory(path))
            }
            let ids = try c.submit(chain: chain)
            for completion in try c.complete(ids) { try c.expect(completion, moves: 0, "making one directory inside the other") }
            try c.expectEqual(c.status(at: path).kind, .directory, "the kind of the innermost")
        },
        ConformanceCase("directory.remove.empty", proves: "directory.remove", requires: .files) { c in
            try c.succeed(c.makingDirectory("d"))
            try c.expect(c.perform(c.removingDirectory("d")), moves: 0, "removing a directory")
            try c.expectMissing("d", clause: "directory.remove")
            try c.fails(c.removingDirectory("d"), with: .notFound)
            try c.succeed(c.makingDirectory("d"))
            try c.succeed(c.removingDirectory("d/"))
            try c.expectMissing("d", clause: "directory.remove")
        },
        ConformanceCase("directory.remove.refused", proves: "directory.remove", "path.errors", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            try c.succeed(c.makingDirectory("full"))
            try c.succeed(c.makingDirectory("full/inner"))
            try c.succeed(c.linkingSymbolically("l", to: "full/inner"))
            try c.fails(c.removingDirectory("full"), with: .directoryNotEmpty)
            try c.fails(c.removingDirectory("full/inner/.."), with: .directoryNotEmpty)
            for name in ["f", "f/", "l", "l/"] { try c.fails(c.removingDirectory(name), with: .notDirectory) }
            for name in [".", "full/inner/."] { try c.fails(c.removingDirectory(name), with: .invalidArgument) }
            try c.expectEqual(c.contents(of: file), [1], "the contents of a file that is no directory")
            try c.expectEqual(c.status(at: "full/inner").kind, .directory, "what was not removed")
            try c.expectEqual(c.status(at: "l").kind, .symbolicLink, "the link that was not removed")
        },
        ConformanceCase(
            "directory.remove.open", proves: "directory.remove", title: "A directory that was removed takes no names any more",
            requires: .files
        ) { c in
            let directory = try c.makeDirectory("d")
            try c.succeed(c.removingDirectory("d"))
            try c.fails(c.opening("f", [.writing, .creating], beneath: directory), with: .notFound)
            try c.fails(c.makingDirectory("inner", beneath: directory), with: .notFound)
            try c.fails(c.listing(directory, into: c.buffer(4096)), with: .notFound)
            try c.expectEqual(c.status(of: directory).kind, .directory, "the kind in the status of its handle")
        },
    ]
}
