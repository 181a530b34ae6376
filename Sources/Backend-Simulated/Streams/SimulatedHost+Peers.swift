// Peers of a host's programs that are no programs themselves.

public import IOSpec

extension SimulatedHost {
    /// Connects to a listener for streams, from beside all programs.
    ///
    /// - Throws: what connecting throws, and `.outOfResources` when the listener has no room.
    public func connect(to address: SocketAddress) throws(IOError) -> SimulatedPeer {
        try world.exclusively { () throws(IOError) in
            guard let target = address.family.isInternet ? host(at: address) : self else { throw IOError(.unreachable) }
            let listener = try target.listener(at: address.family.isInternet ? address.reached : address, carrying: .streams)
            if !listener.hasRoom { throw IOError(.outOfResources) }
            let end = StreamEnd(address.family, on: self)
            try connect(end, to: listener, at: address)
            return SimulatedPeer(end, in: world)
        }
    }

    /// Opens a named pipe both ways, which waits for nobody.
    ///
    /// - Throws: what opening throws, and `.wrongKind` for what is no pipe.
    public func openNamedPipe(at path: String) throws(IOError) -> SimulatedPeer {
        try look(at: path) { node throws(IOError) in
            guard case .pipe(let named) = node.contents else { throw IOError(.wrongKind) }
            let peer = SimulatedPeer(PipeEnd(of: named.pipe, reads: true, writes: true), in: world)
            named.writers.give()
            named.readers.give()
            return peer
        }
    }

    /// Connects an end of this host to a listener that has room: the other end waits there.
    ///
    /// - Throws: `.addressInUse` when each port is taken from which it could connect.
    func connect(_ end: StreamEnd, to listener: Listener, at address: SocketAddress) throws(IOError) {
        let server = StreamEnd(listener.address.family, on: listener.host)
        server.options.inherit(listener.options)
        if address.family.isInternet {
            let target = address.reached
            end.connect(to: server, from: try origin(of: target), at: target)
        } else {
            end.connect(to: server, at: listener.address)
        }
        listener.add(.stream(server))
    }

    /// The address that a connection to `target` comes from.
    private func origin(of target: SocketAddress) throws(IOError) -> SocketAddress {
        let port = try names.freePort(.streams, target.family)
        return target.isLoopback ? target.with(port: port) : ownAddress(target.family, port: port)
    }
}
