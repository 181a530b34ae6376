// Addresses and options of streams.

public import IOSpec

extension Stream {
    /// The address on this machine.
    public nonisolated(nonsending) func localAddress() async throws(IOFailure) -> SocketAddress {
        try await open.localAddress()
    }

    /// The address of whom it is connected to.
    public nonisolated(nonsending) func peerAddress() async throws(IOFailure) -> SocketAddress {
        try await open.peerAddress()
    }

    /// The value of an option (clause `option.set`).
    public nonisolated(nonsending) func option(_ option: SocketOption) async throws(IOFailure) -> Int {
        try await open.option(option)
    }

    /// Sets an option (clauses `option.set`, `option.unsupported`).
    public nonisolated(nonsending) func setOption(_ option: SocketOption, to value: Int) async throws(IOFailure) {
        try await open.setOption(option, to: value)
    }
}
