// The addresses of datagrams and packets.

import IOSpec

extension MessageEnd {
    /// - Throws: `.addressNotAvailable` when it has no name.
    func localAddress() throws(IOError) -> SocketAddress {
        if let address { return address }
        guard case .internet(let family) = transport else { throw IOError(.addressNotAvailable) }
        return .unspecified(family)
    }

    /// - Throws: `.notConnected`, or `.addressNotAvailable` when the peer has no name.
    func remoteAddress() throws(IOError) -> SocketAddress {
        if let peerAddress { return peerAddress }
        throw IOError(wasConnected || peer != nil ? .addressNotAvailable : .notConnected)
    }
}
