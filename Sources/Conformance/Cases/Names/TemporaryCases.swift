// Files without a name.

import IOSpec

enum TemporaryCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("path.temporary.file", proves: "path.temporary", requires: .files) { c in
            let file = try temporary(c, [.reading, .writing])
            try c.write(Pattern.bytes(5000, seed: 1), to: file)
            try c.expectEqual(c.contents(of: file), Pattern.bytes(5000, seed: 1), "the contents")
            let status = try c.status(of: file)
            try c.expectEqual(status.kind, .file, "the kind")
            try c.expectEqual(status.linkCount, 0, "the number of names", clause: "path.temporary")
            try c.expectNames(c.listAll(c.directory), [], "the names in its directory")
        },
        ConformanceCase("path.temporary.many", proves: "path.temporary", requires: .files) { c in
            try c.succeed(c.makingDirectory("d"))
            let files = try (0..<20).map { _ in try temporary(c, [.reading, .writing], in: "d") }
            for (index, file) in files.enumerated() { try c.write([UInt8(index)], to: file) }
            for (index, file) in files.enumerated() {
                try c.expectEqual(c.contents(of: file), [UInt8(index)], "the contents of one of many")
            }
            try c.succeed(c.removingDirectory("d"))
            try c.expectEqual(c.contents(of: files[7]), [7], "the contents once the directory is gone")
        },
        ConformanceCase("path.temporary.access", proves: "path.temporary", "file.append", requires: .files) { c in
            let log = try temporary(c, [.reading, .appending])
            try c.succeed(.file(.append(log, from: c.buffer([1]).region)))
            try c.succeed(.file(.append(log, from: c.buffer([2]).region)))
            try c.expectEqual(c.contents(of: log), [1, 2], "what was appended")
            let writer = try temporary(c, .writing)
            try c.fails(.file(.read(writer, into: c.buffer(1).region, at: 0)), with: .wrongAccess)
        },
        ConformanceCase("path.temporary.permissions", proves: "path.temporary", requires: .files) { c in
            let file = try c.open(".", [.writing, .temporary], permissions: 0o640)
            try c.expectEqual(c.status(of: file).permissions, 0o640, "the permissions")
        },
        ConformanceCase(
            "path.temporary.stays-without-name", proves: "path.temporary", requires: [.files, .nativeSystem]
        ) { c in
            _ = try c.directory
            let before = try Native.openDescriptors()
            let file = try temporary(c, [.reading, .writing])
            let made = try Native.openDescriptors().keys.first { before[$0] == nil }
            guard let made else { throw CaseFailure("a temporary file that is open has a descriptor") }
            let result = try Native.giveName(c.nativePath("found"), toDescriptor: made)
            try c.expect(result != 0, "nobody can give a temporary file a name", clause: "path.temporary")
            try c.close(file)
            try c.expectEqual(Native.openDescriptors().count, before.count, "the number of descriptors once it is closed")
        },
        ConformanceCase("path.temporary.refused", proves: "path.temporary", "path.errors", "path.beneath", requires: .files) { c in
            _ = try temporary(c, .writing)
            try c.close(c.file("f"))
            try c.fails(c.opening("f", [.writing, .temporary]), with: .notDirectory)
            try c.fails(c.opening("missing", [.writing, .temporary]), with: .notFound)
            try c.fails(c.opening("..", [.writing, .temporary]), with: .outsideDirectory)
        },
        ConformanceCase("path.temporary.options", proves: "path.malformed", "path.temporary", requires: .files) { c in
            let others: [OpenOptions] = [.creating, [.creating, .exclusive], .truncating, .noFollow, .directory]
            for other in others {
                try c.fails(c.opening(".", other.union([.writing, .temporary])), with: .invalidArgument)
            }
            try c.fails(c.opening(".", .temporary), with: .invalidArgument)
            try c.fails(c.opening(".", [.reading, .temporary]), with: .invalidArgument)
            try c.fails(c.opening(".", [.writing, .temporary], permissions: 0o10_000), with: .invalidArgument)
        },
    ]

    /// Makes a temporary file.
    ///
    /// - Throws: ``Skip`` when the file system has none.
    private static func temporary(_ c: CaseContext, _ options: OpenOptions, in directory: String = ".") throws -> Handle {
        let completion = try c.perform(c.opening(directory, options.union(.temporary)))
        if completion.error?.cause == .unsupported { try c.skip(.environment("the file system has no files without a name")) }
        if let error = completion.error { throw CaseFailure("a temporary file must be made, and failed with \(c.describe(error))") }
        return try c.handle(of: completion)
    }
}
