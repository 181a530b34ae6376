// What opening makes, keeps and empties.

import IOSpec

enum PathCreateCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("path.create.missing", proves: "path.create", requires: .files) { c in
            let file = try c.open("f", [.reading, .writing, .creating])
            try c.expectEqual(c.status(of: file).size, 0, "the size of what was made")
            try c.expectEqual(c.status(of: c.open("f", .reading)).identity, c.status(of: file).identity, "what the name refers to")
        },
        ConformanceCase("path.create.existing", proves: "path.create", requires: .files) { c in
            _ = try c.file("f", contents: [1, 2, 3])
            try c.expectEqual(c.contents(of: c.open("f", [.reading, .writing, .creating])), [1, 2, 3], "what creating keeps")
            try c.expectEqual(c.contents(of: c.open("f", [.reading, .appending, .creating])), [1, 2, 3], "what appending keeps")
        },
        ConformanceCase("path.create.exclusive", proves: "path.create", requires: .files) { c in
            let file = try c.open("f", [.reading, .writing, .creating, .exclusive])
            try c.write([1], to: file)
            try c.fails(c.opening("f", [.reading, .writing, .creating, .exclusive]), with: .alreadyExists)
            try c.expectEqual(c.contents(of: file), [1], "the contents of what exists")
        },
        ConformanceCase(
            "path.create.exclusive-race", proves: "path.create", title: "Of many exclusive opens at once one makes the file",
            requires: .files
        ) { c in
            let ids = try (0..<32).map { _ in try c.submit(c.opening("f", [.writing, .creating, .exclusive])) }
            let failures = try c.complete(ids).compactMap(\.error)
            try c.expectEqual(failures.count, 31, "the number of opens that failed")
            try c.expect(failures.allSatisfy { $0.cause == .alreadyExists }, "each of them failed because the file exists")
        },
        ConformanceCase("path.create.truncating", proves: "path.create", requires: .files) { c in
            let old = try c.file("f", contents: [1, 2, 3])
            let file = try c.open("f", [.reading, .writing, .truncating])
            try c.expectEqual(c.contents(of: file), [], "the contents after truncating")
            try c.expectEqual(c.status(of: file).identity, c.status(of: old).identity, "the file that was truncated")
            try c.fails(c.opening("missing", [.writing, .truncating]), with: .notFound)
        },
        ConformanceCase("path.create.truncating-refused", proves: "path.create", "path.malformed", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.fails(c.opening("f", [.reading, .truncating]), with: .invalidArgument)
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents after an open that was refused")
        },
        ConformanceCase("path.create.permissions", proves: "path.create", requires: .files) { c in
            for permissions: UInt16 in [0o600, 0o400, 0o700] {
                let file = try c.open("f\(permissions)", [.writing, .creating], permissions: permissions)
                try c.expectEqual(c.status(of: file).permissions, permissions, "the permissions of what was made")
                try c.write([1], to: file)
            }
            let again = try c.open("f\(0o600 as UInt16)", [.writing, .creating], permissions: 0o700)
            try c.expectEqual(c.status(of: again).permissions, 0o600, "the permissions of what existed")
        },
        ConformanceCase("path.create.withheld-permissions", proves: "path.create", requires: .files) { c in
            let file = try c.open("f", [.writing, .creating], permissions: 0o666)
            let permissions = try c.status(of: file).permissions
            try c.expect(permissions & ~0o666 == 0 && permissions & 0o600 == 0o600, "the permissions \(permissions) are a part of 0o666")
        },
        ConformanceCase("path.open.directory", proves: "path.create", "handle.wrong-kind", requires: .files) { c in
            try c.surroundings.makeDirectory(at: c.nativePath("d"))
            for options: OpenOptions in [.directory, [.directory, .reading], [.directory, .noFollow]] {
                let directory = try c.open("d", options)
                try c.expectEqual(c.status(of: directory).kind, .directory, "the kind of what was opened with \(options)")
                try c.fails(.file(.read(directory, into: c.buffer(8).region, at: 0)), with: .isDirectory)
                try c.close(c.open("f", [.writing, .creating], beneath: directory))
            }
        },
        ConformanceCase(
            "path.open.many-at-once", proves: "path.create", "completion.independent", requires: .files, needs: [.manyDescriptors]
        ) { c in
            let ids = try (0..<200).map { try c.submit(c.opening("f\($0)", [.reading, .writing, .creating])) }
            let handles = try c.complete(ids).map { try c.handle(of: $0) }
            try c.expectEqual(Set(handles).count, 200, "the number of handles")
            for (index, handle) in handles.enumerated() { try c.write([UInt8(index)], to: handle) }
            for index in stride(from: 0, to: 200, by: 7) {
                try c.expectEqual(c.contents(of: c.open("f\(index)", .reading)), [UInt8(index)], "the contents of file \(index)")
            }
        },
        ConformanceCase(
            "path.open.handle-table-full", proves: "path.create", "result.portable",
            title: "More handles than configured are tooManyOpen, and leave nothing open",
            requires: .files, configuration: .init(operations: 64, handles: 8)
        ) { c in
            let files = try (0..<7).map { try c.file("f\($0)") }
            try c.fails(c.opening("f0", .reading), with: .tooManyOpen)
            try c.fails(c.opening("f1", .reading), with: .tooManyOpen)
            try c.close(files[3])
            try c.close(c.open("f0", .reading))
        },
        ConformanceCase(
            "path.open.out-of-descriptors", proves: "result.portable", requires: .files, isolation: .childProcess
        ) { c in
            _ = try c.file("f", contents: [1])
            try c.surroundings.withoutFreeHandles { try c.fails(c.opening("f", .reading), with: .tooManyOpen) }
            try c.expectEqual(c.contents(of: c.open("f", .reading)), [1], "the contents once there are descriptors")
        },
    ]
}
