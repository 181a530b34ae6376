// Deadlines of what waits.

import IOSpec

enum DeadlineCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("time.deadline.receive.pipe", proves: "time.deadline", requires: .pipes) { c in
            let pipe = try c.pipe()
            try receiveTimesOut(c, from: pipe.first, to: pipe.second)
        },
        ConformanceCase("time.deadline.receive.pair", proves: "time.deadline", requires: .localStreams) { c in
            let pair = try c.streamPair()
            try receiveTimesOut(c, from: pair.first, to: pair.second)
        },
        ConformanceCase("time.deadline.receive.internet", proves: "time.deadline", requires: .internetStreams) { c in
            let pair = try c.connectedPair()
            try receiveTimesOut(c, from: pair.client, to: pair.server)
        },
        ConformanceCase("time.deadline.receive.local", proves: "time.deadline", requires: .localStreams) { c in
            let pair = try c.connectedPair(over: .local)
            try receiveTimesOut(c, from: pair.client, to: pair.server)
        },
        ConformanceCase("time.deadline.accept", proves: "time.deadline", requires: .internetStreams) { c in
            let listener = try c.listener()
            let deadline = c.after(milliseconds: 15)
            try c.fails(.stream(.accept(listener.handle)), with: .timedOut, deadline: deadline)
            try c.expect(c.now >= deadline, "the deadline has come")
            let pair = try c.connect(to: listener.address, acceptedBy: listener.handle)
            try c.send([1], to: pair.client)
            try c.expectEqual(c.receive(4, from: pair.server), [1], "what arrives over the next connection")
        },
        ConformanceCase("time.deadline.past", proves: "time.deadline", requires: .pipes) { c in
            let pipe = try c.pipe()
            let memory = c.buffer(8)
            for deadline in [c.now, c.after(milliseconds: -1000), Instant(nanoseconds: 0), .distantPast] {
                try c.fails(.stream(.receive(pipe.first, into: memory.region)), with: .timedOut, deadline: deadline)
            }
            try c.expectUntouched(memory)
        },
        ConformanceCase("time.deadline.timer", proves: "time.deadline") { c in
            let deadline = c.after(milliseconds: 10)
            try c.fails(.time(.timer(c.after(milliseconds: 60_000))), with: .timedOut, deadline: deadline)
            try c.expect(c.now >= deadline, "the deadline has come")
            try c.fails(.time(.timer(.never)), with: .timedOut, deadline: c.after(milliseconds: 2))
            try c.expectEqual(
                c.succeed(.time(.timer(c.after(milliseconds: 2))), deadline: c.after(milliseconds: 60_000)), 0, "a timer in time")
        },
        ConformanceCase("time.deadline.queued", proves: "time.deadline", "stream.order", requires: .localStreams) { c in
            let pair = try c.streamPair()
            let memory = c.buffer(12)
            let first = try c.submit(.stream(.receive(pair.first, into: memory.region(0, 4))))
            let second = try c.submit(.stream(.receive(pair.first, into: memory.region(4, 4))), deadline: c.after(milliseconds: 15))
            let third = try c.submit(.stream(.receive(pair.first, into: memory.region(8, 4))))
            try c.expect(c.complete(second), failsWith: .timedOut, "a receive behind one that waits")
            try c.expect(!c.isComplete(first) && !c.isComplete(third), "the receives beside it wait on")
            try c.send([1, 2, 3, 4, 5, 6, 7, 8], to: pair.second)
            try c.expect(c.complete(first), moves: 4, "the receive before it")
            try c.expect(c.complete(third), moves: 4, "the receive after it")
            try c.expectEqual(memory.bytes, [1, 2, 3, 4, 0xA5, 0xA5, 0xA5, 0xA5, 5, 6, 7, 8], "what was received")
        },
        ConformanceCase("time.deadline.first-of-queue", proves: "time.deadline", "stream.order", requires: .pipes) { c in
            let pipe = try c.pipe()
            let memory = c.buffer(8)
            let first = try c.submit(.stream(.receive(pipe.first, into: memory.region(0, 4))), deadline: c.after(milliseconds: 15))
            let second = try c.submit(.stream(.receive(pipe.first, into: memory.region(4, 4))))
            try c.expect(c.complete(first), failsWith: .timedOut, "a receive before one that waits")
            try c.send([5, 6, 7, 8], to: pipe.second)
            try c.expect(c.complete(second), moves: 4, "the receive after it")
            try c.expectEqual(memory.bytes, [0xA5, 0xA5, 0xA5, 0xA5, 5, 6, 7, 8], "what was received")
        },
        ConformanceCase("time.deadline.behind-barrier", proves: "time.deadline", "barrier.not-overtaken", requires: .pipes) { c in
            let pipe = try c.pipe()
            let memory = c.buffer(4)
            let before = try c.submit(.stream(.receive(pipe.first, into: memory.region)))
            let barrier = try c.submit(.control(.nop), isBarrier: true)
            let behind = try c.submit(.control(.nop), deadline: c.after(milliseconds: 15))
            try c.expect(c.complete(behind), failsWith: .timedOut, "an operation that a barrier holds back")
            try c.expect(!c.isComplete(before) && !c.isComplete(barrier), "what is before it waits on")
            c.cancel(before)
            try c.expect(c.complete(barrier), moves: 0, "the barrier, once what is before it is over")
        },
        ConformanceCase("time.deadline.barrier", proves: "time.deadline", "barrier.failure", requires: .pipes) { c in
            let pipe = try c.pipe()
            let memory = c.buffer(4)
            let before = try c.submit(.stream(.receive(pipe.first, into: memory.region)))
            let barrier = try c.submit(.control(.nop), deadline: c.after(milliseconds: 15), isBarrier: true)
            let behind = try c.submit(.control(.nop))
            try c.expect(c.complete(barrier), failsWith: .timedOut, "a barrier that waits past its deadline")
            try c.expect(c.complete(behind), moves: 0, "what the barrier held back")
            try c.expect(!c.isComplete(before), "what is before the barrier waits on")
        },
        ConformanceCase("time.deadline.far", proves: "time.deadline", "time.far-future", requires: .pipes) { c in
            let pipe = try c.pipe()
            let memory = c.buffer(4)
            for deadline in [
                c.after(milliseconds: 25 * 86_400_000), c.after(milliseconds: 1 << 32), Instant(nanoseconds: .max - 1), .never,
            ] {
                let id = try c.submit(.stream(.receive(pipe.first, into: memory.region)), deadline: deadline)
                try c.expectPending(id, milliseconds: 5)
                try c.send([1], to: pipe.second)
                try c.expect(c.complete(id), moves: 1, "a receive whose deadline is far")
            }
        },
        ConformanceCase(
            "time.deadline.many", proves: "time.deadline",
            title: "Many operations, the last one due first, time out, and none before its deadline",
            requires: .localStreams
        ) { c in
            let memory = c.buffer(40)
            let start = c.after(milliseconds: 20)
            let deadlines = (0..<40).map { start.advanced(byNanoseconds: Int64(40 - $0) * 200_000) }
            let ids = try deadlines.enumerated().map { index, deadline in
                try c.submit(.stream(.receive(c.streamPair().first, into: memory.region(index, 1))), deadline: deadline)
            }
            // The first that is due is looked at first: one that ended too early is seen before its deadline.
            for (id, deadline) in zip(ids, deadlines).reversed() {
                try c.expect(c.complete(id), failsWith: .timedOut, "a receive with a deadline")
                try c.expect(c.now >= deadline, "no receive times out before its deadline")
            }
            try c.expectUntouched(memory)
        },
    ]

    private static func receiveTimesOut(_ c: CaseContext, from receiver: Handle, to sender: Handle) throws {
        let memory = c.buffer(16)
        let deadline = c.after(milliseconds: 15)
        try c.fails(.stream(.receive(receiver, into: memory.region)), with: .timedOut, deadline: deadline)
        try c.expect(c.now >= deadline, "the deadline has come")
        try c.send([1, 2, 3], to: sender)
        try c.expectEqual(c.receive(16, from: receiver), [1, 2, 3], "what the next receive finds")
        try c.expectUntouched(memory)
    }
}
