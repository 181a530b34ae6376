// Ending a wait from another thread.

public import IOSpec

/// The waker of a simulated backend. Harmless after the backend is gone.
@safe
public struct SimulatedWaker: IOWaker, @unchecked Sendable {
    // Sound to share: it is touched only with the world's lock held.
    private let station: Station
    /// Kept for the station, which does not.
    private let world: SimulatedWorld

    init(station: Station) {
        self.station = station
        world = station.world
    }

    public func wake() {
        station.world.exclusively { station.isWoken = true }
    }
}
