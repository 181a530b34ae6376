// Waiting for locks, and giving up.

import IOSpec

enum LockWaitingCases {
    static let all: [ConformanceCase] = waiting + ending

    private static let needs: Capabilities = [.files, .locks]

    private static let waiting: [ConformanceCase] = [
        ConformanceCase("lock.waits.unlock", proves: "lock.waits", requires: needs) { c in
            let (first, second) = try LockCases.twoHandles(c)
            try c.lock(first)
            let waiting = try c.submit(.file(.lock(second, .exclusive)))
            try c.expectPending(waiting, milliseconds: 30)
            try c.unlock(first)
            try c.expect(c.complete(waiting), moves: 0, "a lock that was waited for")
            try c.expectLocked(first, "once another has got it", clause: "lock.excludes")
        },
        ConformanceCase("lock.waits.close", proves: "lock.waits", "lock.released", requires: needs) { c in
            let (first, second) = try LockCases.twoHandles(c)
            try c.lock(first)
            let waiting = try c.submit(.file(.lock(second, .shared)))
            try c.expectPending(waiting)
            try c.close(first)
            try c.expect(c.complete(waiting), moves: 0, "a lock whose holder was closed")
        },
        ConformanceCase("lock.waits.other-thread", proves: "lock.waits", requires: [.files, .locks]) { c in
            let (first, second) = try LockCases.twoHandles(c)
            try c.lock(first)
            let waiting = try c.submit(.file(.lock(second, .exclusive)), deadline: c.after(milliseconds: 5000))
            try c.expectPending(waiting)
            let file = try c.file("g", contents: [1, 2, 3])
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents of a file beside a lock that waits")
            try c.unlock(first)
            try c.expect(c.complete(waiting), moves: 0, "a lock that was waited for")
        },
        ConformanceCase(
            "lock.waits.in-turn", proves: "lock.waits", "lock.excludes",
            title: "Of many that want a file exclusively each gets it, one at a time",
            requires: needs, timeLimit: 30
        ) { c in
            try c.close(c.file("f"))
            let handles = try (0..<40).map { _ in try c.open("f", .reading) }
            let ids = try handles.map { try c.submit(.file(.lock($0, .exclusive))) }
            var left = Set(ids.indices)
            while !left.isEmpty {
                try c.reap(until: "the next of many locks") { left.contains { c.isComplete(ids[$0]) } }
                let held = left.filter { c.isComplete(ids[$0]) }
                try c.expectEqual(held.count, 1, "the number of handles that hold the file exclusively", clause: "lock.excludes")
                for index in held {
                    try c.expect(c.complete(ids[index]), moves: 0, "one of many locks")
                    left.remove(index)
                    try c.unlock(handles[index])
                }
            }
        },
        ConformanceCase(
            "lock.waits.blocks-nobody", proves: "lock.waits", "completion.bounded-progress",
            title: "A hundred locks that wait hold up nothing else",
            requires: needs, timeLimit: 30
        ) { try waitingLocksDoNotBlock($0) },
        ConformanceCase(
            "lock.waits.order", proves: "lock.waits", title: "Locking and unlocking one handle keep their order", requires: needs
        ) { c in
            let (first, second) = try LockCases.twoHandles(c)
            try c.lock(first)
            let lock = try c.submit(.file(.lock(second, .exclusive)))
            let unlock = try c.submit(.file(.unlock(second)))
            try c.expectPending(lock, unlock)
            try c.unlock(first)
            for completion in try c.complete([lock, unlock]) { try c.expect(completion, moves: 0, "locking and unlocking in their order") }
            try c.expectFree(first, "after the unlock that was submitted last", clause: "lock.released")
        },
        ConformanceCase("lock.waits.chain", proves: "lock.waits", "chain.order", requires: needs) { c in
            let (first, second) = try LockCases.twoHandles(c)
            try c.lock(second)
            let ids = try c.submit(chain: [
                .file(.lock(first, .exclusive)), .file(.write(first, from: c.buffer([9]).region, at: 0)), .file(.unlock(first)),
            ])
            try c.expectPending(ids[0], ids[1], ids[2])
            try c.expectEqual(c.contents(of: second), [1], "the contents while another holds the lock")
            try c.unlock(second)
            for (completion, count) in zip(try c.complete(ids), [0, 1, 0]) {
                try c.expect(completion, moves: count, "a member of the chain")
            }
            try c.expectFree(second, "after a chain that unlocks", clause: "lock.released")
            try c.expectEqual(c.contents(of: second), [9], "the contents after the chain")
        },
    ]

    private static let ending: [ConformanceCase] = [
        ConformanceCase("lock.cancel.leaves-none", proves: "lock.cancel", "cancel.prompt", requires: needs) { c in
            let (first, second) = try LockCases.twoHandles(c)
            try c.lock(first)
            let waiting = try c.submit(.file(.lock(second, .exclusive)))
            try c.expectPending(waiting)
            c.cancel(waiting)
            try c.expect(c.complete(waiting), failsWith: .cancelled, "a lock that was cancelled")
            try c.unlock(first)
            try c.expectFree(c.open("f", .reading), "after a lock that was cancelled", clause: "lock.cancel")
        },
        ConformanceCase("lock.cancel.deadline", proves: "lock.cancel", "time.deadline", requires: needs) { c in
            let (first, second) = try LockCases.twoHandles(c)
            try c.lock(first)
            let deadline = c.after(milliseconds: 20)
            let completion = try c.perform(.file(.lock(second, .exclusive)), deadline: deadline)
            try c.expect(completion, failsWith: .timedOut, "a lock whose deadline came")
            try c.expect(c.now >= deadline, "the deadline has come")
            try c.unlock(first)
            try c.expectFree(c.open("f", .reading), "after a lock that timed out", clause: "lock.cancel")
        },
        ConformanceCase(
            "lock.waits.past-deadline", proves: "lock.waits", "time.result-wins",
            title: "With a deadline in the past a lock that is free is had",
            requires: needs
        ) { c in
            let (first, second) = try LockCases.twoHandles(c)
            for _ in 0..<20 {
                try c.expectFree(first, "with a deadline in the past", clause: "lock.waits")
                try c.expectLocked(second, "with a deadline in the past, while another has it", clause: "lock.waits")
                try c.unlock(first)
            }
        },
        ConformanceCase("lock.cancel.close", proves: "lock.cancel", "close.cancels", requires: needs) { c in
            let (first, second) = try LockCases.twoHandles(c)
            try c.lock(first)
            let waiting = try c.submit(.file(.lock(second, .exclusive)))
            try c.expectPending(waiting)
            let close = try c.submit(.control(.close(second)))
            try c.expect(c.complete(waiting), failsWith: .cancelled, "a lock whose handle is closed")
            try c.expect(c.complete(close), moves: 0, "the close")
            try c.unlock(first)
            try c.expectFree(c.open("f", .reading), "after the close of a handle that waited", clause: "lock.cancel")
        },
        ConformanceCase("lock.cancel.shut-down", proves: "shutdown.terminal", "lock.cancel", requires: needs) { c in
            let (first, second) = try LockCases.twoHandles(c)
            try c.lock(first)
            let waiting = try c.submit(.file(.lock(second, .exclusive)))
            try c.expectPending(waiting)
            c.shutDown()
            try c.expect(c.complete(waiting), failsWith: .cancelled, "a lock that waits while the backend shuts down")
        },
        ConformanceCase("lock.cancel.dropped", proves: "shutdown.releases", "lock.released", requires: [.files, .locks]) {
            c in
            let (first, second) = try LockCases.twoHandles(c)
            let path = try c.nativePath("f")
            try c.lock(first)
            _ = try c.submit(.file(.lock(second, .exclusive)))
            try c.turn()
            c.dropBackend()
            try c.expect(c.surroundings.canLock(path), "the file can be locked once the backend is gone", clause: "lock.released")
        },
        ConformanceCase(
            "lock.cancel.race", proves: "lock.cancel", "cancel.race", kind: .stochastic(iterations: 300), requires: needs, timeLimit: 40
        ) { try cancelMeetsUnlock($0) },
    ]

    /// A cancel races with the unlock that lets the lock be had: it is had, or nobody has it.
    private static func cancelMeetsUnlock(_ c: CaseContext) throws {
        let (first, second) = try LockCases.twoHandles(c)
        let observer = try c.open("f", .reading)
        for _ in 0..<c.iterations {
            try c.lock(first)
            let waiting = try c.submit(.file(.lock(second, .exclusive)))
            if c.random.next() % 2 == 0 { try c.turn() }
            let unlock = try c.submit(.file(.unlock(first)))
            c.spin(upTo: 20_000)
            c.cancel(waiting)
            let completion = try c.complete(waiting)
            try c.expect(c.complete(unlock), moves: 0, "the unlock of the holder")
            if completion.error == nil {
                try c.expectLocked(observer, "once a lock that was to be cancelled has been had", clause: "lock.excludes")
                try c.unlock(second)
            } else {
                try c.expect(completion, failsWith: .cancelled, "a lock that was cancelled")
                try c.expectFree(observer, "after a lock that was cancelled", clause: "lock.cancel")
                try c.unlock(observer)
            }
        }
    }

    /// While as many locks wait as there could be threads for anything, each operation that a worker does goes on.
    private static func waitingLocksDoNotBlock(_ c: CaseContext) throws {
        let holder = try c.file("locked")
        try c.lock(holder)
        let handles = try (0..<100).map { _ in try c.open("locked", .reading) }
        let ids = try handles.map { try c.submit(.file(.lock($0, .exclusive))) }
        try c.turn()
        let file = try c.file("f", contents: [1, 2, 3])
        try c.succeed(.file(.synchronize(file)))
        try c.succeed(.file(.setPermissions(file, 0o600)))
        try c.succeed(.file(.setTimes(file, access: .now, modification: .now)))
        try c.succeed(.file(.advise(file, at: 0, count: 0, .willNeed)))
        try c.succeed(c.makingDirectory("d"))
        try c.succeed(c.linkingSymbolically("d/l", to: "../f"))
        try c.expectEqual(c.target(of: "d/l"), Array("../f".utf8), "the target of a link, read beside locks that wait")
        try c.succeed(c.linking("f", to: "d/f"))
        try c.succeed(c.renaming("d/f", to: "d/g"))
        try c.expectEqual(c.status(at: "d/g").linkCount, 2, "the number of names, beside locks that wait")
        try c.expectNames(c.listAll(c.open("d", .directory)), ["l", "g"], "the names, beside locks that wait")
        try c.succeed(c.unlinking("d/g"))
        try c.succeed(c.unlinking("d/l"))
        try c.succeed(c.removingDirectory("d"))
        try c.expect(!ids.contains { c.isComplete($0) }, "the locks wait")
        ids.forEach(c.cancel)
        for completion in try c.complete(ids) { try c.expect(completion, failsWith: .cancelled, "a lock that waits") }
    }
}
