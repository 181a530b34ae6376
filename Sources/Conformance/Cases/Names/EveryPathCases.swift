// What every operation that begins with a path has in common: where it may lead, and its mistakes.

import IOSpec
import Synchronization

enum EveryPathCases {
    static let all: [ConformanceCase] = errors + confinement

    private static let errors: [ConformanceCase] = [
        ConformanceCase("path.every.not-found", proves: "path.errors", requires: .files) { c in
            try c.close(c.file("present"))
            try c.succeed(c.linkingSymbolically("dangling", to: "nowhere"))
            for name in ["missing/x", "dangling/x", "missing/./x", "missing/../x"] {
                try c.everyPathOperationFails(at: name, with: .notFound)
            }
            try nothingChanged(c, besides: ["dangling"])
        },
        ConformanceCase("path.every.not-directory", proves: "path.errors", requires: .files) { c in
            try c.close(c.file("present"))
            try c.succeed(c.linkingSymbolically("link", to: "present"))
            for name in ["present/x", "link/x", "present/../x"] { try c.everyPathOperationFails(at: name, with: .notDirectory) }
            try nothingChanged(c, besides: ["link"])
        },
        ConformanceCase("path.every.link-loop", proves: "path.errors", requires: .files) { c in
            try c.close(c.file("present"))
            try c.succeed(c.linkingSymbolically("loop", to: "loop"))
            try c.succeed(c.linkingSymbolically("a", to: "b/x"))
            try c.succeed(c.linkingSymbolically("b", to: "a/x"))
            for name in ["loop/x", "a/x", "loop/../x"] { try c.everyPathOperationFails(at: name, with: .symbolicLinkLoop) }
            try nothingChanged(c, besides: ["loop", "a", "b"])
        },
        ConformanceCase("path.every.too-long", proves: "path.errors", requires: .files) { c in
            try c.close(c.file("present"))
            let long = String(repeating: "n", count: 256)
            for name in [long, "./\(long)", "\(long)/x", String(repeating: "./", count: 2048) + "x"] {
                try c.everyPathOperationFails(at: name, with: .nameTooLong)
            }
            try nothingChanged(c)
        },
        ConformanceCase("path.every.malformed", proves: "path.malformed", requires: .files) { c in
            try c.close(c.file("present"))
            for name in ["", "x\0", "\0x"] { try c.everyPathOperationFails(at: name, with: .invalidArgument) }
            try nothingChanged(c)
        },
        ConformanceCase(
            "path.every.permission-denied", proves: "path.errors", requires: .files, isolation: .childProcess
        ) { c in
            try c.close(c.file("present"))
            try c.succeed(c.makingDirectory("closed", permissions: 0o700))
            try c.surroundings.setPermissions(0, at: c.nativePath("closed"))
            try c.surroundings.setPermissions(0o777, at: c.scratchName)
            try c.surroundings.setPermissions(0o666, at: c.nativePath("present"))
            try c.surroundings.asOrdinaryUser { try c.everyPathOperationFails(at: "closed/x", with: .permissionDenied) }
            try c.surroundings.setPermissions(0o555, at: c.scratchName)
            try c.surroundings.asOrdinaryUser {
                for operation in [
                    try c.linkingSymbolically("x", to: "y"), try c.renaming("present", to: "x"), try c.unlinking("present"),
                    try c.makingDirectory("x"), try c.removingDirectory("closed"), try c.opening(".", [.writing, .temporary]),
                ] { try c.fails(operation, with: .permissionDenied) }
            }
            try c.surroundings.setPermissions(0o755, at: c.scratchName)
            try nothingChanged(c, besides: ["closed"])
        },
        ConformanceCase("path.every.read-only", proves: "path.errors", requires: .files) { c in
            let place = try c.nativePath("small")
            try c.surroundings.makeDirectory(at: place)
            let storage = try c.surroundings.withReadOnlyStorage(
                at: place, prepare: { try ["present", "f"].forEach { try c.surroundings.makeFile(at: "\(place)/\($0)", contents: [1]) } },
                { try c.acquire(.directory(name: place, unconfined: false)) })
            for operation in [
                try c.opening("fresh", [.writing, .creating], beneath: storage), try c.opening("f", .writing, beneath: storage),
                try c.opening(".", [.writing, .temporary], beneath: storage), try c.linkingSymbolically("l", to: "f", beneath: storage),
                try c.linking("f", to: "g", beneath: storage), try c.renaming("f", to: "g", beneath: storage),
                try c.renaming("f", to: "present", .exchanging, beneath: storage), try c.unlinking("f", beneath: storage),
                try c.makingDirectory("d", beneath: storage), try c.removingDirectory("f", beneath: storage),
            ] { try c.fails(operation, with: .readOnly) }
            let file = try c.open("f", .reading, beneath: storage)
            try c.fails(.file(.setPermissions(file, 0o600)), with: .readOnly)
            try c.fails(.file(.setTimes(file, access: .now, modification: .now)), with: .readOnly)
            try c.expectEqual(c.status(at: "f", beneath: storage).size, 1, "the size of what cannot be written")
            try c.expectNames(c.listAll(storage), ["present", "f"], "the names of what cannot be written")
        },
        ConformanceCase(
            "path.every.out-of-descriptors", proves: "result.portable", requires: [.files, .nativeSystem], isolation: .childProcess
        ) { c in
            try c.close(c.file("present"))
            try c.succeed(c.makingDirectory("d"))
            let operations = try c.everyPathOperation(at: "d/x", present: "present", beneath: c.directory)
            let open = try Native.openDescriptors()
            let lowestFree = (Int32(0)...).first { open[$0] == nil } ?? 0
            try Native.withLimit(.descriptors, UInt64(lowestFree)) {
                for (what, operation) in operations { try c.expect(c.perform(operation), failsWith: .tooManyOpen, what) }
            }
            try c.expectNames(c.listAll(c.open("d", .directory)), [], "the names in the directory")
        },
    ]

    private static let confinement: [ConformanceCase] = [
        ConformanceCase("path.every.outside", proves: "path.beneath", requires: .files) { c in
            try c.close(c.file("present"))
            try c.succeed(c.makingDirectory("d"))
            try c.succeed(c.linkingSymbolically("up", to: ".."))
            try c.succeed(c.linkingSymbolically("absolute", to: "/tmp"))
            for name in ["..", "../x", "/", "/x", "//tmp/x", "d/../..", "d/../../x", "up/x", "absolute/x", "up/..", "d/../up/."] {
                try c.everyPathOperationFails(at: name, with: .outsideDirectory)
            }
            try nothingChanged(c, besides: ["d", "up", "absolute"])
        },
        ConformanceCase("path.every.and-back", proves: "path.beneath", requires: .files) { c in
            try c.close(c.file("present"))
            let own = try c.scratchName.split(separator: "/").last ?? ""
            for name in ["../\(own)/x", "./../\(own)/present", try c.nativePath("present")] {
                try c.everyPathOperationFails(at: name, with: .outsideDirectory)
            }
            try nothingChanged(c)
        },
        ConformanceCase(
            "path.every.unconfined", proves: "path.unconfined", "path.last-component", requires: .files
        ) { c in
            try c.succeed(c.makingDirectory("d"))
            let free = try c.acquire(.directory(name: c.nativePath("d"), unconfined: true))
            try c.succeed(c.makingDirectory("../made", beneath: free))
            try c.succeed(c.linkingSymbolically(c.nativePath("l"), to: "made", beneath: free))
            try c.succeed(c.renaming("../l", to: "m", beneath: free, second: c.directory))
            try c.expectEqual(c.status(at: "../m", beneath: free).kind, .symbolicLink, "the kind of a link that was moved")
            try c.expectEqual(c.status(at: "../m/", beneath: free).kind, .directory, "the kind of what the link leads to")
            try c.fails(c.unlinking("..", beneath: free), with: .isDirectory)
            try c.fails(c.removingDirectory("..", beneath: free), with: .directoryNotEmpty)
            try c.succeed(c.unlinking("../m", beneath: free))
            try c.succeed(c.removingDirectory("../made/", beneath: free))
            try c.expectNames(c.listAll(c.directory), ["d"], "the names that are left")
        },
        ConformanceCase("path.every.inside", proves: "path.beneath", "path.last-component", requires: .files) { c in
            try c.succeed(c.makingDirectory("d"))
            try c.succeed(c.makingDirectory("e"))
            try c.succeed(c.linkingSymbolically("d/back", to: "../e"))
            try c.succeed(c.makingDirectory("d/back/x"))
            try c.succeed(c.linkingSymbolically("e/../d/./l", to: "/etc"))
            try c.succeed(c.renaming("d//back/x/", to: "e/x/../y"))
            try c.succeed(c.renaming("d/l", to: "d/back/l"))
            try c.expectEqual(c.status(at: "e/l").kind, .symbolicLink, "the kind of a link in the middle of other links")
            try c.succeed(c.unlinking("d/back/l"))
            try c.succeed(c.removingDirectory("d/back/y"))
            try c.expectNames(c.listAll(c.open("e", .directory)), [], "the names that are left")
        },
        ConformanceCase(
            "path.every.no-window", proves: "path.beneath",
            title: "Whoever exchanges directories and links meanwhile leads nothing outside",
            kind: .stochastic(iterations: 150), requires: .files, timeLimit: 40
        ) { try exchangedMeanwhile($0) },
        ConformanceCase(
            "path.every.working-directory", proves: "path.beneath", title: "The working directory and its changes mean nothing",
            requires: .files, isolation: .childProcess
        ) { c in
            _ = try c.directory
            let ids = try (0..<64).map { try c.submit(c.makingDirectory("d\($0)")) }
            try Native.changeDirectory(to: "/")
            for completion in try c.complete(ids) { try c.expect(completion, moves: 0, "making a directory") }
            try c.expectNames(c.listAll(c.directory), (0..<64).map { "d\($0)" }, "the directories that were made")
        },
    ]

    /// What ends the other thread.
    private final class Flag: Sendable {
        let isSet = Atomic(false)
    }

    private static func nothingChanged(_ c: CaseContext, besides others: [String] = []) throws {
        try c.expectNames(c.listAll(c.directory), ["present"] + others, "the names after operations that failed")
    }

    /// Another thread lets a directory and a link to the outside change places all the time.
    private static func exchangedMeanwhile(_ c: CaseContext) throws {
        let outside = try c.surroundings.makeScratchDirectory()
        try c.surroundings.makeFile(at: "\(outside.path)/precious")
        try c.surroundings.makeDirectory(at: "\(outside.path)/empty")
        try c.succeed(c.makingDirectory("d"))
        try c.succeed(c.linkingSymbolically("e", to: outside.path))
        let first = try c.nativePath("d")
        let second = try c.nativePath("e")
        let isOver = Flag()
        let surroundings = c.surroundings
        let exchanger = try BackgroundThread {
            while !isOver.isSet.load(ordering: .relaxed) { _ = surroundings.exchange(first, second) }
        }
        defer {
            isOver.isSet.store(true, ordering: .relaxed)
            exchanger.join()
        }
        for _ in 0..<c.iterations {
            try c.close(c.file("f"))
            let memory = c.buffer(MemoryLayout<FileStatus>.size)
            let ids = try [
                c.submit(c.makingDirectory("d/made")), c.submit(c.unlinking("d/precious")), c.submit(c.removingDirectory("e/empty")),
                c.submit(c.linkingSymbolically("d/link", to: "x")), c.submit(c.linking("f", to: "e/hard")),
                c.submit(c.renaming("d/precious", to: "stolen")), c.submit(c.renaming("f", to: "d/moved")),
                c.submit(c.askingStatus(of: "e/precious", into: memory)), c.submit(c.opening("d/temporary", [.writing, .creating])),
            ]
            let completions = try c.complete(ids)
            try c.expect(completions[1].error != nil && completions[2].error != nil, "nothing outside is removed", clause: "path.beneath")
            try c.expect(completions[5].error != nil && completions[7].error != nil, "nothing outside is found", clause: "path.beneath")
            if completions[8].error == nil { try c.close(c.handle(of: completions[8])) }
            try c.expectEqual(
                c.surroundings.names(in: outside.path).sorted(), ["empty", "precious"], "the names outside", clause: "path.beneath")
            for name in ["made", "link", "hard", "moved", "temporary"] {
                for directory in ["d", "e"] {
                    _ = try c.perform(name == "made" ? c.removingDirectory("\(directory)/made") : c.unlinking("\(directory)/\(name)"))
                }
            }
            c.release(memory)
        }
    }
}
