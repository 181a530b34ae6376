// The way from one end of a connection to the other.

import IOSpec

/// Carries what one end does to the other end: at once on the same host, else later, in order.
final class Wire {
    private let from: SimulatedHost
    private let to: SimulatedHost
    private var lastArrival = Instant(nanoseconds: 0)
    /// Advances when what is under way is lost.
    private var generation = 0

    init(from: SimulatedHost, to: SimulatedHost) {
        self.from = from
        self.to = to
    }

    func carry(_ arrival: @escaping () -> Void) {
        if from === to { return arrival() }
        let world = from.world
        let earliest = world.present.advanced(byNanoseconds: world.travelTime(from: from, to: to))
        // What arrives at one instant does so in any order.
        lastArrival = max(earliest, lastArrival.advanced(byNanoseconds: 1))
        let generation = generation
        world.schedule(
            .run { [self] in world.carry(from: from, to: to) { if self.generation == generation { arrival() } } },
            after: lastArrival.nanoseconds - world.present.nanoseconds)
    }

    /// Loses what is under way.
    func cut() { generation += 1 }
}

extension SimulatedWorld {
    /// How long something is under way between two hosts, in nanoseconds.
    func travelTime(from: SimulatedHost, to: SimulatedHost) -> Int64 {
        from === to ? 0 : chance.number(in: settings.network)
    }
}
