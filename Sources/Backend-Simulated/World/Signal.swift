// Something that operations wait for.

import IOSpec

/// A change that lets waiting operations be tried again. Whoever changes what others may wait for gives the signal; a signal too many does no harm.
final class Signal {
    private struct Waiter {
        let station: Station
        let slot: UInt32
        let serial: UInt64

        var isLive: Bool { station.inFlight[slot]?.serial == serial }
    }

    private var waiters: [Waiter] = []
    /// How often it was given: tells whether something may have changed.
    private(set) var count = 0

    init() {}

    /// Whether an operation waits for it that is not over.
    var isAwaited: Bool { waiters.contains { $0.isLive } }

    /// Lets an operation wait. One that is over may have waited for two signals of which only the other was given.
    func add(_ station: Station, _ slot: UInt32, _ serial: UInt64) {
        waiters.removeAll { !$0.isLive || ($0.station === station && $0.serial == serial) }
        waiters.append(Waiter(station: station, slot: slot, serial: serial))
    }

    /// Has everything that waits here tried again, now, in an order that chance chooses.
    func give() {
        count += 1
        let due = waiters
        waiters = []
        for waiter in due {
            waiter.station.world.schedule(.attempt(waiter.station, slot: waiter.slot, serial: waiter.serial), after: 0)
        }
    }
}
