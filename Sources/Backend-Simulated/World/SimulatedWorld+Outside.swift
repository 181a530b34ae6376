// What a world knows of real time, when something outside has a part in it.

import IOSpec

/// Real time, for worlds that somebody outside can reach.
public struct Outside: Sendable {
    /// Real time in nanoseconds, from any start.
    let now: @Sendable () -> Int64
    /// Lets at most so many nanoseconds of real time go by.
    let pause: @Sendable (Int64) -> Void

    /// Time as a system outside tells it.
    public init(now: @escaping @Sendable () -> Int64, pause: @escaping @Sendable (Int64) -> Void) {
        self.now = now
        self.pause = pause
    }
}

extension SimulatedWorld {
    /// Lets threads outside have a part in the world: while there are wakers or peers, or more than one backend, virtual time goes no faster than real time.
    public func open(to outside: Outside) {
        exclusively { self.outside = outside }
    }

    /// Whether something outside can make something happen.
    var isOpen: Bool { outside != nil && (hasOutsiders || stations > 1) }

    /// How long the world waits for the outside before it looks again, in nanoseconds.
    var longestPause: Int64 { 200_000 }

    /// Lets virtual time go on to `instant`, at once or as real time does.
    ///
    /// - Returns: how long to pause before trying again, or 0.
    func advance(towards instant: Instant) -> Int64 {
        guard isOpen, let outside else {
            present = max(present, instant)
            realTime = nil
            return 0
        }
        let now = outside.now()
        let gone = realTime.map { now - $0 } ?? 0
        realTime = now
        present = min(instant, present.advanced(byNanoseconds: max(0, gone)))
        return present < instant ? min(longestPause, instant.nanoseconds - present.nanoseconds) : 0
    }

    /// Without the lock.
    func pause(_ nanoseconds: Int64) {
        outside?.pause(nanoseconds)
    }
}
