// Names and peers of what messages are sent with.

import IOSpec

extension MessageEnd {
    /// Connects packets to what a listener will accept.
    func connectPackets(to listener: Listener) {
        let server = MessageEnd(.packets, on: host)
        server.options.inherit(listener.options)
        server.address = listener.address
        MessageEnd.connect(self, server)
        listener.add(.messages(server))
    }

    /// Connects datagrams to where they go from now on.
    func connectDatagrams(to target: SocketAddress) -> Attempt {
        if case .internet(let family) = transport { return connectThroughInternet(to: target, family) }
        do throws(IOError) {
            guard !target.family.isInternet else { throw IOError(.unsupported) }
            let end = try host.receiver(at: target)
            if let other = end.peer, other !== self { throw IOError(.permissionDenied) }
            peer = end
            peerAddress = end.address
            return .over(0)
        } catch { return .failed(error.cause) }
    }

    private func connectThroughInternet(to target: SocketAddress, _ family: SocketAddress.Family) -> Attempt {
        if target.family != family { return .failed(.unsupported) }
        if target.isForAll, options[.broadcast] == 0 { return .failed(.permissionDenied) }
        if !target.isForAll, host.host(at: target) == nil { return .failed(.unreachable) }
        guard bindToAnyPort(family) else { return .failed(.addressInUse) }
        address = source(for: target)
        peerAddress = target
        return .over(0)
    }

    // MARK: Shutting down

    /// Ends halves of a connection for packets.
    func shutDown(_ direction: Direction) -> Attempt {
        guard transport == .packets else { return .failed(.wrongKind) }
        guard wasConnected else { return .failed(.notConnected) }
        if direction != .receiving { finishSending() }
        if direction != .sending {
            finishReceiving()
            peer?.finishSendingQuietly()
        }
        return .over(0)
    }

    private func finishSending() {
        finishSendingQuietly()
        peer?.finishReceiving()
    }

    private func finishSendingQuietly() {
        hasFinishedSending = true
        sending.give()
        peer?.relief.give()
    }

    private func finishReceiving() {
        hasFinishedReceiving = true
        receiving.give()
    }

    /// Breaks a connection for packets that nobody has accepted.
    func abort() { leavePeer(isBroken: true) }

    /// The end of this end is that of both directions for its peer, and breaks the connection when something was left unread.
    func leavePeer(isBroken: Bool) {
        guard let peer else { return }
        if isBroken { peer.failure = .connectionReset }
        peer.hasFinishedReceiving = true
        peer.hasFinishedSending = true
        peer.peer = nil
        peer.receiving.give()
        peer.sending.give()
        self.peer = nil
    }

    // MARK: Names

    /// Gives up the name or the port.
    func release() {
        socketName?.owner = nil
        socketName = nil
        guard let address else { return }
        switch address.family {
        case .internet4, .internet6:
            host.names.ports[BoundNames.Port(transport: .datagrams, number: address.port, family: address.family)] = nil
        case .localAbstract: if transport == .local { host.names.abstractNames[address.name] = nil }
        case .local: break
        }
    }

    /// Takes a name or a port.
    ///
    /// - Throws: `.addressInUse`, `.addressNotAvailable`, and what the file tree throws.
    func bind(to wanted: SocketAddress) throws(IOError) {
        switch wanted.family {
        case .internet4, .internet6:
            guard host.has(wanted) else { throw IOError(.addressNotAvailable) }
            let number = wanted.port == 0 ? try host.names.freePort(.datagrams, wanted.family) : wanted.port
            let port = BoundNames.Port(transport: .datagrams, number: number, family: wanted.family)
            if host.names.ports[port] != nil { throw IOError(.addressInUse) }
            host.names.ports[port] = .messages(self)
            address = wanted.with(port: number)
        case .localAbstract:
            if host.names.abstractNames[wanted.name] != nil { throw IOError(.addressInUse) }
            host.names.abstractNames[wanted.name] = .messages(self)
            address = wanted
        case .local:
            socketName = try host.tree.bind(.messages(self), at: wanted.name)
            address = wanted
        }
    }
}

extension SimulatedHost {
    /// Who receives datagrams at a local name.
    ///
    /// - Throws: `.notFound`, `.connectionRefused`, and `.unsupported` for what receives no datagrams.
    func receiver(at address: SocketAddress) throws(IOError) -> MessageEnd {
        let owner = address.family == .local ? try tree.owner(at: address.name) : names.abstractNames[address.name]
        guard let owner else { throw IOError(.connectionRefused) }
        guard case .messages(let end) = owner, end.transport == .local else { throw IOError(.unsupported) }
        return end
    }
}
