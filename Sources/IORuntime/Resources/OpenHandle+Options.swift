// What handles of the network have in common: addresses and options.

import IOSpec

extension OpenHandle {
    /// The address on this machine.
    nonisolated(nonsending) func localAddress() async throws(IOFailure) -> SocketAddress {
        let handle = handle
        return try await ask { driver throws(IOError) in try driver.localAddress(handle) }
    }

    /// The address of the peer.
    nonisolated(nonsending) func peerAddress() async throws(IOFailure) -> SocketAddress {
        let handle = handle
        return try await ask { driver throws(IOError) in try driver.peerAddress(handle) }
    }

    private nonisolated(nonsending) func ask(
        _ question: @escaping @Sendable (LoopDriver) throws(IOError) -> SocketAddress
    ) async throws(IOFailure) -> SocketAddress {
        do throws(IOError) { return try await loop.withDriver(question) } catch { throw IOFailure(error, nil, of: name) }
    }

    nonisolated(nonsending) func option(_ option: SocketOption) async throws(IOFailure) -> Int {
        try await perform(.stream(.option(handle, option)))
    }

    nonisolated(nonsending) func setOption(_ option: SocketOption, to value: Int) async throws(IOFailure) {
        _ = try await perform(.stream(.setOption(handle, option, Int32(clamping: value))))
    }

    /// Connects to an address (clause `stream.connect-outcome`).
    nonisolated(nonsending) func connect(to address: SocketAddress, until deadline: Instant) async throws(IOFailure) {
        let block = LentBlock(address, on: loop)
        defer { extendLifetime(block) }
        _ = try await perform(.stream(.connect(handle, to: block.region)), until: deadline)
    }
}
