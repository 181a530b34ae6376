// Hosts that do not hear of each other.

import IOSpec

/// Two hosts between which nothing gets through, and what waits to.
final class Parting {
    let hosts: [SimulatedHost]
    var waiting: [() -> Void] = []

    init(_ first: SimulatedHost, _ second: SimulatedHost) {
        hosts = [first, second]
    }

    func isBetween(_ first: SimulatedHost, _ second: SimulatedHost) -> Bool {
        hosts[0] === first && hosts[1] === second || hosts[0] === second && hosts[1] === first
    }
}

extension SimulatedWorld {
    /// Parts two hosts for so many nanoseconds; hosts that are parted already are so for the longer of the two times.
    func part(_ first: SimulatedHost, _ second: SimulatedHost, for duration: Int64) {
        if first === second { return }
        let parting = Parting(first, second)
        partings.append(parting)
        schedule(.run { [self] in join(parting) }, after: duration)
    }

    private func join(_ parting: Parting) {
        partings.removeAll { $0 === parting }
        for arrival in parting.waiting { carry(from: parting.hosts[0], to: parting.hosts[1], arrival) }
    }

    /// Whether nothing gets through between two hosts.
    func isParted(_ first: SimulatedHost, from second: SimulatedHost) -> Bool {
        partings.contains { $0.isBetween(first, second) }
    }

    /// Has something arrive that must not be lost: now, or when the hosts hear of each other again. The order is kept: of partings that overlap the oldest has everything,
    /// and hands it all on to the next one.
    func carry(from first: SimulatedHost, to second: SimulatedHost, _ arrival: @escaping () -> Void) {
        guard let parting = partings.first(where: { $0.isBetween(first, second) }) else { return arrival() }
        parting.waiting.append(arrival)
    }
}
