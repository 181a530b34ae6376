// Renaming, in its three ways.

import IOSpec

enum RenameCases {
    static let all: [ConformanceCase] = moving + directories + exclusive + exchanging

    private static let moving: [ConformanceCase] = [
        ConformanceCase("rename.moves.file", proves: "rename.moves", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.expect(c.perform(c.renaming("f", to: "g")), moves: 0, "renaming")
            try c.expectMissing("f", clause: "rename.moves")
            try c.expectEqual(c.status(at: "g").identity, c.status(of: file).identity, "what the name that was moved refers to")
            try c.expectContents([1, 2, 3], of: "g")
        },
        ConformanceCase("rename.moves.replaces", proves: "rename.moves", requires: .files) { c in
            try c.close(c.file("f", contents: [1]))
            let replaced = try c.file("g", contents: [2])
            try c.succeed(c.renaming("f", to: "g"))
            try c.expectContents([1], of: "g")
            try c.expectMissing("f", clause: "rename.moves")
            try c.expectEqual(c.contents(of: replaced), [2], "what a handle of the replaced file reads")
            try c.expectEqual(c.status(of: replaced).linkCount, 0, "the number of names of the replaced file")
        },
        ConformanceCase("rename.moves.two-directories", proves: "rename.moves", requires: .files) { c in
            let first = try c.makeDirectory("a")
            let second = try c.makeDirectory("b")
            let file = try c.open("f", [.writing, .creating], beneath: first)
            try c.succeed(c.renaming("f", to: "g", beneath: first, second: second))
            try c.expectEqual(c.status(at: "b/g").identity, c.status(of: file).identity, "what arrived in the second directory")
            try c.expectMissing("a/f", clause: "rename.moves")
            try c.fails(c.renaming("g", to: "../f", beneath: second, second: first), with: .outsideDirectory)
        },
        ConformanceCase(
            "rename.moves.same-file", proves: "rename.moves", title: "Between two names of one file nothing happens", requires: .files
        ) { c in
            try c.close(c.file("f", contents: [1]))
            try c.succeed(c.linking("f", to: "g"))
            try c.succeed(c.renaming("f", to: "f"))
            try c.succeed(c.renaming("f", to: "g"))
            try c.expectEqual(c.status(at: "f").identity, c.status(at: "g").identity, "what the two names refer to")
        },
        ConformanceCase("rename.moves.links", proves: "rename.moves", "path.last-component", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            try c.succeed(c.linkingSymbolically("l", to: "f"))
            try c.succeed(c.renaming("l", to: "m"))
            try c.expectEqual(c.target(of: "m"), Array("f".utf8), "the target of a link that was moved", clause: "path.last-component")
            try c.close(c.file("g", contents: [2]))
            try c.succeed(c.renaming("g", to: "m"))
            try c.expectEqual(c.status(at: "m").kind, .file, "the kind of what replaced a link", clause: "path.last-component")
            try c.expectEqual(c.contents(of: file), [1], "the contents of what the link led to", clause: "path.last-component")
        },
        ConformanceCase(
            "rename.moves.in-one-step", proves: "rename.moves", title: "A name that is replaced again and again is always there",
            kind: .stochastic(iterations: 200), requires: .files, timeLimit: 30
        ) { c in
            try c.close(c.file("f", contents: [1]))
            for _ in 0..<c.iterations {
                try c.close(c.file("next", contents: [2]))
                let memories = (0..<4).map { _ in c.buffer(MemoryLayout<FileStatus>.size) }
                var ids = try memories.prefix(2).map { try c.submit(c.askingStatus(of: "f", into: $0)) }
                let rename = try c.submit(c.renaming("next", to: "f"))
                ids += try memories.suffix(2).map { try c.submit(c.askingStatus(of: "f", into: $0)) }
                try c.expect(c.complete(rename), moves: 0, "a rename beside those who look")
                for completion in try c.complete(ids) { try c.expect(completion, moves: 0, "looking for a name that is being replaced") }
                for memory in memories { c.release(memory) }
            }
        },
        ConformanceCase("rename.moves.missing", proves: "rename.moves", "path.errors", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            for mode in RenameMode.allCases {
                try c.fails(c.renaming("missing", to: mode == .exclusive ? "g" : "f", mode), with: .notFound)
            }
            try c.expectEqual(c.status(at: "f").identity, c.status(of: file).identity, "what the name refers to")
            try c.fails(c.renaming("f/", to: "g"), with: .notDirectory)
            try c.fails(c.renaming("f", to: "g/"), with: .notDirectory)
        },
        ConformanceCase(
            "rename.moves.closed-directories", proves: "rename.moves", "close.cancels",
            title: "Renames whose directories are closed have happened or have not", requires: .files
        ) { c in
            let first = try c.makeDirectory("a")
            let second = try c.makeDirectory("b")
            for index in 0..<32 { try c.close(c.open("f\(index)", [.writing, .creating], beneath: first)) }
            let ids = try (0..<32).map { try c.submit(c.renaming("f\($0)", to: "f\($0)", beneath: first, second: second)) }
            let closes = try [second, first].map { try c.submit(.control(.close($0))) }
            for (index, completion) in try c.complete(ids).enumerated() {
                if completion.error != nil { try c.expect(completion, failsWith: .cancelled, "a rename whose directory is closed") }
                try c.expectMissing(completion.error == nil ? "a/f\(index)" : "b/f\(index)")
                _ = try c.status(at: completion.error == nil ? "b/f\(index)" : "a/f\(index)")
            }
            for completion in try c.complete(closes) { try c.expect(completion, moves: 0, "closing a directory of renames") }
            try c.fails(c.renaming("a", to: "c", second: second), with: .badHandle)
        },
        ConformanceCase("rename.second-handle", proves: "handle.wrong-kind", "rename.moves", requires: .files) { c in
            try c.close(c.file("f"))
            for (name, kind, handle) in try c.handlesOfEveryKind() where kind != .directory {
                try c.expect(c.perform(c.renaming("f", to: "g", second: handle)), failsWith: .wrongKind, "renaming to beneath \(name)")
                try c.expect(c.perform(c.linking("f", to: "g", second: handle)), failsWith: .wrongKind, "linking to beneath \(name)")
            }
            try c.fails(c.renaming("f", to: "g", second: .invalid), with: .badHandle)
            try c.fails(c.renaming("f", to: "", second: c.directory), with: .invalidArgument)
            try c.expectMissing("g")
        },
    ]

    private static let directories: [ConformanceCase] = [
        ConformanceCase("rename.moves.directory", proves: "rename.moves", "path.errors", requires: .files) { c in
            let directory = try c.makeDirectory("d")
            try c.close(c.open("f", [.writing, .creating], beneath: directory))
            try c.succeed(c.renaming("d", to: "e"))
            _ = try c.status(at: "e/f")
            try c.close(c.open("g", [.writing, .creating], beneath: directory))
            _ = try c.status(at: "e/g")
            try c.succeed(c.makingDirectory("empty"))
            try c.succeed(c.renaming("e/", to: "empty/"))
            try c.expectMissing("e", clause: "rename.moves")
            _ = try c.status(at: "empty/f")
        },
        ConformanceCase("rename.moves.refused", proves: "rename.moves", "path.errors", requires: .files) { c in
            try c.close(c.file("f", contents: [1]))
            try c.succeed(c.makingDirectory("empty"))
            try c.succeed(c.makingDirectory("full"))
            try c.succeed(c.makingDirectory("full/inner"))
            try c.fails(c.renaming("f", to: "empty"), with: .isDirectory)
            try c.fails(c.renaming("empty", to: "f"), with: .notDirectory)
            try c.fails(c.renaming("empty", to: "full"), with: .directoryNotEmpty)
            try c.fails(c.renaming("full/inner", to: "full"), with: .directoryNotEmpty)
            try c.fails(c.renaming("full", to: "full/inner"), with: .invalidArgument)
            try c.fails(c.renaming("full", to: "full/inner/deeper"), with: .invalidArgument)
            try c.fails(c.renaming("full", to: "full/new"), with: .invalidArgument)
            try c.expectContents([1], of: "f")
            try c.expectNames(c.listAll(c.directory), ["f", "empty", "full"], "the names after renames that were refused")
        },
        ConformanceCase("rename.moves.no-names", proves: "rename.moves", "path.errors", "path.beneath", requires: .files) { c in
            try c.succeed(c.makingDirectory("d"))
            for name in [".", "d/.", "d/.."] {
                try c.fails(c.renaming(name, to: "e"), with: .busy)
                try c.fails(c.renaming("d", to: name), with: .busy)
            }
            for name in ["..", "d/../..", "/"] {
                try c.fails(c.renaming(name, to: "e"), with: .outsideDirectory)
                try c.fails(c.renaming("d", to: name), with: .outsideDirectory)
            }
        },
        ConformanceCase("rename.cross-device", proves: "path.errors", "rename.moves", "link.hard", requires: .files) { c in
            let place = try c.nativePath("small")
            try c.surroundings.makeDirectory(at: place)
            let other = try c.surroundings.withSmallStorage(at: place, bytes: 65_536) {
                try c.acquire(.directory(name: place, unconfined: false))
            }
            let file = try c.file("f", contents: [1])
            for mode in RenameMode.allCases { try c.fails(c.renaming("f", to: "f", mode, second: other), with: .crossDevice) }
            try c.fails(c.linking("f", to: "f", second: other), with: .crossDevice)
            try c.expectEqual(c.status(at: "f").identity, c.status(of: file).identity, "what the name refers to")
        },
    ]

    private static let exclusive: [ConformanceCase] = [
        ConformanceCase("rename.exclusive.exists", proves: "rename.exclusive", requires: .files) { c in
            try c.close(c.file("f", contents: [1]))
            try c.close(c.file("g", contents: [2]))
            try c.succeed(c.makingDirectory("d"))
            try c.succeed(c.linkingSymbolically("l", to: "nowhere"))
            for name in ["g", "d", "l", "f", "."] { try c.fails(c.renaming("f", to: name, .exclusive), with: .alreadyExists) }
            try c.fails(c.renaming("d", to: "g", .exclusive), with: .alreadyExists)
            try c.expectContents([1], of: "f", clause: "rename.exclusive")
            try c.expectContents([2], of: "g", clause: "rename.exclusive")
            try c.expectEqual(c.status(at: "l").kind, .symbolicLink, "the kind of the link that existed", clause: "rename.exclusive")
        },
        ConformanceCase("rename.exclusive.fresh", proves: "rename.exclusive", requires: .files) { c in
            try c.close(c.file("f", contents: [1]))
            try c.expect(c.perform(c.renaming("f", to: "g", .exclusive)), moves: 0, "an exclusive rename to a new name")
            try c.expectContents([1], of: "g")
            try c.expectMissing("f")
        },
        ConformanceCase("rename.exclusive.race", proves: "rename.exclusive", requires: .files) { c in
            for index in 0..<32 { try c.close(c.file("f\(index)", contents: [UInt8(index)])) }
            let ids = try (0..<32).map { try c.submit(c.renaming("f\($0)", to: "winner", .exclusive)) }
            let completions = try c.complete(ids)
            let winners = completions.indices.filter { completions[$0].error == nil }
            try c.expectEqual(winners.count, 1, "the number of exclusive renames to one name that succeeded")
            for completion in completions where completion.error != nil {
                try c.expect(completion, failsWith: .alreadyExists, "a rename that lost")
            }
            try c.expectContents([UInt8(winners[0])], of: "winner")
        },
    ]

    private static let exchanging: [ConformanceCase] = [
        ConformanceCase("rename.exchange.kinds", proves: "rename.exchange", requires: .files) { c in
            try c.close(c.file("f", contents: [1]))
            try c.close(c.file("g", contents: [2]))
            try c.close(c.makeDirectory("d"))
            try c.succeed(c.linkingSymbolically("l", to: "nowhere"))
            try c.expect(c.perform(c.renaming("f", to: "g", .exchanging)), moves: 0, "exchanging two files")
            try c.expectContents([2], of: "f", clause: "rename.exchange")
            try c.expectContents([1], of: "g", clause: "rename.exchange")
            try c.succeed(c.renaming("f", to: "d", .exchanging))
            try c.expectEqual(c.status(at: "f").kind, .directory, "the kind after exchanging a file and a directory")
            try c.expectContents([2], of: "d", clause: "rename.exchange")
            try c.succeed(c.renaming("l", to: "g", .exchanging))
            try c.expectContents([1], of: "l", clause: "rename.exchange")
            try c.expectEqual(c.target(of: "g"), Array("nowhere".utf8), "the target after exchanging a file and a link")
        },
        ConformanceCase("rename.exchange.missing", proves: "rename.exchange", requires: .files) { c in
            try c.close(c.file("f", contents: [1]))
            try c.fails(c.renaming("f", to: "missing", .exchanging), with: .notFound)
            try c.expectContents([1], of: "f")
            try c.expectMissing("missing")
            try c.succeed(c.makingDirectory("d"))
            try c.succeed(c.makingDirectory("d/inner"))
            try c.fails(c.renaming("d", to: "d/inner", .exchanging), with: .invalidArgument)
        },
    ]
}
