// Connecting, and accepting what has connected.

import IOSpec

extension Station {
    // MARK: Connecting

    /// Connects a stream. Both ends are made and connected in one step, when there is room in the listener.
    func attemptConnect(_ end: StreamEnd, to region: MemoryRegion, _ flight: InFlight) -> Attempt {
        if end.isConnected { return .failed(.alreadyConnected) }
        let address = region.load(as: SocketAddress.self)
        return reach(address, from: end.family, carrying: .streams, flight) { listener throws(IOError) in
            try host.connect(end, to: listener, at: address)
        }
    }

    /// Waits until the listener at an address has room, and then has `connect` put the server's end into it.
    func reach(
        _ address: SocketAddress, from family: SocketAddress.Family, carrying carries: Listener.Carries, _ flight: InFlight,
        _ connect: (Listener) throws(IOError) -> Void
    ) -> Attempt {
        if let cause = family.causeAgainst(address.family) { return .failed(cause) }
        guard let target = address.family.isInternet ? host.host(at: address) : host else { return .failed(.unreachable) }
        if let journey = journey(to: target, flight) { return .waits(journey) }
        do throws(IOError) {
            let listener = try target.listener(at: address.family.isInternet ? address.reached : address, carrying: carries)
            if !listener.hasRoom { return .waits(listener.room) }
            try connect(listener)
            return .over(0)
        } catch {
            return .over(error.encoded)
        }
    }

    /// What an operation waits for first that has to hear from another host: nil on the same one, and when the answer is there.
    private func journey(to target: SimulatedHost, _ flight: InFlight) -> Signal? {
        if target === host || flight.progress == Journey.over { return nil }
        let arrival = Signal()
        if flight.progress == Journey.underWay { return arrival }
        flight.progress = Journey.underWay
        let time = world.travelTime(from: host, to: target) + world.travelTime(from: target, to: host)
        world.schedule(
            .run { [self] in
                world.carry(from: host, to: target) {
                    flight.progress = Journey.over
                    arrival.give()
                }
            }, after: time)
        return arrival
    }

    // MARK: Accepting

    /// A connection that no handle can be made for waits on.
    func attemptAccept(_ flight: InFlight) -> Attempt {
        guard case .listener(let listener) = flight.thing else { return .failed(.wrongKind) }
        guard let first = listener.first else { return .waits(listener.receiving) }
        return inserted(first, listener.carries == .packets ? .packets : .stream) { listener.removeFirst() }
    }
}

/// How far an operation has come that has to hear from another host; kept as ``InFlight/progress``.
private enum Journey {
    static var underWay: Int { 1 }
    static var over: Int { 2 }
}

extension SocketAddress.Family {
    /// Why what has this family cannot reach an address of another; nil when it can.
    fileprivate func causeAgainst(_ other: SocketAddress.Family) -> IOError.Cause? {
        if self == other || !isInternet && !other.isInternet { return nil }
        return isInternet && self != .internet6 ? .unsupported : .invalidArgument
    }
}
