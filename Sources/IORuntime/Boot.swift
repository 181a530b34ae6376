// The boot phase: what a program acquires before it transfers anything.

public import IOSpec

/// The boot phase of a program, in which calls of the system and allocations are welcome. It ends with ``steady(_:)``.
public struct Boot: ~Copyable, Sendable {
    /// The loops of the runtime.
    public let loops: [EventLoop]
    /// How each loop came to its backend.
    public let reports: [BackendReport]

    /// Opens a directory by its name in the system, for the first loop or another one. Paths beneath it cannot leave it, unless it is `unconfined`.
    public func directory(_ name: String, unconfined: Bool = false, on loop: EventLoop? = nil) async throws(IOFailure) -> Directory {
        Directory(try await acquire(.directory(name: name, unconfined: unconfined), name, on: loop))
    }

    /// Listens for streams at an address, with room for `backlog` connections that wait. What is accepted belongs to the same loop: the first one, or another.
    public func listener(at address: SocketAddress, backlog: Int = 128, on loop: EventLoop? = nil) async throws(IOFailure) -> Listener {
        Listener(try await acquire(.listener(at: address, backlog: backlog), "\(address)", on: loop))
    }

    /// Opens a socket for datagrams at an address.
    public func datagramSocket(at address: SocketAddress, on loop: EventLoop? = nil) async throws(IOFailure) -> DatagramSocket {
        try await DatagramSocket.open(address.family, at: address, on: loop ?? loops[0])
    }

    private func acquire(_ resource: Resource, _ name: String, on loop: EventLoop?) async throws(IOFailure) -> OpenHandle {
        try await OpenHandle.acquire(resource, named: name, on: loop ?? loops[0])
    }

    /// Ends the boot phase. What belongs to it is gone: `body` has only what was acquired, and what the steady phase offers.
    public consuming func steady<Value>(_ body: (borrowing Steady) async throws -> Value) async rethrows -> Value {
        try await body(Steady(loops: loops))
    }
}
