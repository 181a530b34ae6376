// What carries messages, over which families of cases run.

import IOSpec

/// A transport that keeps messages apart.
enum MessageKind: String, CaseIterable, Sendable {
    /// Datagrams of the internet protocol, version 4.
    case internet4
    /// Datagrams of the internet protocol, version 6.
    case internet6
    /// Datagrams between local names.
    case local
    /// Two datagram handles that were acquired as a pair.
    case pair
    /// Packets through a local name.
    case packets
    /// Two handles for packets that were acquired as a pair.
    case packetPair

    /// Those that lose nothing, and hold a sender back when the receiver has no room.
    static var reliable: [MessageKind] { [.local, .pair, .packets, .packetPair] }

    /// Those with one peer, and an end.
    static var connected: [MessageKind] { [.packets, .packetPair] }

    /// What a backend must be capable of to have it.
    var capability: Capabilities {
        switch self {
        case .internet4, .internet6: .internetDatagrams
        case .local, .pair, .packets, .packetPair: .localMessages
        }
    }
}

extension CaseContext {
    /// Two ends of `kind`: what the first one sends to its peer arrives at the second.
    func ends(_ kind: MessageKind) throws -> (sender: Handle, receiver: Handle) {
        switch kind {
        case .internet4: return try connectedDatagrams(.internet4)
        case .internet6: return try connectedDatagrams(.internet6)
        case .local: return try connectedDatagrams(.local)
        case .pair, .packetPair:
            let pair = try acquire(pair: kind == .pair ? .datagrams : .packets)
            return (pair.first, pair.second)
        case .packets:
            let listener = try packetListener()
            let ends = try connectPackets(to: listener.address, acceptedBy: listener.handle)
            try close(listener.handle)
            return (ends.client, ends.server)
        }
    }

    private func connectedDatagrams(_ family: SocketAddress.Family) throws -> (sender: Handle, receiver: Handle) {
        let receiver = try datagram(family)
        let sender = try acquire(.datagram(family, at: nil))
        try expect(perform(.stream(.connect(sender, to: address(receiver.address)))), moves: 0, "connecting datagrams")
        return (sender, receiver.handle)
    }

    /// A handle for datagrams at a free address, and that address.
    func datagram(_ family: SocketAddress.Family) throws -> (handle: Handle, address: SocketAddress) {
        let handle = try acquire(.datagram(family, at: freeAddress(family)))
        return (handle, try localAddress(of: handle))
    }

    /// A listener for packets at a free address, and that address.
    func packetListener(_ family: SocketAddress.Family = .local, backlog: Int = 16) throws -> (handle: Handle, address: SocketAddress) {
        let handle = try acquire(.packetListener(at: freeAddress(family), backlog: backlog))
        return (handle, try localAddress(of: handle))
    }

    /// Packets connected to a listener of this backend, and what the listener accepted.
    func connectPackets(to address: SocketAddress, acceptedBy listener: Handle) throws -> (client: Handle, server: Handle) {
        let client = try acquire(.packets(address.family))
        let accept = try submit(.stream(.accept(listener)))
        try expect(perform(.stream(.connect(client, to: self.address(address)))), moves: 0, "connecting to a listener")
        let accepted = try complete(accept)
        if let error = accepted.error { throw CaseFailure("accepting packets must succeed, and failed with \(describe(error))") }
        return (client, try handle(of: accepted))
    }
}

extension ConformanceCase {
    /// One case for each kind of messages, `id.kind`.
    static func family(
        _ id: String,
        proves clauses: String...,
        over kinds: [MessageKind],
        title: String? = nil,
        requires: Capabilities = [],
        timeLimit: Double = 10,
        body: @escaping @Sendable (CaseContext, MessageKind) throws -> Void
    ) -> [ConformanceCase] {
        kinds.map { message in
            ConformanceCase(
                id: "\(id).\(message)", clauses: clauses, title: title, kind: .deterministic,
                requires: requires.union(message.capability), isolation: .inProcess, timeLimit: timeLimit,
                configuration: BackendConfiguration(operations: 512, handles: 1024)
            ) { try body($0, message) }
        }
    }
}
