// Ending operations early: one last try, and then they are cancelled.

import IOSpec

extension Simulated {
    public mutating func stop(_ slot: UInt32) {
        station.world.exclusively { station.stop(slot) }
    }

    /// Nothing is ever held after its operation: a zero-copy send has copied.
    public mutating func abandon(_ slot: UInt32) {}
}

extension Station {
    func stop(_ slot: UInt32) {
        guard let flight = inFlight[slot] else { return }
        flight.isStopped = true
        attempt(slot, flight)
    }
}
