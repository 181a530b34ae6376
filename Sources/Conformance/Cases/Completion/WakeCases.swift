// Ending a wait from another thread.

import IOSpec
import Synchronization

enum WakeCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("wake.ends-wait", proves: "wake.not-lost", "wake.empty", title: "A wake from another thread ends a long wait") {
            c in
            let waker = c.waker
            for _ in 0..<20 {
                let thread = try BackgroundThread { waker.wake() }
                try expectWoken(c)
                thread.join()
            }
        },
        ConformanceCase("wake.before-wait", proves: "wake.not-lost", "wake.empty", title: "A wake before the wait ends it") { c in
            for count in [1, 1, 2, 100] {
                for _ in 0..<count { c.waker.wake() }
                try expectWoken(c)
            }
        },
        ConformanceCase("wake.several-count-once", proves: "wake.empty", title: "What was woken waits again") { c in
            for _ in 0..<50 { c.waker.wake() }
            try expectWoken(c)
            let start = c.now
            while c.now < start.advanced(byNanoseconds: 30_000_000) {
                try c.expectEqual(c.reap(until: start.advanced(byNanoseconds: 30_000_000)), [], "the completions of a wait for nothing")
            }
        },
        ConformanceCase(
            "wake.disturbs-nothing", proves: "wake.empty", requires: [.localStreams, .pipes, .files], timeLimit: 20, body: disturbsNothing),
        ConformanceCase(
            "wake.with-completions", proves: "wake.not-lost", "completion.exactly-one", title: "A wake beside completions loses neither",
            kind: .stochastic(iterations: 300), requires: .localStreams, timeLimit: 20
        ) { c in
            let pair = try c.streamPair()
            let memory = c.buffer(1)
            for round in 0..<c.iterations {
                let receive = try c.submit(.stream(.receive(pair.first, into: memory.region)))
                if round % 2 == 0 { c.waker.wake() }
                let send = try c.submit(.stream(.send(pair.second, from: c.buffer([1]).region)))
                if round % 2 == 1 { c.waker.wake() }
                for completion in try c.complete([receive, send]) { try c.expect(completion, moves: 1, "a transfer beside a wake") }
            }
        },
        ConformanceCase(
            "wake.ping-pong", proves: "wake.not-lost", title: "Wakes at every moment around the beginning of a wait",
            kind: .stochastic(iterations: 10_000), timeLimit: 60, body: pingPong),
        ConformanceCase("wake.many-threads", proves: "wake.not-lost", kind: .stochastic(iterations: 500), timeLimit: 30, body: manyThreads),
        ConformanceCase(
            "wake.after-the-end", proves: "wake.not-lost", "shutdown.many", title: "A wake after its backend is gone reaches nobody",
            requires: .localStreams
        ) { c in
            let waker = c.waker
            c.dropBackend()
            try c.withAnotherBackend { other in
                let pairs = try (0..<20).map { _ in try other.streamPair() }
                let memory = other.buffer(40)
                for (index, pair) in pairs.enumerated() {
                    try other.submit(.stream(.receive(pair.first, into: memory.region(index, 1))))
                    try other.submit(.stream(.receive(pair.second, into: memory.region(20 + index, 1))))
                }
                for _ in 0..<100 { waker.wake() }
                try other.expectEqual(other.reap(until: other.after(milliseconds: 30)), [], "the completions of a backend that nobody woke")
                try other.expectEqual(other.inFlight, 40, "the operations in flight")
            }
        },
    ]

    /// Waits far longer than the case may last, and returns without a completion.
    private static func expectWoken(_ c: CaseContext) throws {
        let deadline = c.after(milliseconds: 8_000)
        try c.expectEqual(c.reap(until: deadline), [], "the completions of a wait that was woken")
        try c.expect(c.now < deadline, "a wake ends the wait", clause: "wake.not-lost")
    }

    private static func disturbsNothing(_ c: CaseContext) throws {
        let ends = try [StreamKind.pair, .pipe, .local].map { try c.ends($0) }
        let memory = c.buffer(3)
        let receives = try ends.enumerated().map { try c.submit(.stream(.receive($1.receiver, into: memory.region($0, 1)))) }
        let timer = try c.submit(.time(.timer(c.after(milliseconds: 600_000))))
        for _ in 0..<200 {
            c.waker.wake()
            try expectWoken(c)
        }
        try c.expectPending(receives[0], receives[1], receives[2], timer)
        for end in ends { try c.send([1], to: end.sender) }
        for completion in try c.complete(receives) { try c.expect(completion, moves: 1, "a receive over two hundred wakes") }
    }

    /// Counts that two threads share.
    private final class Counts: Sendable {
        let woken = Atomic(0)
        let seen = Atomic(0)
        let isOver = Atomic(false)
    }

    private static func pingPong(_ c: CaseContext) throws {
        let counts = Counts()
        let waker = c.waker
        let rounds = c.iterations
        let seed = c.random.next()
        let thread = try BackgroundThread {
            var random = SplitMix64(seed: seed)
            for round in 1...rounds {
                while counts.seen.load(ordering: .acquiring) < round - 1 {
                    if counts.isOver.load(ordering: .relaxed) { return }
                }
                for _ in 0..<Int.random(in: 0...200, using: &random) { _ = counts.seen.load(ordering: .relaxed) }
                counts.woken.store(round, ordering: .releasing)
                waker.wake()
            }
        }
        defer {
            counts.isOver.store(true, ordering: .relaxed)
            thread.join()
        }
        for round in 1...rounds {
            c.spin(upTo: 60)
            let deadline = c.after(milliseconds: 10_000)
            while counts.woken.load(ordering: .acquiring) < round {
                try c.reap(until: deadline)
                try c.expect(c.now < deadline, "wake \(round) ends the wait", clause: "wake.not-lost")
            }
            counts.seen.store(round, ordering: .releasing)
        }
    }

    private static func manyThreads(_ c: CaseContext) throws {
        let counts = Counts()
        let waker = c.waker
        let rounds = c.iterations
        let threads = try (0..<4).map { _ in
            try BackgroundThread {
                for _ in 0..<rounds {
                    counts.woken.wrappingAdd(1, ordering: .releasing)
                    waker.wake()
                }
            }
        }
        let deadline = c.after(milliseconds: 20_000)
        while counts.woken.load(ordering: .acquiring) < 4 * rounds {
            try c.reap(until: deadline)
            try c.expect(c.now < deadline, "the wakes of four threads end the waits of one", clause: "wake.not-lost")
        }
        threads.forEach { $0.join() }
        c.waker.wake()
        try expectWoken(c)
    }
}
