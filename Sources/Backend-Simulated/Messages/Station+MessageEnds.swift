// Acquiring and connecting what messages are sent with.

import IOSpec

extension Station {
    func acquireDatagrams(_ family: SocketAddress.Family, at address: SocketAddress?) throws(IOError) -> NativeHandle {
        let end = MessageEnd(family.isInternet ? .internet(family) : .local, on: host)
        guard hasRoomForHandle else { throw IOError(.tooManyOpen) }
        if let address { try end.bind(to: address) }
        return try handle(.messages(end), .datagram, family.traits.union([.reading, .writing]))
    }

    func acquirePackets(_ family: SocketAddress.Family) throws(IOError) -> NativeHandle {
        if family.isInternet { throw IOError(.unsupported) }
        return try handle(.messages(MessageEnd(.packets, on: host)), .packets, [.reading, .writing, .passesHandles])
    }

    func acquirePacketListener(at address: SocketAddress, _ backlog: Int) throws(IOError) -> NativeHandle {
        if address.family.isInternet { throw IOError(.unsupported) }
        return try acquireListener(at: address, backlog, .packets)
    }

    func acquireMessagePair(_ transport: MessageEnd.Transport, _ kind: HandleKind) throws(IOError) -> (
        first: NativeHandle, second: NativeHandle
    ) {
        let ends = (MessageEnd(transport, on: host), MessageEnd(transport, on: host))
        MessageEnd.connect(ends.0, ends.1)
        let traits: HandleTraits = [.reading, .writing, .passesHandles]
        return try pair(.messages(ends.0), .messages(ends.1), kind, traits, traits)
    }

    /// Connects datagrams at once, and packets when their listener has room.
    func attemptConnect(_ end: MessageEnd, to region: MemoryRegion, _ flight: InFlight) -> Attempt {
        let address = region.load(as: SocketAddress.self)
        if end.transport != .packets { return end.connectDatagrams(to: address) }
        if end.wasConnected { return .failed(.alreadyConnected) }
        return reach(address, from: .local, carrying: .packets, flight) { end.connectPackets(to: $0) }
    }
}
