// Barriers: operations that wait for everything before them, and hold back everything after.

import IOSpec

enum BarrierCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("barrier.waits", proves: "barrier.waits", requires: [.localStreams, .pipes]) { c in
            let pair = try c.streamPair()
            let pipe = try c.pipe()
            let before = [
                try c.submit(.stream(.receive(pair.first, into: c.buffer(4).region))),
                try c.submit(.stream(.receive(pipe.first, into: c.buffer(4).region))),
                try c.submit(.time(.timer(c.after(milliseconds: 10)))),
            ]
            let barrier = try c.submit(.control(.nop), isBarrier: true)
            try c.expectPending(barrier, milliseconds: 40)
            c.cancel(before[0])
            try c.expectPending(barrier)
            c.cancel(before[1])
            try c.expect(c.complete(barrier), moves: 0, "the barrier")
            try c.expectEqual(c.completionOrder.last, barrier, "the last operation to complete")
        },
        ConformanceCase("barrier.waits-timer", proves: "barrier.waits", "barrier.not-overtaken") { c in
            let instant = c.after(milliseconds: 30)
            let timer = try c.submit(.time(.timer(instant)))
            let barrier = try c.submit(.control(.nop), isBarrier: true)
            let after = try (0..<3).map { _ in try c.submit(.control(.nop)) }
            try c.expectPending(barrier, after[0], after[2], before: instant)
            for completion in try c.complete([timer, barrier] + after) { try c.expect(completion, moves: 0) }
            try c.expect(c.now >= instant, "the barrier waited for the timer before it")
            try c.expectEqual(Array(c.completionOrder.prefix(2)), [timer, barrier], "the order of the completions")
        },
        ConformanceCase("barrier.alone", proves: "barrier.waits", title: "A barrier with nothing before it starts at once") { c in
            for _ in 0..<5 { try c.expect(c.complete(c.submit(.control(.nop), isBarrier: true)), moves: 0, "a barrier alone") }
        },
        ConformanceCase(
            "barrier.not-overtaken", proves: "barrier.not-overtaken", title: "What is behind a barrier has no effect before it",
            requires: [.files, .localStreams], body: notOvertaken),
        ConformanceCase(
            "barrier.running", proves: "barrier.not-overtaken", title: "A barrier that runs holds back what comes after it",
            requires: .localStreams
        ) { c in
            let pair = try c.streamPair()
            let deadline = c.after(milliseconds: 60)
            let barrier = try c.submit(
                .stream(.receive(pair.first, into: c.buffer(4).region)), deadline: deadline, isBarrier: true)
            let after = try c.submit(.control(.nop))
            try c.expectPending(barrier, after, before: deadline)
            try c.expect(c.complete(barrier), failsWith: .timedOut, "the barrier")
            try c.expect(c.complete(after), moves: 0, "what was held back")
        },
        ConformanceCase("barrier.several", proves: "barrier.waits", "barrier.not-overtaken", body: several),
        ConformanceCase(
            "barrier.row", proves: "barrier.waits", "barrier.not-overtaken", title: "A hundred barriers in a row keep their order"
        ) { c in
            let ids = try (0..<100).map { _ in try c.submit(.control(.nop), isBarrier: true) }
            for completion in try c.complete(ids) { try c.expect(completion, moves: 0, "a barrier") }
            try c.expectEqual(c.completionOrder, ids, "the order of the completions")
        },
        ConformanceCase(
            "barrier.writes", proves: "barrier.waits", "file.full-transfer", title: "A read behind a barrier sees every write before it",
            requires: .files, timeLimit: 20
        ) { c in
            let file = try c.file("f")
            let memory = c.pattern(64 * 4096, seed: 1)
            let writes = try (0..<64).map { try c.submit(.file(.write(file, from: memory.region($0 * 4096, 4096), at: Int64($0) * 4096))) }
            let sync = try c.submit(.file(.synchronizeData(file)), isBarrier: true)
            let seen = c.buffer(memory.count)
            let read = try c.submit(.file(.read(file, into: seen.region, at: 0)))
            for completion in try c.complete(writes) { try c.expect(completion, moves: 4096, "a write") }
            try c.expect(c.complete(sync), moves: 0, "the barrier")
            try c.expect(c.complete(read), moves: memory.count, "the read")
            try c.expectPattern(seen, memory.count, seed: 1)
        },
        ConformanceCase("barrier.fails", proves: "barrier.failure", "barrier.waits") { c in
            let timer = try c.submit(.time(.timer(c.after(milliseconds: 20))))
            let barrier = try c.submit(.control(.close(.invalid)), isBarrier: true)
            let after = try c.submit(.control(.nop))
            try c.expect(c.complete(barrier), failsWith: .badHandle, "a barrier on no handle")
            try c.expect(c.complete(after), moves: 0, "what was behind it")
            try c.expect(c.complete(timer), moves: 0, "what was before it")
        },
        ConformanceCase("barrier.cancelled-waiting", proves: "barrier.failure", "cancel.before-start", requires: .localStreams) { c in
            let pair = try c.streamPair()
            let receive = try c.submit(.stream(.receive(pair.first, into: c.buffer(4).region)))
            let barrier = try c.submit(.stream(.send(pair.first, from: c.buffer([1]).region)), isBarrier: true)
            let after = try c.submit(.stream(.receive(pair.second, into: c.buffer(4).region)))
            let nop = try c.submit(.control(.nop))
            try c.expectPending(barrier, nop)
            c.cancel(barrier)
            try c.expect(c.complete(barrier), failsWith: .cancelled, "the barrier")
            try c.expect(c.complete(nop), moves: 0, "what was behind it")
            try c.expectPending(receive, after)
        },
        ConformanceCase("barrier.cancelled-running", proves: "barrier.failure", "cancel.prompt", requires: .localStreams) { c in
            let pair = try c.streamPair()
            let barrier = try c.submit(.stream(.receive(pair.first, into: c.buffer(4).region)), isBarrier: true)
            let after = try c.submit(.control(.nop))
            try c.expectPending(barrier, after)
            c.cancel(barrier)
            try c.expect(c.complete(barrier), failsWith: .cancelled, "the barrier")
            try c.expect(c.complete(after), moves: 0, "what was behind it")
        },
        ConformanceCase(
            "barrier.deadline", proves: "barrier.failure", "time.deadline", title: "A barrier whose deadline comes while it waits",
            requires: .localStreams
        ) { c in
            let pair = try c.streamPair()
            let receive = try c.submit(.stream(.receive(pair.first, into: c.buffer(4).region)))
            let barrier = try c.submit(.control(.nop), deadline: c.after(milliseconds: 20), isBarrier: true)
            let after = try c.submit(.control(.nop))
            try c.expect(c.complete(barrier), failsWith: .timedOut, "the barrier")
            try c.expect(c.complete(after), moves: 0, "what was behind it")
            try c.expectPending(receive)
        },
        ConformanceCase(
            "barrier.behind", proves: "barrier.not-overtaken", "cancel.before-start", "time.deadline",
            title: "What waits behind a barrier can be cancelled and can time out", body: behind),
        ConformanceCase("barrier.heads-chain", proves: "barrier.waits", "chain.order", requires: .files) { c in
            let file = try c.file("f")
            let instant = c.after(milliseconds: 30)
            let timer = try c.submit(.time(.timer(instant)))
            let chain = try c.submit(chain: [
                Submission(.file(.write(file, from: c.buffer([1, 2]).region, at: 0)), isBarrier: true),
                Submission(.file(.truncate(file, to: 1))),
            ])
            let after = try c.submit(.file(.status(file, into: c.buffer(MemoryLayout<FileStatus>.size).region)))
            try c.expectPending(chain[0], chain[1], after, before: instant)
            try c.expect(c.complete(chain[0]), moves: 2, "the barrier")
            try c.expect(c.complete(chain[1]), moves: 0, "the member behind it")
            try c.expect(
                c.completionOrder.firstIndex(of: timer) ?? .max < c.completionOrder.firstIndex(of: chain[0]) ?? -1, "the timer came first")
            try c.expect(c.complete(after).error == nil, "what is behind the barrier goes on")
            try c.expectEqual(c.contents(of: file), [1], "the file")
        },
    ]

    private static func notOvertaken(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        let file = try c.file("f", contents: [1, 2, 3])
        let watching = c.buffer(8)
        let arrival = try c.submit(.stream(.receive(pair.second, into: watching.region)))
        let timer = try c.submit(.time(.timer(c.after(milliseconds: 600_000))))
        let barrier = try c.submit(.control(.nop), isBarrier: true)
        let after = [
            try c.submit(.stream(.send(pair.first, from: c.buffer([5]).region))),
            try c.submit(.file(.truncate(file, to: 0))),
        ]
        try c.expectPending(arrival, barrier, after[0], after[1], milliseconds: 40)
        c.cancel(timer)
        try c.expectPending(arrival, barrier, after[0], after[1])
        c.cancel(arrival)
        _ = try c.complete([barrier] + after)
        let place = c.completionOrder.firstIndex(of: barrier) ?? -1
        for id in after {
            try c.expect(c.completionOrder.firstIndex(of: id) ?? -1 > place, "what was submitted after the barrier completes after it")
        }
        try c.expectEqual(c.contents(of: file), [], "the file")
    }

    private static func several(_ c: CaseContext) throws {
        let ids = [
            try c.submit(.time(.timer(c.after(milliseconds: 30)))),
            try c.submit(.control(.nop), isBarrier: true),
            try c.submit(.time(.timer(c.after(milliseconds: 50)))),
            try c.submit(.time(.timer(c.after(milliseconds: 40))), isBarrier: true),
            try c.submit(.control(.nop), isBarrier: true),
            try c.submit(.control(.nop)),
        ]
        for completion in try c.complete(ids) { try c.expect(completion, moves: 0) }
        try c.expectEqual(c.completionOrder, ids, "the order of the completions")
    }

    private static func behind(_ c: CaseContext) throws {
        let timer = try c.submit(.time(.timer(c.after(milliseconds: 600_000))))
        let barrier = try c.submit(.control(.nop), isBarrier: true)
        let cancelled = try c.submit(.control(.nop))
        let late = try c.submit(.control(.nop), deadline: c.after(milliseconds: 10))
        let patient = try c.submit(.control(.nop), deadline: c.after(milliseconds: 600_000))
        try c.expect(c.complete(late), failsWith: .timedOut, "what has a deadline behind a barrier")
        c.cancel(cancelled)
        try c.expect(c.complete(cancelled), failsWith: .cancelled, "what was cancelled behind a barrier")
        try c.expectPending(timer, barrier, patient)
        c.cancel(timer)
        try c.expect(c.complete(patient), moves: 0, "what waited behind the barrier")
        try c.expect(c.complete(barrier), moves: 0, "the barrier")
    }
}
