// The steady phase: transfers.

public import IOSpec

/// The steady phase of a program: what it does all the time. Transfers allocate nothing, and call the system no more than the backend has to; making a stream or a pipe is an acquisition, and
/// does both.
public struct Steady: ~Copyable, Sendable {
    /// The loops of the runtime.
    public let loops: [EventLoop]

    /// The first loop, on which the steady phase was entered.
    public var loop: EventLoop { loops[0] }

    /// Connects a stream to an address.
    public func connect(to address: SocketAddress, until deadline: Instant = .never) async throws(IOFailure) -> Stream {
        try await Stream.connect(to: address, until: deadline, on: loop)
    }

    /// Two streams that are connected to each other.
    public func streamPair() async throws(IOFailure) -> (Stream, Stream) {
        let (first, second) = try await OpenHandle.acquire(pair: .streams, on: loop)
        return (Stream(first), Stream(second))
    }

    /// A pipe.
    public func pipe() async throws(IOFailure) -> Pipe {
        try await Pipe.make(on: loop)
    }

    /// A socket for datagrams of a family, which has an address when it has sent.
    public func datagramSocket(_ family: SocketAddress.Family) async throws(IOFailure) -> DatagramSocket {
        try await DatagramSocket.open(family, at: nil, on: loop)
    }

    /// Two sockets for datagrams that are connected to each other.
    public func datagramPair() async throws(IOFailure) -> (DatagramSocket, DatagramSocket) {
        let (first, second) = try await OpenHandle.acquire(pair: .datagrams, on: loop)
        return (DatagramSocket(first), DatagramSocket(second))
    }
}
