// Connecting by name.

public import IOSpec

extension Stream {
    /// Connects to a host by its name, or its address in numbers, from a loop.
    ///
    /// The name is looked up off the loop. Where a host has several addresses they are tried one after the other, a quarter of a second apart or as soon as one fails; the first connection wins, and
    /// the others are closed.
    ///
    /// - Parameters:
    ///   - host: the name, or the address without brackets.
    ///   - port: the port.
    ///   - deadline: when to give up, looking up included.
    ///   - resolver: who knows the addresses.
    ///   - loop: the loop that the stream belongs to.
    /// - Throws: `.notFound` when there is no such host, else what became of the first address that failed.
    public nonisolated(nonsending) static func connect(
        to host: String, port: UInt16, until deadline: Instant = .never, resolver: NameResolver = .system, on loop: EventLoop
    ) async throws(IOFailure) -> Stream {
        try await withDeadline(deadline) { () async throws(IOFailure) in
            let addresses = try await lookUp(host, port, resolver, on: loop)
            if addresses.isEmpty { throw IOFailure(IOError(.notFound), .connect, of: "\(host):\(port)") }
            if addresses.count == 1 { return try await connect(to: addresses[0], on: loop) }
            return try await HappyEyeballs(addresses, on: loop).connect()
        }
    }

    /// Gives up by the deadline of the task: what looks names up knows nothing of it.
    private nonisolated(nonsending) static func lookUp(
        _ host: String, _ port: UInt16, _ resolver: NameResolver, on loop: EventLoop
    ) async throws(IOFailure) -> [SocketAddress] {
        if TaskDeadline.current == .never { return try await resolver.addresses(of: host, port: port) }
        let result = await withTaskGroup(of: Result<[SocketAddress], IOFailure>.self) { group -> Result<[SocketAddress], IOFailure> in
            group.addTask {
                do throws(IOFailure) { return .success(try await resolver.addresses(of: host, port: port)) } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                do throws(IOFailure) { try await loop.sleep(until: .never) } catch { return .failure(error) }
                return .failure(IOFailure(IOError(.timedOut), .connect))
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? .failure(IOFailure(IOError(.cancelled), .connect))
        }
        do throws(IOFailure) { return try result.get() } catch { throw IOFailure(error.error, .connect, of: "\(host):\(port)") }
    }
}

extension Steady {
    /// Connects a stream to a host by its name, or its address in numbers; see ``Stream/connect(to:port:until:resolver:on:)``.
    public func connect(
        to host: String, port: UInt16, until deadline: Instant = .never, resolver: NameResolver = .system
    ) async throws(IOFailure) -> Stream {
        try await Stream.connect(to: host, port: port, until: deadline, resolver: resolver, on: loop)
    }
}
