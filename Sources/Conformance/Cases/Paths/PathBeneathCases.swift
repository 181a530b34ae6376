// Where a path may lead, and which are no paths at all.

import IOSpec

enum PathBeneathCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("path.beneath.parent", proves: "path.beneath", requires: .files) { c in
            _ = try c.file("f")
            for name in ["..", "../", "../missing", "./..", "../../../../../../etc/hosts"] {
                try c.fails(c.opening(name, .reading), with: .outsideDirectory)
            }
            try c.fails(c.opening("..", .directory), with: .outsideDirectory)
        },
        ConformanceCase("path.beneath.parent-and-back", proves: "path.beneath", requires: .files) { c in
            _ = try c.file("f")
            let scratch = try c.scratchName
            let own = scratch.split(separator: "/").last ?? ""
            try c.fails(c.opening("../\(own)/f", .reading), with: .outsideDirectory)
            try c.surroundings.makeDirectory(at: c.nativePath("d"))
            try c.fails(c.opening("d/../../\(own)/f", .reading), with: .outsideDirectory)
        },
        ConformanceCase("path.beneath.absolute", proves: "path.beneath", requires: .files) { c in
            _ = try c.file("f")
            for name in ["/", "/etc/hosts", "//", "/missing", try c.nativePath("f")] {
                try c.fails(c.opening(name, .reading), with: .outsideDirectory)
            }
        },
        ConformanceCase("path.beneath.creating", proves: "path.beneath", requires: .files) { c in
            let name = try c.scratchName + "-escaped"
            let last = name.split(separator: "/").last ?? ""
            defer { try? c.surroundings.remove(at: name) }
            try c.fails(c.opening("../\(last)", [.writing, .creating]), with: .outsideDirectory)
            try c.fails(c.opening(name, [.writing, .creating, .exclusive]), with: .outsideDirectory)
            try c.surroundings.makeSymbolicLink(to: name, at: c.nativePath("l"))
            try c.fails(c.opening("l", [.writing, .creating, .truncating]), with: .outsideDirectory)
            try c.expect(!c.surroundings.exists(name), "nothing was made outside the directory")
        },
        ConformanceCase("path.beneath.links", proves: "path.beneath", requires: .files) { c in
            let links = ["up": "..", "absolute": "/etc", "root": "/", "further": "up", "back": "../../.."]
            for (name, target) in links { try c.surroundings.makeSymbolicLink(to: target, at: c.nativePath(name)) }
            for name in links.keys {
                try c.fails(c.opening(name, .directory), with: .outsideDirectory)
                try c.fails(c.opening("\(name)/hosts", .reading), with: .outsideDirectory)
            }
        },
        ConformanceCase(
            "path.beneath.magic-links", proves: "path.beneath", title: "A link that the kernel makes up leads outside like any other",
            requires: [.files, .nativeSystem]
        ) { c in
            let process = try c.acquire(.directory(name: "/proc/self", unconfined: false))
            for name in ["exe", "fd/0"] { try c.fails(c.opening(name, .reading, beneath: process), with: .outsideDirectory) }
            for name in ["cwd", "root", "root/etc", "cwd/.."] {
                try c.fails(c.opening(name, .directory, beneath: process), with: .outsideDirectory)
            }
        },
        ConformanceCase("path.beneath.nested", proves: "path.beneath", requires: .files) { c in
            _ = try c.file("f", contents: [1])
            try c.surroundings.makeDirectory(at: c.nativePath("d"))
            let inner = try c.open("d", .directory)
            try c.fails(c.opening("../f", .reading, beneath: inner), with: .outsideDirectory)
            try c.fails(c.opening("..", .directory, beneath: inner), with: .outsideDirectory)
            let file = try c.open("g", [.reading, .writing, .creating], beneath: inner)
            try c.write([2], to: file)
            try c.expectEqual(c.contents(of: c.open("d/g", .reading)), [2], "the contents of what was made beneath the inner directory")
        },
        ConformanceCase("path.unconfined", proves: "path.unconfined", requires: .files) { c in
            _ = try c.file("f", contents: [1, 2, 3])
            try c.surroundings.makeDirectory(at: c.nativePath("d"))
            try c.surroundings.makeSymbolicLink(to: c.nativePath("f"), at: c.nativePath("d/l"))
            let free = try c.acquire(.directory(name: c.nativePath("d"), unconfined: true))
            for name in ["../f", try c.nativePath("f"), "l", "../d/../d/l"] {
                try c.expectEqual(c.contents(of: c.open(name, .reading, beneath: free)), [1, 2, 3], "the contents through \(name)")
            }
            try c.fails(c.opening("../missing", .reading, beneath: free), with: .notFound)
            try c.fails(c.opening("", .reading, beneath: free), with: .invalidArgument)
        },
        ConformanceCase(
            "path.unconfined.not-inherited", proves: "path.unconfined", "path.beneath",
            title: "A directory that was opened is confined, although it was opened beneath an unconfined one",
            requires: .files
        ) { c in
            let free = try c.acquire(.directory(name: c.scratchName, unconfined: true))
            try c.surroundings.makeDirectory(at: c.nativePath("d"))
            let opened = try c.open("d", .directory, beneath: free)
            try c.fails(c.opening("..", .directory, beneath: opened), with: .outsideDirectory)
        },
        ConformanceCase("path.malformed.bytes", proves: "path.malformed", requires: .files) { c in
            let malformed: [[UInt8]] = [[], [0], [0, 0], Array("f".utf8), Array("ff".utf8), [102, 0, 102, 0], [0, 102, 0], [102, 0, 0]]
            let directory = try c.directory
            for bytes in malformed {
                let operation = Operation.path(
                    .open(beneath: directory, path: c.path(bytes: bytes), options: [.writing, .creating], permissions: 0o644))
                try c.expect(c.perform(operation), failsWith: .invalidArgument, "opening the bytes \(bytes)")
            }
            try c.fails(c.opening("f", .reading), with: .notFound)
        },
        ConformanceCase("path.malformed.options", proves: "path.malformed", requires: .files) { c in
            let contradictory: [OpenOptions] = [
                [], .creating, .exclusive, .truncating, .noFollow, [.reading, .exclusive], [.reading, .truncating],
                [.reading, .creating, .truncating], [.directory, .writing], [.directory, .creating], [.directory, .truncating],
                [.directory, .appending], [.directory, .direct], [.directory, .reading, .exclusive],
            ]
            for options in contradictory {
                try c.expect(c.perform(c.opening("f", options)), failsWith: .invalidArgument, "opening with \(options)")
            }
            try c.fails(c.opening("f", .reading), with: .notFound)
        },
        ConformanceCase("path.malformed.unknown-options", proves: "path.malformed", requires: .files) { c in
            _ = try c.file("f")
            for bit in 9..<16 {
                let options = OpenOptions(rawValue: 1 << UInt16(bit) | OpenOptions.reading.rawValue)
                try c.expect(c.perform(c.opening("f", options)), failsWith: .invalidArgument, "opening with bit \(bit)")
            }
            try c.fails(c.opening("g", [.writing, .creating], permissions: 0o10_000), with: .invalidArgument)
            try c.fails(c.opening("g", .reading), with: .notFound)
        },
    ]
}
