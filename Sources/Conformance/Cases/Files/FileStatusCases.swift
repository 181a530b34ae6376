// Status, size and synchronizing.

import IOSpec

enum FileStatusCases {
    /// What the status of a handle tells, where the kind of the handle decides it.
    private static let expectedKinds: [HandleKind: FileStatus.Kind] = [
        .file: .file, .directory: .directory, .pipe: .pipe, .stream: .socket, .listener: .socket, .datagram: .socket, .packets: .socket,
    ]

    static let all: [ConformanceCase] = [
        ConformanceCase("file.status-of-file", proves: "file.status", requires: .files) { c in
            let file = try c.open("f", [.reading, .writing, .creating], permissions: 0o640)
            try c.expectEqual(c.status(of: file).size, 0, "the size of a file that was just made")
            try c.write(Pattern.bytes(5000, seed: 1), to: file)
            let status = try c.status(of: file)
            try c.expectEqual(status.size, 5000, "the size once the write has completed")
            try c.expectEqual(status.kind, .file, "the kind")
            try c.expectEqual(status.permissions, 0o640, "the permissions")
            try c.expectEqual(status.linkCount, 1, "the number of names")
            try c.expect(status.modificationTime > 0 && status.accessTime > 0, "the times are told")
        },
        ConformanceCase("file.status-of-every-kind", proves: "file.status", requires: .files) { c in
            for (name, kind, handle) in try c.handlesOfEveryKind() {
                guard let expected = expectedKinds[kind] else { continue }
                try c.expectEqual(c.status(of: handle).kind, expected, "the kind in the status of \(name)")
            }
        },
        ConformanceCase("file.status-identity", proves: "file.status", requires: .files) { c in
            let first = try c.status(of: c.file("f", contents: [1]))
            let again = try c.status(of: c.open("f", .reading))
            let other = try c.status(of: c.file("g", contents: [1]))
            try c.expectEqual([again.device, again.identity], [first.device, first.identity], "what two handles of a file are told")
            try c.expect(other.identity != first.identity, "two files have two identities")
        },
        ConformanceCase("file.status-times-go-on", proves: "file.status", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            var last = try c.status(of: file).modificationTime
            for byte in UInt8(0)..<20 {
                try c.write([byte], to: file)
                let next = try c.status(of: file).modificationTime
                try c.expect(next >= last, "the time of modification never goes back (\(last), then \(next))")
                last = next
            }
        },
        ConformanceCase("file.status-of-any-access", proves: "file.status", requires: .files) { c in
            _ = try c.file("f", contents: [1, 2, 3])
            for options: OpenOptions in [.reading, .writing, .appending] {
                try c.expectEqual(c.status(of: c.open("f", options)).size, 3, "the size, asked through a handle with \(options)")
            }
        },
        ConformanceCase("file.status-holes", proves: "file.status", "file.holes", requires: .files) { c in
            let file = try c.file("f")
            try c.write([1], to: file, at: 1 << 30)
            let status = try c.status(of: file)
            try c.expectEqual(status.size, 1 << 30 + 1, "the size of a file with a hole")
            if status.allocatedSize >= status.size { c.informational("the file system of the scratch directory keeps no holes") }
        },
        ConformanceCase("file.status-hard-links", proves: "file.status", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            try c.surroundings.makeHardLink(of: c.nativePath("f"), at: c.nativePath("g"))
            try c.expectEqual(c.status(of: file).linkCount, 2, "the number of names")
            try c.surroundings.setPermissions(0o4751, at: c.nativePath("g"))
            try c.expectEqual(c.status(of: file).permissions, 0o4751, "the permissions")
            try c.surroundings.remove(at: c.nativePath("f"))
            try c.surroundings.remove(at: c.nativePath("g"))
            try c.expectEqual(c.status(of: file).linkCount, 0, "the number of names of a file without any")
            try c.expectEqual(c.contents(of: file), [1], "the contents of a file without a name")
        },
        ConformanceCase("file.status-wrong-size", proves: "file.status", requires: .files) { c in
            let file = try c.file("f")
            let memory = c.buffer(256)
            for count in [0, 1, MemoryLayout<FileStatus>.size - 1, MemoryLayout<FileStatus>.size + 1, 256] {
                try c.fails(.file(.status(file, into: memory.region(0, count))), with: .invalidArgument)
            }
            try c.expectUntouched(memory)
        },
        ConformanceCase("file.status-region-only", proves: "file.status", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            let size = MemoryLayout<FileStatus>.size
            let memory = c.buffer(size + 64)
            try c.succeed(.file(.status(file, into: memory.region(0, size))))
            try c.expectUntouched(memory, from: size)
        },
        ConformanceCase("file.sync-every-access", proves: "file.sync", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let handles = [file] + (try [OpenOptions.reading, .writing, .appending].map { try c.open("f", $0) }) + [try c.directory]
            for handle in handles {
                try c.expect(c.perform(.file(.synchronize(handle))), moves: 0, "synchronizing")
                try c.expect(c.perform(.file(.synchronizeData(handle))), moves: 0, "synchronizing the data")
            }
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents")
        },
        ConformanceCase("file.sync-beside-writes", proves: "file.sync", "completion.independent", requires: .files) { c in
            let file = try c.file("f")
            let memory = c.buffer(4096, filledWith: 7)
            var ids: [OperationID] = []
            for index in 0..<16 {
                ids.append(try c.submit(.file(.write(file, from: memory.region, at: Int64(index) * 4096))))
                ids.append(try c.submit(.file(index % 2 == 0 ? .synchronize(file) : .synchronizeData(file))))
            }
            for (index, completion) in try c.complete(ids).enumerated() {
                try c.expect(completion, moves: index % 2 == 0 ? 4096 : 0, "a write or synchronizing beside others")
            }
        },
        ConformanceCase("file.sync-wrong-kind", proves: "file.sync", "handle.wrong-kind", requires: .files) { c in
            for (name, kind, handle) in try c.handlesOfEveryKind() where kind != .file && kind != .directory {
                try c.expect(c.perform(.file(.synchronize(handle))), failsWith: .wrongKind, "synchronizing \(name)")
                try c.expect(c.perform(.file(.synchronizeData(handle))), failsWith: .wrongKind, "synchronizing the data of \(name)")
            }
        },
    ]
}
