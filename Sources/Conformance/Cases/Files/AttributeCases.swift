// Permissions, times and advice.

import IOSpec

enum AttributeCases {
    static let all: [ConformanceCase] = permissions + times + advice

    private static let permissions: [ConformanceCase] = [
        ConformanceCase("file.set-permissions.exact", proves: "file.set-permissions", requires: .files) { c in
            _ = try c.file("f")
            let handles = [
                ("a file", try c.open("f", .reading)), ("a file for writing", try c.open("f", .writing)), ("a directory", try c.directory),
            ]
            for (name, handle) in handles {
                for permissions: UInt16 in [0, 0o777, 0o4751, 0o1700, 0o600, 0o755] {
                    try c.expect(c.perform(.file(.setPermissions(handle, permissions))), moves: 0, "setting the permissions of \(name)")
                    try c.expectEqual(
                        c.status(of: handle).permissions, permissions, "the permissions of \(name)", clause: "file.set-permissions")
                }
            }
        },
        ConformanceCase("file.set-permissions.impossible", proves: "file.set-permissions", requires: .files) { c in
            let file = try c.open("f", [.writing, .creating], permissions: 0o640)
            for permissions: UInt16 in [0o10_000, .max] { try c.fails(.file(.setPermissions(file, permissions)), with: .invalidArgument) }
            try c.expectEqual(c.status(of: file).permissions, 0o640, "the permissions")
        },
        ConformanceCase("file.set-permissions.every-kind", proves: "handle.wrong-kind", "file.set-permissions", requires: .files) { c in
            for (name, kind, handle) in try c.handlesOfEveryKind() where kind != .file && kind != .directory {
                try c.expect(c.perform(.file(.setPermissions(handle, 0o600))), failsWith: .wrongKind, "the permissions of \(name)")
                try c.expect(
                    c.perform(.file(.setTimes(handle, access: .now, modification: .now))), failsWith: .wrongKind, "the times of \(name)")
            }
        },
        ConformanceCase(
            "file.set-permissions.not-owner", proves: "file.set-permissions", "file.set-times", requires: .files,
            isolation: .childProcess
        ) { c in
            guard c.surroundings.actsForSuperuser else { try c.skip(.privilege, "only the superuser can become somebody else") }
            let file = try c.open("f", [.reading, .writing, .creating], permissions: 0o600)
            try c.surroundings.asOrdinaryUser {
                try c.fails(.file(.setPermissions(file, 0o777)), with: .permissionDenied)
                try c.fails(.file(.setTimes(file, access: .at(0), modification: .at(0))), with: .permissionDenied)
            }
            try c.expectEqual(c.status(of: file).permissions, 0o600, "the permissions")
        },
    ]

    private static let times: [ConformanceCase] = [
        ConformanceCase("file.set-times.each", proves: "file.set-times", requires: .files) { c in
            _ = try c.file("f")
            for (name, handle) in [("a file", try c.open("f", .reading)), ("a directory", try c.directory)] {
                try set(c, handle, .at(1_000_000_000_123_456_789), .at(1_500_000_000_987_654_321))
                try expectTimes(c, handle, 1_000_000_000_123_456_789, 1_500_000_000_987_654_321, "of \(name)")
                try set(c, handle, .unchanged, .at(1_600_000_000_000_000_000))
                try expectTimes(c, handle, 1_000_000_000_123_456_789, 1_600_000_000_000_000_000, "of \(name), one of them unchanged")
                try set(c, handle, .at(1_100_000_000_000_000_000), .unchanged)
                try expectTimes(c, handle, 1_100_000_000_000_000_000, 1_600_000_000_000_000_000, "of \(name), the other unchanged")
                try set(c, handle, .unchanged, .unchanged)
                try expectTimes(c, handle, 1_100_000_000_000_000_000, 1_600_000_000_000_000_000, "of \(name), both unchanged")
            }
        },
        ConformanceCase("file.set-times.early", proves: "file.set-times", requires: .files) { c in
            let file = try c.file("f")
            try set(c, file, .at(-1_500_000_000), .at(-1))
            let status = try c.status(of: file)
            if status.accessTime >= 0 { return c.informational("the file system keeps no times before 1970") }
            try expectTimes(c, file, -1_500_000_000, -1, "before 1970")
            try set(c, file, .at(0), .at(999_999_999))
            try expectTimes(c, file, 0, 999_999_999, "of the first second of 1970")
        },
        ConformanceCase("file.set-times.now", proves: "file.set-times", requires: .files) { c in
            let file = try c.file("f")
            let made = try c.status(of: file).modificationTime
            try set(c, file, .at(0), .at(0))
            try set(c, file, .now, .unchanged)
            let first = try c.status(of: file)
            try c.expect(first.accessTime >= made, "the time of reading is the present", clause: "file.set-times")
            try c.expectEqual(first.modificationTime, 0, "the other time", clause: "file.set-times")
            try set(c, file, .unchanged, .now)
            try c.expect(
                try c.status(of: file).modificationTime >= made, "the time of modification is the present", clause: "file.set-times")
        },
        ConformanceCase("file.status-times.as-the-system", proves: "file.status", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            try set(c, file, .at(1_000_000_000_123_456_789), .at(1_500_000_000_987_654_321))
            let status = try c.status(of: file)
            let native = try c.surroundings.times(at: c.nativePath("f"))
            try c.expectEqual(status.accessTime, native.access, "the time of reading")
            try c.expectEqual(status.modificationTime, native.modification, "the time of modification")
            try c.expectEqual(status.statusChangeTime, native.change, "the time of the change of status")
            try c.expectEqual(status.birthTime, native.birth, "the time of the birth")
            if native.birth == 0 { c.informational("the file system keeps no times of birth") }
        },
        ConformanceCase(
            "file.status-times.change", proves: "file.status", title: "A change of status moves its time on, and never that of the birth",
            requires: .files
        ) { c in
            let file = try c.file("f", contents: [1])
            var last = try c.status(of: file)
            let birth = last.birthTime
            for permissions: UInt16 in [0o600, 0o640, 0o644] {
                try c.succeed(.file(.setPermissions(file, permissions)))
                let next = try c.status(of: file)
                try c.expect(next.statusChangeTime >= last.statusChangeTime, "the time of a change of status never goes back")
                try c.expectEqual(
                    [next.birthTime, next.modificationTime], [birth, last.modificationTime], "the times that a change of status leaves")
                last = next
            }
            try set(c, file, .at(0), .at(0))
            try c.expect(try c.status(of: file).statusChangeTime >= last.statusChangeTime, "the time of a change of status cannot be set")
        },
    ]

    private static let advice: [ConformanceCase] = [
        ConformanceCase("file.advise.changes-nothing", proves: "file.advise", requires: .files) { c in
            let contents = Pattern.bytes(100_000, seed: 1)
            _ = try c.file("f", contents: contents)
            for options: OpenOptions in [.reading, [.reading, .writing]] {
                let file = try c.open("f", options)
                for advice in Advice.allCases {
                    for (offset, count) in [(0, 0), (0, 100_000), (5000, 1), (50_000, 1 << 30), (1 << 40, 0)] as [(Int64, Int64)] {
                        let completion = try c.perform(.file(.advise(file, at: offset, count: count, advice)))
                        try c.expect(completion, moves: 0, "advice \(advice) for \(count) bytes at \(offset)")
                    }
                    try c.expectEqual(c.contents(of: file), contents, "the contents after \(advice)", clause: "file.advise")
                }
            }
        },
        ConformanceCase("file.advise.long-range", proves: "file.advise", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            for count in [1 << 32, 1 << 32 + 1, .max] as [Int64] {
                for advice in Advice.allCases {
                    try c.expect(
                        c.perform(.file(.advise(file, at: 0, count: count, advice))), moves: 0, "advice \(advice) for \(count) bytes")
                }
            }
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents", clause: "file.advise")
        },
        ConformanceCase("file.advise.refused", proves: "file.advise", "handle.wrong-kind", requires: .files) { c in
            let file = try c.file("f", contents: [1])
            for (offset, count) in [(-1, 1), (0, -1), (.max, 1), (.min, .min)] as [(Int64, Int64)] {
                try c.fails(.file(.advise(file, at: offset, count: count, .normal)), with: .invalidArgument)
            }
            for (name, kind, handle) in try c.handlesOfEveryKind() where kind != .file {
                let cause: IOError.Cause = kind == .directory ? .isDirectory : .notSeekable
                try c.expect(c.perform(.file(.advise(handle, at: 0, count: 1, .normal))), failsWith: cause, "advice for \(name)")
            }
        },
        ConformanceCase(
            "file.advise.cold", proves: "file.advise", "file.full-transfer", title: "What is not in memory any more is read all the same",
            requires: .files
        ) { c in
            let contents = Pattern.bytes(1 << 20, seed: 2)
            let file = try c.file("f", contents: contents)
            try c.succeed(.file(.synchronize(file)))
            for _ in 0..<3 {
                try c.succeed(.file(.advise(file, at: 0, count: 0, .willNotNeed)))
                try c.expectEqual(c.contents(of: file), contents, "the contents, read from storage")
            }
        },
    ]

    private static func set(_ c: CaseContext, _ handle: Handle, _ access: FileTime, _ modification: FileTime) throws {
        try c.expect(c.perform(.file(.setTimes(handle, access: access, modification: modification))), moves: 0, "setting times")
    }

    /// A file system may keep times less exactly, but to two seconds.
    private static func expectTimes(_ c: CaseContext, _ handle: Handle, _ access: Int64, _ modification: Int64, _ what: String) throws {
        let status = try c.status(of: handle)
        for (name, seen, expected) in [
            ("reading", status.accessTime, access), ("modification", status.modificationTime, modification),
        ] {
            try c.expect(
                seen <= expected && seen > expected - 2_000_000_000, "the time of \(name) \(what) is \(expected) (it is \(seen))",
                clause: "file.set-times")
        }
    }
}
