// Far more pending operations than any quota of a kernel is made for.

import IOSpec

enum BurstCases {
    private static let pairs = 5_000
    /// The handles that the backend and the suite may need beside those of the streams.
    private static let reserve = 64

    static let all: [ConformanceCase] = [
        ConformanceCase(
            "completion.burst-thousands", proves: "completion.burst", "cancel.prompt", title: "10,000 streams wait at once",
            requires: .localStreams, needs: [.manyDescriptors], isolation: .childProcess, timeLimit: 40,
            configuration: .init(operations: 16_384, handles: 16_384)
        ) { c in
            try expectRoom(c, for: 2 * pairs)
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

    /// Leaves the case out where so many handles cannot be had beside those that there are.
    private static func expectRoom(_ c: CaseContext, for count: Int) throws {
        let limit = try c.surroundings.handleLimit()
        let needed = try c.surroundings.openHandles().count + count + reserve
        if limit < needed { try c.skip(.environment("a program may have \(limit) handles of the system, and \(needed) are needed")) }
    }
}
