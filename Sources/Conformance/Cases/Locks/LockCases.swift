// Locks on files: whom they keep out, and when they are gone.

import IOSpec

enum LockCases {
    static let all: [ConformanceCase] = excluding + releasing + modes

    private static let needs: Capabilities = [.files, .locks]

    private static let excluding: [ConformanceCase] = [
        ConformanceCase("lock.excludes.exclusive", proves: "lock.excludes", requires: needs) { c in
            let (first, second) = try twoHandles(c)
            try c.lock(first)
            for mode in LockMode.allCases {
                try c.expectLocked(second, "while another handle has it exclusively", mode: mode, clause: "lock.excludes")
            }
            try c.unlock(first)
            try c.expectFree(second, "once it was unlocked", clause: "lock.excludes")
        },
        ConformanceCase("lock.excludes.shared", proves: "lock.excludes", requires: needs) { c in
            let (first, second) = try twoHandles(c)
            try c.lock(first, .shared)
            try c.lock(second, .shared)
            let third = try c.open("f", .reading)
            try c.expectLocked(third, "while others have it shared", clause: "lock.excludes")
            try c.unlock(first)
            try c.expectLocked(third, "while one has it shared", clause: "lock.excludes")
            try c.unlock(second)
            try c.expectFree(third, "once nobody has it", clause: "lock.excludes")
        },
        ConformanceCase("lock.excludes.other-backend", proves: "lock.excludes", requires: [.files, .locks]) { c in
            let (first, _) = try twoHandles(c)
            let scratch = try c.scratchName
            try c.lock(first)
            try c.expect(!c.surroundings.canLock(c.nativePath("f")), "nobody else in the system can lock the file", clause: "lock.excludes")
            try c.withAnotherBackend { other in
                let directory = try other.acquire(.directory(name: scratch, unconfined: false))
                let file = try other.open("f", .reading, beneath: directory)
                try other.expectLocked(file, "while a handle of another backend has it", clause: "lock.excludes")
                try c.unlock(first)
                try other.expectFree(file, "once the other backend has unlocked it", clause: "lock.excludes")
            }
            try c.expect(
                c.surroundings.canLock(c.nativePath("f")), "the file can be locked once the other backend is gone", clause: "lock.released")
        },
        ConformanceCase("lock.excludes.names", proves: "lock.excludes", requires: needs) { c in
            let (first, _) = try twoHandles(c)
            try c.lock(first)
            try c.succeed(c.linking("f", to: "g"))
            try c.expectLocked(c.open("g", .reading), "by another name of the same file", clause: "lock.excludes")
            try c.expectFree(c.file("h"), "as another file", clause: "lock.excludes")
            try c.expectContents([1], of: "f")
        },
        ConformanceCase("lock.excludes.any-access", proves: "lock.excludes", requires: needs) { c in
            _ = try c.file("f")
            for options: OpenOptions in [.reading, .writing, .appending] {
                let file = try c.open("f", options)
                for mode in LockMode.allCases {
                    try c.lock(file, mode)
                    try c.unlock(file)
                }
                try c.close(file)
            }
        },
        ConformanceCase("lock.wrong-kind", proves: "handle.wrong-kind", "lock.excludes", requires: needs) { c in
            for (name, kind, handle) in try c.handlesOfEveryKind() where kind != .file {
                try c.expect(c.perform(.file(.lock(handle, .shared))), failsWith: .wrongKind, "locking \(name)")
                try c.expect(c.perform(.file(.unlock(handle))), failsWith: .wrongKind, "unlocking \(name)")
            }
        },
    ]

    private static let releasing: [ConformanceCase] = [
        ConformanceCase("lock.released.unlock", proves: "lock.released", requires: needs) { c in
            let (first, second) = try twoHandles(c)
            try c.unlock(first)
            try c.lock(first)
            try c.lock(first)
            try c.unlock(first)
            try c.expectFree(second, "once it was unlocked, however often it was locked", clause: "lock.released")
            try c.unlock(first)
            try c.expectLocked(first, "by a handle that unlocked what another holds", clause: "lock.excludes")
        },
        ConformanceCase(
            "lock.released.close", proves: "lock.released", "close.lets-go",
            title: "Once a close has completed the lock can be had, time and again",
            requires: needs
        ) { c in
            let (_, second) = try twoHandles(c)
            for turn in 0..<200 {
                let holder = try c.open("f", .reading)
                try c.lock(holder)
                try c.close(holder)
                try c.expectFree(second, "after close \(turn)", clause: "lock.released")
                try c.unlock(second)
            }
        },
        ConformanceCase("lock.released.removed", proves: "lock.released", requires: needs) { c in
            let (first, second) = try twoHandles(c)
            try c.lock(first)
            try c.succeed(c.unlinking("f"))
            try c.expectLocked(second, "while a handle of the removed file has it", clause: "lock.excludes")
            try c.close(first)
            try c.expectFree(second, "of the removed file", clause: "lock.released")
            try c.expectFree(c.file("f"), "as the file that took the name", clause: "lock.released")
        },
    ]

    private static let modes: [ConformanceCase] = [
        ConformanceCase("lock.mode.down", proves: "lock.mode", requires: needs) { c in
            let (first, second) = try twoHandles(c)
            try c.lock(first)
            let waiting = try c.submit(.file(.lock(second, .shared)))
            try c.expectPending(waiting)
            try c.lock(first, .shared)
            try c.expect(c.complete(waiting), moves: 0, "a shared lock, once the exclusive one became shared")
            let third = try c.open("f", .reading)
            try c.expectLocked(third, "while both have it shared", clause: "lock.mode")
        },
        ConformanceCase("lock.mode.up", proves: "lock.mode", requires: needs) { c in
            let (first, second) = try twoHandles(c)
            try c.lock(first, .shared)
            try c.lock(first)
            try c.expectLocked(second, "once the lock became exclusive", mode: .shared, clause: "lock.mode")
            try c.lock(first, .shared)
            try c.lock(second, .shared)
            let up = try c.submit(.file(.lock(first, .exclusive)))
            try c.expectPending(up)
            try c.unlock(second)
            try c.expect(c.complete(up), moves: 0, "an exclusive lock, once the other shared one is gone")
            try c.expectLocked(second, "once the lock became exclusive", mode: .shared, clause: "lock.mode")
        },
        ConformanceCase(
            "lock.mode.given-up", proves: "lock.mode", title: "A change of mode that is given up leaves the handle without a lock",
            requires: needs
        ) { c in
            let (first, second) = try twoHandles(c)
            try c.lock(first, .shared)
            try c.lock(second, .shared)
            try c.expectLocked(first, "while another has it shared", clause: "lock.mode")
            try c.lock(second)
            try c.expectLocked(first, "while another has it exclusively", mode: .shared, clause: "lock.mode")
        },
        ConformanceCase(
            "lock.mode.both-up", proves: "lock.mode", title: "Two handles that both want more do not wait for each other", requires: needs
        ) { c in
            let (first, second) = try twoHandles(c)
            try c.lock(first, .shared)
            try c.lock(second, .shared)
            let ups = try [c.submit(.file(.lock(first, .exclusive))), c.submit(.file(.lock(second, .exclusive)))]
            try c.reap(until: "one of two exclusive locks") { ups.contains { c.isComplete($0) } }
            let winner = c.isComplete(ups[0]) ? 0 : 1
            try c.expect(c.complete(ups[winner]), moves: 0, "the first of two exclusive locks")
            try c.expectPending(ups[1 - winner])
            try c.unlock([first, second][winner])
            try c.expect(c.complete(ups[1 - winner]), moves: 0, "the second of two exclusive locks")
        },
    ]

    static func twoHandles(_ c: CaseContext) throws -> (Handle, Handle) {
        try c.close(c.file("f", contents: [1]))
        return (try c.open("f", [.reading, .writing]), try c.open("f", .reading))
    }
}
