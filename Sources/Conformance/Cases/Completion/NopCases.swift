// The operation that does nothing, which shows the rules of completions alone.

import IOSpec

enum NopCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("completion.nop", proves: "completion.exactly-one", "completion.not-from-submit") { c in
            let id = try c.submit(.control(.nop))
            try c.expect(!c.isComplete(id), "nothing is delivered before reaping")
            try c.expect(c.complete(id), moves: 0)
            try c.expectEqual(c.inFlight, 0, "the operations in flight after the only one completed")
        },
        ConformanceCase("completion.many-nops", proves: "completion.burst") { c in
            let ids = try (0..<500).map { _ in try c.submit(.control(.nop)) }
            for completion in try c.complete(ids) {
                try c.expect(completion, moves: 0)
            }
        },
        ConformanceCase("completion.nop-after-full", proves: "completion.queue-full", configuration: .init(operations: 8)) { c in
            let ids = try (0..<c.limits.operations).map { _ in try c.submit(.control(.nop)) }
            try c.expectQueueFull(.control(.nop))
            _ = try c.complete(ids)
            try c.expectEqual(c.succeed(.control(.nop)), 0, "the result of a nop once slots are free again")
        },
    ]
}
