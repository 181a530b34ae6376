// Operations that wait long, while threads of the program begin and end around them.

import Dispatch
import IOSpec
import Synchronization

enum IdleCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "completion.idle", proves: "completion.idle", "time.never-early", "stream.conservation",
            title: "What waits for 12 seconds completes with its data, although the process's pool of threads comes and goes",
            requires: [.files, .namedPipes, .internetStreams, .localStreams, .pipes], isolation: .childProcess,
            timeLimit: 30,
            body: waitsLong
        ).idling(for: seconds).leavingThreadPool()
    ]

    /// More than twice as long as idle threads of the pool live.
    private static let seconds = 12.0

    /// What waits, and how its event is brought about.
    private struct Waiting {
        let name: String
        let operation: OperationID
        let happen: () throws -> Void
    }

    private static func waitsLong(_ c: CaseContext) throws {
        let start = c.now
        let end = start.advanced(byNanoseconds: Int64(seconds * 1e9))
        let memory = c.buffer(64)
        let early = try transfers(c, into: memory, at: 0) + accepts(c)
        let timer = try c.submit(.time(.timer(end)))

        let most = try exercisePool(c)
        // The second group is submitted when tasks of the pool have asked for it, whose threads end long before its events come.
        let late = try transfers(c, into: memory, at: 32)
        try waitForRetirement(c, from: most, until: start.advanced(byNanoseconds: Int64(seconds * 0.6e9)))
        let left = try Native.threads().count
        _ = try exercisePool(c)
        for waiting in early + late { try c.expectPending(waiting.operation, before: end) }

        try c.expect(c.complete(timer), moves: 0, "a timer of 12 seconds")
        for waiting in early + late {
            try waiting.happen()
            let completion = try c.complete(waiting.operation)
            if completion.error == nil { continue }
            throw CaseFailure("\(waiting.name) waited for 12 seconds, and \(c.describe(completion))", clause: "completion.idle")
        }
        try c.expectEqual(memory.bytes(0, 3) + memory.bytes(32, 3), [1, 2, 3, 1, 2, 3], "what was received", clause: "completion.idle")
        c.measured("\(most) threads at first, \(left) after the pool had rested")
    }

    /// A receive of one byte from each kind of stream.
    private static func transfers(_ c: CaseContext, into memory: CaseBuffer, at offset: Int) throws -> [Waiting] {
        try [StreamKind.pipe, .pair, .internet].enumerated().map { index, kind in
            let ends = try c.ends(kind)
            let receive = try c.submit(.stream(.receive(ends.receiver, into: memory.region(offset + index, 1))))
            return Waiting(name: "a receive (\(kind))", operation: receive) { try c.send([UInt8(index + 1)], to: ends.sender) }
        }
    }

    /// An accept, and the open of a named pipe.
    private static func accepts(_ c: CaseContext) throws -> [Waiting] {
        let listener = try c.listener()
        let accept = try c.submit(.stream(.accept(listener.handle)))
        try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
        let open = try c.submit(c.opening("p", .reading))
        return [
            Waiting(name: "an accept", operation: accept) {
                try c.succeed(.stream(.connect(c.stream(), to: c.address(listener.address))))
            },
            Waiting(name: "the open of a named pipe", operation: open) { _ = try c.open("p", .writing) },
        ]
    }

    /// Lets tasks of the language and blocks of the system's queues run on as many threads as they want; the number of threads meanwhile.
    private static func exercisePool(_ c: CaseContext) throws -> Int {
        let waker = c.waker
        let over = PoolCount()
        let jobs = 24
        for _ in 0..<jobs / 2 {
            Task.detached {
                Native.spin(nanoseconds: 1_000_000)
                over.add()
                waker.wake()
            }
            DispatchQueue.global().async {
                Native.spin(nanoseconds: 1_000_000)
                over.add()
                waker.wake()
            }
        }
        var most = 0
        try c.reap(until: "the end of the pool's work") {
            most = max(most, try Native.threads().count)
            return over.value == jobs
        }
        return most
    }

    /// Waits until the pool has given threads back, or the time is over.
    private static func waitForRetirement(_ c: CaseContext, from most: Int, until end: Instant) throws {
        while c.now < end, try Native.threads().count >= most { try c.reap(until: min(end, c.after(milliseconds: 100))) }
    }

    /// Counts what is over, from any thread.
    private final class PoolCount: Sendable {
        private let count = Atomic(0)

        var value: Int { count.load(ordering: .relaxed) }
        func add() { count.add(1, ordering: .relaxed) }
    }
}
