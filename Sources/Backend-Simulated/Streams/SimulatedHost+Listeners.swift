// Who listens at which address of a host.

import IOSpec

extension SimulatedHost {
    /// Makes a listener at an address, which takes a port when it names none.
    ///
    /// - Throws: `.addressInUse`, `.addressNotAvailable`, and what naming a socket in the file tree throws.
    func listen(at address: SocketAddress, carrying carries: Listener.Carries, backlog: Int) throws(IOError) -> Listener {
        switch address.family {
        case .internet4, .internet6: try listenAtPort(address, carries, backlog)
        case .localAbstract: try listenAtAbstractName(address, carries, backlog)
        case .local: try listenInFileTree(address, carries, backlog)
        }
    }

    private func listenAtPort(_ address: SocketAddress, _ carries: Listener.Carries, _ backlog: Int) throws(IOError) -> Listener {
        if !has(address) { throw IOError(.addressNotAvailable) }
        let port = address.port == 0 ? try names.freePort(.streams, address.family) : address.port
        let key = BoundNames.Port(transport: .streams, number: port, family: address.family)
        if names.ports[key] != nil { throw IOError(.addressInUse) }
        let listener = Listener(on: self, at: address.with(port: port), carries: carries, backlog: backlog)
        names.ports[key] = .listener(listener)
        return listener
    }

    private func listenAtAbstractName(_ address: SocketAddress, _ carries: Listener.Carries, _ backlog: Int) throws(IOError) -> Listener {
        if names.abstractNames[address.name] != nil { throw IOError(.addressInUse) }
        let listener = Listener(on: self, at: address, carries: carries, backlog: backlog)
        names.abstractNames[address.name] = .listener(listener)
        return listener
    }

    private func listenInFileTree(_ address: SocketAddress, _ carries: Listener.Carries, _ backlog: Int) throws(IOError) -> Listener {
        let listener = Listener(on: self, at: address, carries: carries, backlog: backlog)
        listener.socketName = try tree.bind(.listener(listener), at: address.name)
        return listener
    }

    /// The listener is closed; a name in the file tree stays, and leads to nobody.
    func unbind(_ listener: Listener) {
        let address = listener.address
        switch address.family {
        case .internet4, .internet6: names.ports[BoundNames.Port(transport: .streams, number: address.port, family: address.family)] = nil
        case .localAbstract: names.abstractNames[address.name] = nil
        case .local: listener.socketName?.owner = nil
        }
    }

    /// Who listens at an address of this host.
    ///
    /// - Throws: `.connectionRefused`, `.unsupported` when what is there is no listener for that, and what resolving a name throws.
    func listener(at address: SocketAddress, carrying carries: Listener.Carries) throws(IOError) -> Listener {
        guard case .listener(let listener) = try owner(of: address) else { throw IOError(.unsupported) }
        if listener.carries != carries { throw IOError(.unsupported) }
        // A listener at one address of the host is not reached by another one.
        let isElsewhere = address.family.isInternet && !listener.address.isUnspecified && listener.address.name != address.name
        if isElsewhere { throw IOError(.connectionRefused) }
        return listener
    }

    private func owner(of address: SocketAddress) throws(IOError) -> Thing {
        let owner: Thing? =
            switch address.family {
            case .internet4, .internet6:
                names.ports[BoundNames.Port(transport: .streams, number: address.port, family: address.family)]
            case .localAbstract: names.abstractNames[address.name]
            case .local: try tree.owner(at: address.name)
            }
        guard let owner else { throw IOError(.connectionRefused) }
        return owner
    }
}
