// A pipe: bytes in order, one way.

public import IOSpec

/// Both ends of a pipe. What is sent to the one is received from the other; the end comes when the one that is written is closed.
public struct Pipe: Sendable {
    /// The end that is received from.
    public let readEnd: ReadEnd
    /// The end that is sent to.
    public let writeEnd: WriteEnd

    static func make(on loop: EventLoop) async throws(IOFailure) -> Pipe {
        let (first, second) = try await OpenHandle.acquire(pair: .pipe, on: loop)
        return Pipe(readEnd: ReadEnd(first), writeEnd: WriteEnd(second))
    }

    /// Closes both ends.
    public nonisolated(nonsending) func close() async throws(IOFailure) {
        try await writeEnd.close()
        try await readEnd.close()
    }

    /// The end of a pipe that is received from. It is closed by ``close()``, or when nobody has it any more.
    public struct ReadEnd: Sendable {
        let open: OpenHandle

        init(_ open: OpenHandle) {
            self.open = open
        }

        /// Receives some bytes: at least one, or 0 at the end (clause `stream.receive-some`).
        public nonisolated(nonsending) func receive(
            into buffer: inout MutableRawSpan, until deadline: Instant = .never
        ) async throws(IOFailure) -> Int {
            try await open.receive(into: &buffer, until: deadline)
        }

        /// The same into an array.
        public nonisolated(nonsending) func receive(
            into buffer: inout [UInt8], until deadline: Instant = .never
        ) async throws(IOFailure) -> Int {
            var span = buffer.mutableSpan
            // Sound: any bytes are bytes.
            var bytes = unsafe span.mutableBytes
            return try await open.receive(into: &bytes, until: deadline)
        }

        /// Receives as many bytes as `buffer` has room for, and fewer only at the end (clause `stream.receive-exactly`).
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
            return try await open.receiveExactly(into: &bytes, until: deadline)
        }

        /// Closes the end. Sending to the other one is `.brokenPipe` from then on.
        public nonisolated(nonsending) func close() async throws(IOFailure) {
            try await open.close()
        }
    }

    /// The end of a pipe that is sent to. It is closed by ``close()``, or when nobody has it any more.
    public struct WriteEnd: Sendable {
        let open: OpenHandle

        init(_ open: OpenHandle) {
            self.open = open
        }

        /// Sends all of `bytes`; up to 4,096 of them arrive in one piece (clauses `stream.full-send`, `stream.pipe-atomic`).
        ///
        /// - Throws: a failure that tells how many bytes were sent before.
        public nonisolated(nonsending) func send(_ bytes: RawSpan, until deadline: Instant = .never) async throws(IOFailure) {
            try await open.send(bytes, until: deadline)
        }

        /// The same from an array.
        public nonisolated(nonsending) func send(_ bytes: [UInt8], until deadline: Instant = .never) async throws(IOFailure) {
            try await open.send(unsafe bytes.span.bytes, until: deadline)
        }

        /// Closes the end: the other one comes to its end.
        public nonisolated(nonsending) func close() async throws(IOFailure) {
            try await open.close()
        }
    }
}
