// What races with the clock, with a wait that begins, and with the device.

import IOSpec
import Synchronization

enum ClockRaceCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "race.replace-timer", proves: "cancel.race", "completion.exactly-one", "time.never-early",
            title: "A timer is replaced by another one just when it fires", kind: .stochastic(iterations: 2000), timeLimit: 40,
            body: replaceTimers),
        ConformanceCase(
            "race.wake", proves: "wake.not-lost", title: "A wake races with the beginning of a wait", kind: .stochastic(iterations: 2000),
            timeLimit: 40, body: wakes),
        ConformanceCase(
            "race.cancel-direct-read", proves: "cancel.race", "buffer.owned-until-completion",
            title: "A direct read races with its cancel", kind: .stochastic(iterations: 150), requires: .directFiles, timeLimit: 40,
            body: directReads),
    ]

    private static func replaceTimers(_ c: CaseContext) throws {
        var search = RaceSearch(event: "fired", challenger: "replaced")
        var rounds = 0
        while search.goesOn(after: rounds, of: c.iterations) {
            rounds += 1
            let instant = c.now.advanced(byNanoseconds: 30_000)
            let timer = try c.submit(.time(.timer(instant)))
            try c.turn()
            let moment = instant.advanced(byNanoseconds: search.next(using: &c.random))
            while c.now < moment {}
            c.cancel(timer)
            let next = c.now.advanced(byNanoseconds: 2_000)
            let replacement = try c.submit(.time(.timer(next)))
            try c.expect(c.complete(replacement), moves: 0, "the timer that replaced another one")
            try c.expect(c.now >= next, "the timer that replaced another one has reached its instant", clause: "time.never-early")
            let completion = try c.complete(timer)
            if completion.error != nil { try c.expect(completion, failsWith: .cancelled, "a timer that was replaced") }
            search.record(eventWon: completion.error == nil)
        }
        c.measured(search.summary)
    }

    /// Whether the wait of the current round has begun, as far as the waiting thread can tell just before it.
    private final class Beginning: Sendable {
        let hasCome = Atomic(false)
    }

    private static func wakes(_ c: CaseContext) throws {
        let waker = c.waker
        let beginning = Beginning()
        let partner = try RacePartner { _ in
            let isWaiting = beginning.hasCome.load(ordering: .sequentiallyConsistent)
            waker.wake()
            return isWaiting ? 1 : 0
        }
        try c.race(event: "before the wait", challenger: "in the wait", with: partner) { _ in
            beginning.hasCome.store(false, ordering: .sequentiallyConsistent)
        } challenge: { _ in
            let deadline = c.after(milliseconds: 8_000)
            beginning.hasCome.store(true, ordering: .sequentiallyConsistent)
            try c.expectEqual(c.reap(until: deadline), [], "the completions of a wait that was woken")
            try c.expect(c.now < deadline, "a wake ends the wait that it races with", clause: "wake.not-lost")
        } judge: { _, answer in
            answer == 0
        }
    }

    private static func directReads(_ c: CaseContext) throws {
        let file = try DirectFile(c, bytes: 1 << 20)
        let contents = Pattern.bytes(1 << 20, seed: 1)
        let memory = c.buffer(1 << 20, alignment: 4096)
        var search = RaceSearch(event: "read", challenger: "cancelled")
        var rounds = 0
        while search.goesOn(after: rounds, of: c.iterations) {
            rounds += 1
            memory.fill(with: 0xA5)
            let read = try c.submit(.file(.read(file.handle, into: memory.region, at: 0)))
            try c.turn()
            Native.spin(nanoseconds: search.next(using: &c.random))
            c.cancel(read)
            let completion = try c.complete(read)
            let seen = memory.bytes
            if completion.error == nil {
                try c.expect(completion, moves: contents.count, "a direct read that won its race")
                try c.expectEqual(seen, contents, "what it read")
            } else {
                try c.expect(completion, failsWith: .cancelled, "a direct read that lost its race")
            }
            try c.turn()
            try c.expect(memory.bytes == seen, "the buffer of a read that is over is not touched", clause: "buffer.owned-until-completion")
            search.record(eventWon: completion.error == nil)
        }
        c.measured(search.summary)
    }
}
