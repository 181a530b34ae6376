// Where datagrams are sent from and received at.

public import IOSpec

/// Sends and receives datagrams: messages that arrive whole, in no order, or not at all.
///
/// Any number of tasks may use it at once. It is closed by ``close()``, or when nobody has it any more.
public struct DatagramSocket: Sendable {
    let open: OpenHandle

    init(_ open: OpenHandle) {
        self.open = open
    }

    /// Opens a socket of a family, at an address or at none until it sends.
    static func open(
        _ family: SocketAddress.Family, at address: SocketAddress?, on loop: EventLoop
    ) async throws(IOFailure) -> DatagramSocket {
        let name = address.map { "\($0)" } ?? ""
        return DatagramSocket(try await OpenHandle.acquire(.datagram(family, at: address), named: name, on: loop))
    }

    /// The address, with the port that the system chose where none was asked for.
    public nonisolated(nonsending) func address() async throws(IOFailure) -> SocketAddress {
        try await open.localAddress()
    }

    /// Makes an address the one peer: what names no other goes there, and only what comes from there is received. A socket is connected once.
    public nonisolated(nonsending) func connect(to address: SocketAddress) async throws(IOFailure) {
        try await open.connect(to: address, until: .never)
    }

    /// Sends one datagram to an address, or to the connected peer. Waits for room; that it was sent does not say that it arrives (clauses `message.whole`,
    /// `message.too-long`, `message.address`, `message.refused`).
    public nonisolated(nonsending) func send(
        _ bytes: RawSpan, to address: SocketAddress? = nil, until deadline: Instant = .never
    ) async throws(IOFailure) {
        let block = MessageBlock(sending: MemoryRegion(reading: bytes), to: address, on: open.loop)
        defer { extendLifetime(block) }
        defer { extendLifetime(bytes) }
        _ = try await open.perform(.message(.send(open.handle, block.region)), until: deadline)
    }

    /// The same from an array.
    public nonisolated(nonsending) func send(
        _ bytes: [UInt8], to address: SocketAddress? = nil, until deadline: Instant = .never
    ) async throws(IOFailure) {
        try await send(unsafe bytes.span.bytes, to: address, until: deadline)
    }

    /// Receives one datagram. What `buffer` has no room for is gone, and the result says so (clauses `message.truncated`, `message.empty`, `message.address`).
    public nonisolated(nonsending) func receive(
        into buffer: inout MutableRawSpan, until deadline: Instant = .never
    ) async throws(IOFailure) -> ReceivedDatagram {
        let block = MessageBlock(receivingInto: MemoryRegion(filling: &buffer).atMostOneTransfer, on: open.loop)
        defer { extendLifetime(block) }
        defer { extendLifetime(buffer) }
        let count = try await open.perform(.message(.receive(open.handle, block.region)), until: deadline)
        return ReceivedDatagram(count: count, length: block.message.length, sender: block.sender)
    }

    /// The same into an array.
    public nonisolated(nonsending) func receive(
        into buffer: inout [UInt8], until deadline: Instant = .never
    ) async throws(IOFailure) -> ReceivedDatagram {
        var span = buffer.mutableSpan
        // Sound: any bytes are bytes.
        var bytes = unsafe span.mutableBytes
        return try await receive(into: &bytes, until: deadline)
    }

    /// The value of an option (clause `option.set`).
    public nonisolated(nonsending) func option(_ option: SocketOption) async throws(IOFailure) -> Int {
        try await open.option(option)
    }

    /// Sets an option (clause `option.set`).
    public nonisolated(nonsending) func setOption(_ option: SocketOption, to value: Int) async throws(IOFailure) {
        try await open.setOption(option, to: value)
    }

    /// Closes the socket; what others await of it is cancelled first.
    public nonisolated(nonsending) func close() async throws(IOFailure) {
        try await open.close()
    }
}
