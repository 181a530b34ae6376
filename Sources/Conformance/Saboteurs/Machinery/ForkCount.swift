// How often this process has forked, for faults that a fork brings about.

import Glibc
import Synchronization

/// Counts the forks of this process; starting a program by other means is none.
enum ForkCount {
    private static let count = Atomic<Int>(0)
    /// Runs once a process, the first time that anyone asks.
    private static let isCounting: Bool = pthread_atfork(nil, { ForkCount.count.add(1, ordering: .relaxed) }, nil) == 0

    /// The forks since the first time that this was asked.
    static var current: Int { isCounting ? count.load(ordering: .relaxed) : 0 }
}
