// The other side of a race: a thread that does one thing in each round, at a chosen moment.

import Glibc
import Synchronization

/// Runs an action once a round, on a thread of its own that is awake already when a round begins.
final class RacePartner {
    private final class Shared: Sendable {
        /// The round that was begun last, counted from 1.
        let begun = Atomic(0)
        /// The round that the partner has seen begin.
        let met = Atomic(0)
        let finished = Atomic(0)
        let number = Atomic(0)
        let delay = Atomic<Int64>(0)
        let answer = Atomic<Int32>(0)
        let isOver = Atomic(false)
    }

    private let shared = Shared()
    private let thread: BackgroundThread
    private var rounds = 0

    /// A partner whose `action` is given the number of the round.
    init(_ action: @escaping @Sendable (Int) -> Int32) throws {
        let shared = shared
        thread = try BackgroundThread {
            var rounds = 0
            while Self.wait(for: shared, round: rounds + 1) {
                rounds += 1
                shared.met.store(rounds, ordering: .releasing)
                Native.spin(nanoseconds: shared.delay.load(ordering: .relaxed))
                shared.answer.store(action(shared.number.load(ordering: .relaxed)), ordering: .relaxed)
                shared.finished.store(rounds, ordering: .releasing)
            }
        }
    }

    /// A partner that has `peer` send one byte: the lowest byte of the round's number.
    static func sending(from peer: any BytePeer) throws -> RacePartner {
        try RacePartner { peer.sendByte(UInt8(truncatingIfNeeded: $0)) ? 0 : -1 }
    }

    /// Begins a round once both threads run; the action comes so many nanoseconds later.
    func begin(_ number: Int, after delay: Int64) {
        rounds += 1
        shared.number.store(number, ordering: .relaxed)
        shared.delay.store(delay, ordering: .relaxed)
        shared.begun.store(rounds, ordering: .releasing)
        while shared.met.load(ordering: .acquiring) < rounds { sched_yield() }
    }

    /// Whether the action of the round is over already.
    var hasFinished: Bool { shared.finished.load(ordering: .acquiring) == rounds }

    /// Waits until the action of the round is over, and returns what it did.
    func finish() -> Int32 {
        while shared.finished.load(ordering: .acquiring) < rounds { sched_yield() }
        return shared.answer.load(ordering: .relaxed)
    }

    /// Stays awake, since a thread that has to be woken comes too late for any race; false once there are no more rounds.
    private static func wait(for shared: Shared, round: Int) -> Bool {
        while shared.begun.load(ordering: .acquiring) < round {
            if shared.isOver.load(ordering: .relaxed) { return false }
            sched_yield()
        }
        return true
    }

    deinit {
        shared.isOver.store(true, ordering: .relaxed)
        thread.join()
    }
}
