// Far more pending operations than any quota of a kernel is made for.

import IOSpec

enum BurstCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "completion.burst-thousands", proves: "completion.burst", "cancel.prompt", title: "10,000 streams wait at once",
            requires: [.localStreams, .nativeSystem], isolation: .childProcess, timeLimit: 40,
            configuration: .init(operations: 16_384, handles: 16_384)
        ) { c in
            // Each pair of streams takes two descriptors, and the process has a few of its own.
            let room = Int(clamping: try Native.limit(.descriptors).soft) - 200
            let pairs = min(5_000, room / 2)
            if pairs < 5_000 { try c.skip(.environment("a process may have \(room + 200) descriptors, and 10,200 are needed")) }
            let streams = try (0..<pairs).map { _ in try c.streamPair() }
            let memory = c.buffer(2 * pairs)
            let receives = try streams.enumerated().flatMap { index, pair in
                try [pair.first, pair.second].enumerated().map { side, handle in
                    try c.submit(.stream(.receive(handle, into: memory.region(2 * index + side, 1))))
                }
            }
            try c.turn()
            try c.expectEqual(c.inFlight, receives.count, "the operations in flight")
            let sent = c.buffer([1])
            for pair in streams { try c.submit(.stream(.send(pair.second, from: sent.region))) }
            for index in stride(from: 0, to: receives.count, by: 2) { try c.expect(c.complete(receives[index]), moves: 1, "a receive") }
            for index in stride(from: 1, to: receives.count, by: 2) { c.cancel(receives[index]) }
            for index in stride(from: 1, to: receives.count, by: 2) {
                try c.expect(c.complete(receives[index]), failsWith: .cancelled, "a receive that waits")
            }
        }
    ]
}
