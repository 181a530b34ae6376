// Streams, pipes and listeners that a program acquires, and their addresses.

import IOSpec

extension Station {
    func acquireListener(at address: SocketAddress, _ backlog: Int, _ carries: Listener.Carries) throws(IOError) -> NativeHandle {
        if !hasRoomForHandle { throw IOError(.tooManyOpen) }
        let listener = try host.listen(at: address, carrying: carries, backlog: backlog)
        let traits: HandleTraits = carries == .packets ? [.reading, .acceptingPackets] : [.reading]
        return try handle(.listener(listener), .listener, traits.union(address.family.traits))
    }

    func acquireStream(_ family: SocketAddress.Family) throws(IOError) -> NativeHandle {
        try handle(.stream(StreamEnd(family, on: host)), .stream, family.traits.union([.reading, .writing]))
    }

    func acquireStreamPair() throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        let ends = (StreamEnd(.local, on: host), StreamEnd(.local, on: host))
        ends.0.connect(to: ends.1)
        let traits: HandleTraits = [.reading, .writing, .passesHandles]
        return try pair(.stream(ends.0), .stream(ends.1), .stream, traits, traits)
    }

    func acquirePipe() throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        let pipe = Pipe()
        let ends = (PipeEnd(of: pipe, reads: true, writes: false), PipeEnd(of: pipe, reads: false, writes: true))
        return try pair(.pipe(ends.0), .pipe(ends.1), .pipe, .reading, .writing)
    }

    // MARK: Handles

    func handle(_ thing: Thing, _ kind: HandleKind, _ traits: HandleTraits) throws(IOError) -> NativeHandle {
        NativeHandle(number: try insert(thing), kind: kind, traits: traits)
    }

    /// Handles for both ends of a pair, or none.
    func pair(
        _ first: Thing, _ second: Thing, _ kind: HandleKind, _ firstTraits: HandleTraits, _ secondTraits: HandleTraits
    ) throws(IOError) -> (first: NativeHandle, second: NativeHandle) {
        // What gets no handle ends.
        first.description.hold()
        second.description.hold()
        defer {
            first.description.letGo()
            second.description.letGo()
        }
        let one = try handle(first, kind, firstTraits)
        do throws(IOError) {
            return (one, try handle(second, kind, secondTraits))
        } catch {
            close(one)
            throw error
        }
    }

    // MARK: Addresses

    func localAddress(of end: StreamEnd) throws(IOError) -> SocketAddress {
        guard let address = end.localAddress else { throw IOError(.addressNotAvailable) }
        return address
    }

    func peerAddress(of end: StreamEnd) throws(IOError) -> SocketAddress {
        // The internet forgets the peer of a connection that was reset.
        if !end.isConnected || end.isReset && end.family.isInternet { throw IOError(.notConnected) }
        guard let address = end.peerAddress else { throw IOError(.addressNotAvailable) }
        return address
    }
}

extension SocketAddress.Family {
    /// Handles can be passed between programs of one host.
    var traits: HandleTraits { isInternet ? [] : .passesHandles }
}
