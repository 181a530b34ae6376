// Streams, pipes and listeners of a case.

public import IOSpec

extension CaseContext {
    /// Two streams connected to each other.
    public func streamPair() throws -> HandlePair { try acquire(pair: .streams) }

    /// A pipe: the first handle is read, the second is written.
    public func pipe() throws -> HandlePair { try acquire(pair: .pipe) }

    /// A listener of `family` at a free address, and that address.
    public func listener(_ family: SocketAddress.Family = .internet4, backlog: Int = 16) throws -> (handle: Handle, address: SocketAddress)
    {
        let handle = try acquire(.listener(at: freeAddress(family), backlog: backlog))
        return (handle, try localAddress(of: handle))
    }

    /// An address of `family` that nobody listens at: port 0 of the loopback, or a name that is free.
    public func freeAddress(_ family: SocketAddress.Family) throws -> SocketAddress {
        names += 1
        let name = try "\(scratchName)/s\(names)"
        switch family {
        case .internet4: return .loopback4()
        case .internet6: return .loopback6()
        case .local: return try named(.local(name.utf8), name)
        case .localAbstract: return try named(.localAbstract(name.utf8), name)
        }
    }

    private func named(_ address: SocketAddress?, _ name: String) throws -> SocketAddress {
        guard let address else { throw HarnessProblem("“\(name)” is too long for a local address") }
        return address
    }

    /// The address that a listener or stream has on this machine.
    public func localAddress(of handle: Handle) throws -> SocketAddress {
        guard let address = try live?.backend.localAddressInPlace(of: handle) else {
            throw HarnessProblem("the case asked after it had dropped the backend")
        }
        return address
    }

    /// A stream of `family`, not connected.
    public func stream(_ family: SocketAddress.Family = .internet4) throws -> Handle { try acquire(.stream(family)) }

    /// Two streams connected over `family` through a listener that is closed again.
    public func connectedPair(over family: SocketAddress.Family = .internet4) throws -> (client: Handle, server: Handle) {
        let listener = try listener(family)
        let pair = try connect(to: listener.address, acceptedBy: listener.handle)
        try close(listener.handle)
        return pair
    }

    /// A stream connected to a listener of this backend, and what the listener accepted.
    public func connect(to address: SocketAddress, acceptedBy listener: Handle) throws -> (client: Handle, server: Handle) {
        let client = try stream(address.family)
        let accept = try submit(.stream(.accept(listener)))
        let connected = try perform(.stream(.connect(client, to: self.address(address))))
        try expect(connected, moves: 0, "connecting to a listener")
        let accepted = try complete(accept)
        if let error = accepted.error { throw CaseFailure("accepting a connection must succeed, and failed with \(describe(error))") }
        return (client, try handle(of: accepted))
    }

    /// Sends `bytes`, all of which must be moved.
    public func send(_ bytes: [UInt8], to handle: Handle) throws {
        let count = try succeed(.stream(.send(handle, from: buffer(bytes).region)))
        try expectEqual(count, bytes.count, "the bytes that a send moved", clause: "stream.full-send")
    }

    /// Receives once, up to `count` bytes.
    public func receive(_ count: Int, from handle: Handle) throws -> [UInt8] {
        let memory = buffer(count)
        defer { release(memory) }
        let moved = try succeed(.stream(.receive(handle, into: memory.region)))
        try expect(moved <= count, "a receive of \(count) bytes moves no more (it says \(moved))", clause: "stream.receive-some")
        return memory.bytes(0, moved)
    }

    /// Receives until `count` bytes are there or the stream ends.
    public func receiveAll(_ count: Int, from handle: Handle) throws -> [UInt8] {
        var received: [UInt8] = []
        while received.count < count {
            let more = try receive(count - received.count, from: handle)
            if more.isEmpty { break }
            received += more
        }
        return received
    }
}
