// A number that one thread sets and another reads.

import Synchronization

/// The descriptor that the partner of a race uses in the current round.
final class NumberBox: Sendable {
    private let number = Atomic<Int32>(-1)

    var current: Int32 {
        get { number.load(ordering: .relaxed) }
        set { number.store(newValue, ordering: .relaxed) }
    }
}
