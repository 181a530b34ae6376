// Sending whole messages.

import IOSpec

extension MessageEnd {
    func send(_ message: Message, _ flight: InFlight) -> Attempt {
        let named = message.address.count > 0 ? message.address.load(as: SocketAddress.self) : nil
        switch transport {
        case .internet(let family): return sendThroughInternet(message, to: named, family)
        case .local: return sendLocally(message, to: named, flight)
        case .packets: return sendPacket(message, flight)
        }
    }

    // MARK: Datagrams of one host

    private func sendLocally(_ message: Message, to named: SocketAddress?, _ flight: InFlight) -> Attempt {
        if let named, named.family.isInternet { return .failed(.invalidArgument) }
        if named == nil, peer == nil { return .failed(.notConnected) }
        // What there is never room for is refused before anybody asks who receives it.
        if message.segments.byteCount > longest { return .failed(.messageTooLong) }
        let target: MessageEnd
        do throws(IOError) { target = try receiver(at: named) } catch { return .failed(error.cause) }
        if let other = target.peer, other !== self { return .failed(.permissionDenied) }
        if target.isFull(for: self) || waitingBytes >= Int(options[.sendBuffer]) { return .waits(target.relief, sending) }
        hand(message, to: target, flight)
        return .over(Int32(message.segments.byteCount))
    }

    /// The messages that wait at a receiver before its senders do.
    static var mostWaiting: Int { 10 }

    /// Who receives a datagram for `named`, or for the peer. A peer that has gone refuses once, is no peer any more, and what was not received goes with it.
    private func receiver(at named: SocketAddress?) throws(IOError) -> MessageEnd {
        if let named { return try host.receiver(at: named) }
        guard let peer else { throw IOError(.notConnected) }
        if peer.isOpen { return peer }
        self.peer = nil
        peerAddress = nil
        while let parcel = take() { parcel.drop() }
        throw IOError(.connectionRefused)
    }

    // MARK: Packets

    private func sendPacket(_ message: Message, _ flight: InFlight) -> Attempt {
        if let cause = takeFailure() { return .failed(cause) }
        if !wasConnected { return .failed(.notConnected) }
        if message.segments.byteCount > longest { return .failed(.messageTooLong) }
        guard let peer, peer.isOpen, !hasFinishedSending else { return .failed(.brokenPipe) }
        if waitingBytes >= Int(options[.sendBuffer]) { return .waits(peer.relief, sending) }
        hand(message, to: peer, flight)
        return .over(Int32(message.segments.byteCount))
    }

    // MARK: Either

    /// The longest message that the buffer ever has room for.
    private var longest: Int { Int(options[.sendBuffer]) - 32 }

    private func hand(_ message: Message, to target: MessageEnd, _ flight: InFlight) {
        let parcel = Parcel(bytes: message.segments.bytes, address: address, passed: flight.makePassed(), sender: self)
        waitingBytes += parcel.cost
        target.put(parcel)
    }
}
