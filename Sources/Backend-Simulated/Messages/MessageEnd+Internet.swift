// Datagrams through the internet: nobody waits for room, and nothing promises that they arrive.

import IOSpec

extension MessageEnd {
    func sendThroughInternet(_ message: Message, to named: SocketAddress?, _ family: SocketAddress.Family) -> Attempt {
        guard let target = named ?? peerAddress else { return .failed(.notConnected) }
        if target.family != family || target.port == 0 { return .failed(.invalidArgument) }
        if message.segments.byteCount > Self.longestDatagram(family) { return .failed(.messageTooLong) }
        if target.isForAll, options[.broadcast] == 0 { return .failed(.permissionDenied) }
        if let cause = takeFailure() { return .failed(cause) }
        let hosts = target.isForAll ? host.world.hosts : host.host(at: target).map { [$0] } ?? []
        if hosts.isEmpty { return .failed(.unreachable) }
        guard bindToAnyPort(family) else { return .failed(.addressInUse) }
        let parcel = Parcel(bytes: message.segments.bytes, address: source(for: target), passed: [], sender: nil)
        for receiver in hosts { host.world.carry(parcel, from: self, to: target, at: receiver) }
        return .over(Int32(parcel.bytes.count))
    }

    private static func longestDatagram(_ family: SocketAddress.Family) -> Int { family == .internet4 ? 65_507 : 65_527 }

    /// A datagram handle without a port gets one with the first use of it, unless each is taken.
    func bindToAnyPort(_ family: SocketAddress.Family) -> Bool {
        if address != nil { return true }
        guard let port = try? host.names.freePort(.datagrams, family) else { return false }
        address = .unspecified(family, port: port)
        host.names.ports[BoundNames.Port(transport: .datagrams, number: port, family: family)] = .messages(self)
        return true
    }

    /// The address that a datagram to `target` comes from.
    func source(for target: SocketAddress) -> SocketAddress? {
        guard let address, address.isUnspecified else { return address }
        let goesNoFurther = target.isLoopback || target.isUnspecified
        return goesNoFurther ? address.reached : host.ownAddress(address.family, port: address.port)
    }

    /// Whether a datagram for `target` from `sender` is for this end.
    fileprivate func accepts(_ target: SocketAddress, from sender: SocketAddress?) -> Bool {
        guard let address, address.isUnspecified || address.isSame(as: target) else { return false }
        guard let peerAddress else { return true }
        return sender.map { $0.isSame(as: peerAddress) } ?? false
    }

    /// Nobody listens where this end's datagram went, which only one that is connected there is told.
    fileprivate func refused(by target: SocketAddress) {
        guard isOpen, let peerAddress, peerAddress.isSame(as: target) else { return }
        failure = .connectionRefused
        receiving.give()
        sending.give()
    }
}

extension SocketAddress {
    /// Whether every host of the network is meant.
    var isForAll: Bool { family == .internet4 && name.allSatisfy { $0 == 255 } }

    func isSame(as other: SocketAddress) -> Bool {
        family == other.family && port == other.port && name == other.name
    }
}

extension SimulatedWorld {
    /// Brings a datagram to a host: at once on the same one, and else after what the way takes, or never.
    fileprivate func carry(_ parcel: Parcel, from sender: MessageEnd, to target: SocketAddress, at receiver: SimulatedHost) {
        if receiver === sender.host { return arrive(parcel, from: sender, to: target, at: receiver) }
        guard let delay = delayOfDatagram(from: sender.host, to: receiver) else { return }
        schedule(.run { [self] in arrive(parcel, from: sender, to: target, at: receiver) }, after: delay)
    }

    /// How long a datagram takes between two hosts, in nanoseconds; nil when it is lost.
    private func delayOfDatagram(from sender: SimulatedHost, to receiver: SimulatedHost) -> Int64? {
        if isParted(sender, from: receiver) || chance.happens(settings.rates.lostDatagrams) { return nil }
        return travelTime(from: sender, to: receiver)
    }

    private func arrive(_ parcel: Parcel, from sender: MessageEnd, to target: SocketAddress, at receiver: SimulatedHost) {
        let port = BoundNames.Port(transport: .datagrams, number: target.port, family: target.family)
        guard case .messages(let end)? = receiver.names.ports[port], end.accepts(target, from: parcel.address) else {
            return target.isForAll ? () : sender.refused(by: target)
        }
        if end.inboxBytes <= Int(end.options[.receiveBuffer]) { end.put(parcel) }
    }
}
