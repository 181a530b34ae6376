// Timers.

import IOSpec

enum TimerCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("time.never-early.sweep", proves: "time.never-early") { c in
            for tenths in stride(from: Int64(1), through: 200, by: 13) {
                let instant = c.now.advanced(byNanoseconds: tenths * 100_000)
                try c.expect(c.perform(timer(instant)), moves: 0, "a timer")
                try c.expect(c.now >= instant, "a timer of \(tenths) tenths of a millisecond does not fire early")
            }
        },
        ConformanceCase("time.never-early.odd-nanoseconds", proves: "time.never-early", kind: .stochastic(iterations: 50)) { c in
            for _ in 0..<c.iterations {
                let instant = c.now.advanced(byNanoseconds: .random(in: 1...3_000_000, using: &c.random))
                try c.expect(c.perform(timer(instant)), moves: 0, "a timer")
                try c.expect(c.now >= instant, "a timer does not fire early, to the nanosecond")
            }
        },
        ConformanceCase(
            "time.never-early.system-clock", proves: "time.never-early", title: "The clock of timers is the monotonic clock of the system",
            requires: .nativeSystem
        ) { c in
            for milliseconds in Int64(1)...8 {
                let start = Native.clock
                try c.succeed(timer(c.after(milliseconds: milliseconds)))
                try c.expect(
                    Native.clock - start >= milliseconds * 1_000_000, "\(milliseconds) milliseconds have passed on the system's clock")
            }
        },
        ConformanceCase("time.never-early.many", proves: "time.never-early", "time.order", configuration: .init(operations: 1500)) { c in
            try manyTimers(c, 1000, withinMilliseconds: 60)
        },
        ConformanceCase("time.never-early.while-busy", proves: "time.never-early") { c in
            let instants = (1...10).map { c.after(milliseconds: Int64($0) * 2) }
            let ids = try instants.map { try c.submit(timer($0)) }
            while !ids.allSatisfy({ c.isComplete($0) }) {
                try c.succeed(.control(.nop))
                for (id, instant) in zip(ids, instants) where c.isComplete(id) {
                    try c.expect(c.now >= instant, "a timer does not fire early while other operations complete")
                }
            }
        },
        ConformanceCase("time.past-fires.present", proves: "time.past-fires") { c in
            for _ in 0..<20 { try c.expect(c.perform(timer(c.now)), moves: 0, "a timer at the present") }
        },
        ConformanceCase("time.past-fires.past", proves: "time.past-fires") { c in
            let instants: [Instant] = [
                c.now.advanced(byNanoseconds: -1), c.after(milliseconds: -1000), Instant(nanoseconds: 0), Instant(nanoseconds: -1),
                Instant(nanoseconds: 1), .distantPast, Instant(nanoseconds: .min + 1), c.after(milliseconds: -86_400_000 * 365),
            ]
            for instant in instants {
                try c.expect(c.perform(timer(instant)), moves: 0, "a timer at \(instant.nanoseconds), which is past")
            }
        },
        ConformanceCase("time.past-fires.batch", proves: "time.past-fires", "completion.not-from-submit") { c in
            let ids = try (0..<100).map { _ in try c.submit(timer(.distantPast)) }
            try c.expectEqual(c.inFlight, 100, "the operations in flight before reaping")
            for completion in try c.complete(ids) { try c.expect(completion, moves: 0, "a timer in the past") }
        },
        ConformanceCase("time.far-future.pends", proves: "time.far-future", "cancel.prompt") { c in
            let day: Int64 = 86_400_000
            let instants: [Instant] = [
                c.after(milliseconds: day), c.after(milliseconds: 25 * day), c.after(milliseconds: 50 * day),
                c.after(milliseconds: 1 << 31), c.after(milliseconds: 1 << 31 - 1), c.after(milliseconds: 1 << 32 + 5),
                c.after(milliseconds: 365 * 200 * day), Instant(nanoseconds: 1 << 62), Instant(nanoseconds: .max - 1), .never,
            ]
            let ids = try instants.map { try c.submit(timer($0)) }
            for milliseconds in Int64(1)...20 { try c.succeed(timer(c.after(milliseconds: milliseconds % 5))) }
            try c.expectPending(ids[9], milliseconds: 40)
            for (id, instant) in zip(ids, instants) {
                try c.expect(!c.isComplete(id), "a timer at \(instant.nanoseconds), in the far future, does not fire")
            }
            ids.forEach(c.cancel)
            for completion in try c.complete(ids) { try c.expect(completion, failsWith: .cancelled, "a timer that was cancelled") }
        },
        ConformanceCase(
            "time.far-future.alone", proves: "time.far-future",
            title: "A wait for nothing but the far future goes on until its own deadline"
        ) { c in
            for instant in [c.after(milliseconds: 25 * 86_400_000), .never] {
                let id = try c.submit(timer(instant))
                let deadline = c.after(milliseconds: 15)
                try c.reap(until: deadline)
                try c.expect(c.now >= deadline, "a reap without completions waits for its deadline")
                try c.expect(!c.isComplete(id), "a timer in the far future does not fire")
                c.cancel(id)
                try c.expect(c.complete(id), failsWith: .cancelled, "a timer that was cancelled")
            }
        },
        ConformanceCase("time.order.equal", proves: "time.order") { c in
            let ids = try c.submittedBefore { start in try (0..<40).map { _ in try c.submit(timer(start)) } }
            _ = try c.complete(ids)
            try c.expectEqual(c.completionOrder.suffix(40), ids[...], "the order of timers at one instant")
        },
        ConformanceCase("time.order.descending", proves: "time.order") { c in
            let ids = try c.submittedBefore { start in
                try (0..<30).map { try c.submit(timer(start.advanced(byNanoseconds: Int64(30 - $0) * 300_000))) }
            }
            _ = try c.complete(ids)
            try c.expectEqual(Array(c.completionOrder.suffix(30)), ids.reversed(), "the order of timers that were submitted last first")
        },
        ConformanceCase("time.order.close-together", proves: "time.order") { c in
            let ids = try c.submittedBefore { start in
                try (0..<30).map { try c.submit(timer(start.advanced(byNanoseconds: Int64(($0 * 7) % 30)))) }
            }
            _ = try c.complete(ids)
            let expected = ids.indices.sorted { ($0 * 7) % 30 < ($1 * 7) % 30 }.map { ids[$0] }
            try c.expectEqual(Array(c.completionOrder.suffix(30)), expected, "the order of timers a nanosecond apart")
        },
        ConformanceCase("time.cancel-some", proves: "time.order", "cancel.prompt", "cancel.harmless") { c in
            var last = c.now
            let ids = try c.submittedBefore { start in
                last = start.advanced(byNanoseconds: 19 * 100_000)
                // Those that are cancelled are too far away to fire first, however late the request comes.
                return try (0..<20).map {
                    let instant = start.advanced(byNanoseconds: Int64($0) * 100_000)
                    return try c.submit(timer($0 % 3 == 0 ? instant.advanced(byNanoseconds: 600_000_000_000) : instant))
                }
            } ending: {
                $0.enumerated().forEach { if $0 % 3 == 0 { c.cancel($1) } }
            }
            let cancelled = ids.indices.filter { $0 % 3 == 0 }.map { ids[$0] }
            let kept = ids.indices.filter { $0 % 3 != 0 }.map { ids[$0] }
            cancelled.forEach(c.cancel)
            for completion in try c.complete(cancelled) { try c.expect(completion, failsWith: .cancelled, "a timer that was cancelled") }
            for completion in try c.complete(kept) { try c.expect(completion, moves: 0, "a timer beside those that were cancelled") }
            try c.expectEqual(c.completionOrder.filter { kept.contains($0) }, kept, "the order of the timers that were left")
            try c.expect(c.now >= last, "a timer does not fire early")
        },
    ]

    private static func timer(_ instant: Instant) -> Operation { .time(.timer(instant)) }

    private static func manyTimers(_ c: CaseContext, _ count: Int, withinMilliseconds span: Int64) throws {
        let offsets = (0..<count).map { _ in Int64.random(in: 0...span, using: &c.random) * 1_000_000 }
        var instants: [Instant] = []
        let ids = try c.submittedBefore { start in
            instants = offsets.map { start.advanced(byNanoseconds: $0) }
            return try instants.map { try c.submit(timer($0)) }
        }
        let places = Dictionary(uniqueKeysWithValues: zip(ids, instants))
        while c.inFlight > 0 {
            for id in try c.reap(until: c.after(milliseconds: 500)) {
                try c.expect(c.complete(id), moves: 0, "one of many timers")
                try c.expect(c.now >= places[id] ?? .never, "none of many timers fires early")
            }
        }
        let expected = ids.indices.sorted { (instants[$0], $0) < (instants[$1], $1) }.map { ids[$0] }
        try c.expect(
            c.completionOrder.suffix(count).elementsEqual(expected),
            "many timers fire in the order of their instants, equal ones as submitted")
    }
}
