// A listener: where streams come from.

public import IOSpec

/// Listens at an address. It is closed by ``close()``, or when nobody has it any more.
public struct Listener: Sendable {
    let open: OpenHandle

    init(_ open: OpenHandle) {
        self.open = open
    }

    /// The address, with the port that the system chose where none was asked for.
    public nonisolated(nonsending) func address() async throws(IOFailure) -> SocketAddress {
        try await open.localAddress()
    }

    /// Waits for a connection.
    public nonisolated(nonsending) func accept(until deadline: Instant = .never) async throws(IOFailure) -> Stream {
        Stream(try await open.make(.stream(.accept(open.handle)), named: open.name, until: deadline))
    }

    /// Closes the listener; whoever waits for a connection is cancelled.
    public nonisolated(nonsending) func close() async throws(IOFailure) {
        try await open.close()
    }
}
