// A stream: bytes in order, both ways.

public import IOSpec

/// A connected stream.
///
/// One task may receive while another sends: each has the stream, which is a reference to one connection. It is closed by ``close()``, or when nobody has it any more.
public struct Stream: Sendable {
    let open: OpenHandle

    init(_ open: OpenHandle) {
        self.open = open
    }

    /// Connects to an address from a loop (clause `stream.connect-outcome`).
    public nonisolated(nonsending) static func connect(
        to address: SocketAddress, until deadline: Instant = .never, on loop: EventLoop
    ) async throws(IOFailure) -> Stream {
        let stream = Stream(try await OpenHandle.acquire(.stream(address.family), named: "\(address)", on: loop))
        do throws(IOFailure) { try await stream.open.connect(to: address, until: deadline) } catch {
            try? await stream.close()
            throw error
        }
        return stream
    }

    /// Receives some bytes: at least one, or 0 at the end of the stream (clause `stream.receive-some`).
    public nonisolated(nonsending) func receive(
        into buffer: inout MutableRawSpan, until deadline: Instant = .never
    ) async throws(IOFailure) -> Int {
        try await open.receive(into: &buffer, until: deadline)
    }

    /// The same into an array.
    public nonisolated(nonsending) func receive(into buffer: inout [UInt8], until deadline: Instant = .never) async throws(IOFailure) -> Int
    {
        var span = buffer.mutableSpan
        // Sound: any bytes are bytes.
        var bytes = unsafe span.mutableBytes
        return try await receive(into: &bytes, until: deadline)
    }

    /// Receives as many bytes as `buffer` has room for, and fewer only at the end of the stream (clause `stream.receive-exactly`).
    ///
    /// - Throws: a failure that tells how many bytes were received before.
    public nonisolated(nonsending) func receiveExactly(
        into buffer: inout MutableRawSpan, until deadline: Instant = .never
    ) async throws(IOFailure) -> Int {
        try await open.receiveExactly(into: &buffer, until: deadline)
    }

    /// The same into an array.
    public nonisolated(nonsending) func receiveExactly(
        into buffer: inout [UInt8], until deadline: Instant = .never
    ) async throws(IOFailure) -> Int {
        var span = buffer.mutableSpan
        // Sound: any bytes are bytes.
        var bytes = unsafe span.mutableBytes
        return try await receiveExactly(into: &bytes, until: deadline)
    }

    /// Sends all of `bytes` (clause `stream.full-send`).
    ///
    /// - Throws: a failure that tells how many bytes were sent before.
    public nonisolated(nonsending) func send(_ bytes: RawSpan, until deadline: Instant = .never) async throws(IOFailure) {
        try await open.send(bytes, until: deadline)
    }

    /// The same from an array.
    public nonisolated(nonsending) func send(_ bytes: [UInt8], until deadline: Instant = .never) async throws(IOFailure) {
        try await open.send(unsafe bytes.span.bytes, until: deadline)
    }

    /// Ends one half of the stream, or both, and leaves it open: after the sending half has ended the peer comes to its end, and may go on sending (clause `stream.half-close`).
    public nonisolated(nonsending) func shutDown(_ direction: Direction) async throws(IOFailure) {
        _ = try await open.perform(.stream(.shutDown(open.handle, direction)))
    }

    /// Closes the stream; what others await of it is cancelled first.
    public nonisolated(nonsending) func close() async throws(IOFailure) {
        try await open.close()
    }
}
