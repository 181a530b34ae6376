// Whom a datagram goes to, and whom it comes from.

import IOSpec

enum MessageAddressCases {
    private static let families: [SocketAddress.Family] = [.internet4, .internet6, .local, .localAbstract]

    static let all: [ConformanceCase] = ConformanceCase.joined(
        datagrams("message.address", proves: "message.address", title: "An answer reaches whom a datagram came from") { c, family in
            let server = try c.datagram(family)
            let clients = try (0..<3).map { _ in try c.datagram(family) }
            for (index, client) in clients.enumerated() { try c.sendMessage([UInt8(index)], over: client.handle, to: server.address) }
            for index in 0..<3 {
                let received = try c.receiveMessage(from: server.handle)
                try c.expectEqual(received.bytes, [UInt8(index)], "the datagram of client \(index)")
                guard let sender = received.sender else { throw CaseFailure("a datagram from an address must bring it") }
                try c.expect(sender.isSame(as: clients[index].address), "the address that came is that of client \(index)")
                try c.sendMessage([7, UInt8(index)], over: server.handle, to: sender)
            }
            for (index, client) in clients.enumerated() {
                try c.expectEqual(c.receiveMessage(from: client.handle).bytes, [7, UInt8(index)], "the answer to client \(index)")
            }
        },
        datagrams(
            "message.address-no-room", proves: "message.address", title: "A receive without room for the address takes the bytes alone"
        ) {
            c, family in
            let receiver = try c.datagram(family)
            let sender = try c.datagram(family)
            try c.sendMessage([1], over: sender.handle, to: receiver.address)
            let room = c.incoming(address: false)
            let received = try c.received(room, c.perform(.message(.receive(receiver.handle, room.region))))
            try c.expectEqual(received.bytes, [1], "the datagram")
            try c.expect(!received.flags.contains(.hasAddress), "without room there is no address")
        },
        datagrams("message.address-both", proves: "message.address", title: "A connected handle can still send elsewhere") { c, family in
            let first = try c.datagram(family)
            let second = try c.datagram(family)
            let sender = try c.acquire(.datagram(family, at: nil))
            try c.expect(c.perform(.stream(.connect(sender, to: c.address(first.address)))), moves: 0, "connecting datagrams")
            try c.sendMessage([1], over: sender)
            try c.sendMessage([2], over: sender, to: second.address)
            try c.expectEqual(c.receiveMessage(from: first.handle).bytes, [1], "the datagram to the peer")
            try c.expectEqual(c.receiveMessage(from: second.handle).bytes, [2], "the datagram to another address")
            try c.fails(.stream(.connect(sender, to: c.address(second.address))), with: .alreadyConnected)
        },
        datagrams("message.address-of-another-family", proves: "message.address") { c, family in
            let handle = try c.acquire(.datagram(family, at: nil))
            let local = try c.freeAddress(.local)
            let others: [SocketAddress] = [.loopback4(port: 9), .loopback6(port: 9), local]
            let isLocal = family == .local || family == .localAbstract
            for other in others where other.family != family && !(isLocal && other.family == .local) {
                let message = c.outgoing([1], to: other)
                try c.expect(
                    c.perform(.message(.send(handle, message.region))), failsWith: .invalidArgument,
                    "a datagram to an address of \(other.family)")
            }
        },
        datagrams("message.not-connected", proves: "message.not-connected") { c, family in
            let handle = try c.acquire(.datagram(family, at: nil))
            try c.fails(.message(.send(handle, c.outgoing([1]).region)), with: .notConnected)
            let room = c.incoming()
            let receive = try c.submit(.message(.receive(handle, room.region)))
            try c.expectPending(receive)
            c.cancel(receive)
            try c.expect(c.complete(receive), failsWith: .cancelled, "receiving from nobody")
        },
        datagrams("message.address-in-use", proves: "message.address", "stream.address") { c, family in
            let first = try c.datagram(family)
            let error = try c.errorOfAcquiring(.datagram(family, at: first.address))
            try c.expectEqual(error?.cause, .addressInUse, "the cause of taking an address twice")
            if family != .internet4 {
                try c.expectEqual(
                    c.errorOfAcquiring(.datagram(family, at: .loopback4()))?.cause, .invalidArgument,
                    "the cause of another family's address")
            }
        },
        datagrams("message.peer-address", proves: "message.address") { c, family in
            let server = try c.datagram(family)
            let client = try c.datagram(family)
            try c.expect(c.perform(.stream(.connect(client.handle, to: c.address(server.address)))), moves: 0, "connecting datagrams")
            let peer = try c.peerAddress(of: client.handle)
            try c.expect(peer?.isSame(as: server.address) == true, "the peer of a connected handle has the address it was connected to")
        },
        refused,
        [
            ConformanceCase(
                "message.address-unnamed", proves: "message.address", title: "A local sender without a name brings no address",
                requires: .localMessages
            ) { c in
                let receiver = try c.datagram(.local)
                let sender = try c.acquire(.datagram(.local, at: nil))
                try c.sendMessage([1], over: sender, to: receiver.address)
                let received = try c.receiveMessage(from: receiver.handle)
                try c.expectEqual(received.bytes, [1], "the datagram")
                try c.expect(received.sender == nil, "no address came")
            },
            ConformanceCase("message.address-of-one-peer", proves: "message.address", requires: [.localMessages, .internetStreams]) { c in
                let pair = try c.acquire(pair: .packets)
                let streams = try c.connectedPair()
                let address = try c.freeAddress(.local)
                try c.fails(.message(.send(pair.first, c.outgoing([1], to: address).region)), with: .invalidArgument)
                try c.fails(.message(.send(streams.client, c.outgoing([1], to: .loopback4(port: 9)).region)), with: .invalidArgument)
                try c.expectMessage(from: pair.first, to: pair.second)
                try c.expectFlow(from: streams.client, to: streams.server)
            },
            ConformanceCase(
                "message.name-without-receiver", proves: "result.portable",
                title: "A datagram to a local name that is not there is notFound",
                requires: .localMessages
            ) { c in
                let sender = try c.acquire(.datagram(.local, at: nil))
                try c.fails(.message(.send(sender, c.outgoing([1], to: c.freeAddress(.local)).region)), with: .notFound)
                let gone = try c.datagram(.local)
                try c.close(gone.handle)
                for _ in 0..<2 { try c.fails(.message(.send(sender, c.outgoing([1], to: gone.address).region)), with: .connectionRefused) }
            },
            ConformanceCase(
                "message.peer-gone", proves: "message.not-connected",
                title: "The peer of a pair that is gone refuses, and is no peer any more",
                requires: .localMessages
            ) { c in
                let pair = try c.acquire(pair: .datagrams)
                try c.close(pair.second)
                try c.fails(.message(.send(pair.first, c.outgoing([1]).region)), with: .connectionRefused)
                for _ in 0..<2 { try c.fails(.message(.send(pair.first, c.outgoing([1]).region)), with: .notConnected) }
            },
        ])

    /// One case for each family of addresses that datagrams have.
    private static func datagrams(
        _ id: String, proves clauses: String..., title: String? = nil,
        body: @escaping @Sendable (CaseContext, SocketAddress.Family) throws -> Void
    ) -> [ConformanceCase] {
        families.map { family in
            let isInternet = family == .internet4 || family == .internet6
            return ConformanceCase(
                id: "\(id).\(family)", clauses: clauses, title: title, kind: .deterministic,
                requires: isInternet ? .internetDatagrams : [.localMessages, .abstractNames], isolation: .inProcess, timeLimit: 10,
                configuration: BackendConfiguration(operations: 512, handles: 1024)
            ) { try body($0, family) }
        }
    }

    private static let refused: [ConformanceCase] = [
        ConformanceCase(
            "message.refused-next", proves: "message.refused",
            title: "The operation after a datagram to nobody is refused, and the next is not",
            requires: .internetDatagrams
        ) { c in
            let (sender, gone) = try lonely(c)
            for _ in 0..<3 {
                try c.sendMessage([1], over: sender)
                try c.fails(.message(.send(sender, c.outgoing([2]).region)), with: .connectionRefused)
            }
            let receiver = try c.acquire(.datagram(.internet4, at: gone))
            try c.sendMessage([3], over: sender)
            try c.expectEqual(c.receiveMessage(from: receiver).bytes, [3], "a datagram once somebody listens")
        },
        ConformanceCase(
            "message.refused-pending", proves: "message.refused", title: "A receive that waits is told that a datagram was refused, once",
            requires: .internetDatagrams
        ) { c in
            let (sender, _) = try lonely(c)
            let room = c.incoming()
            let receive = try c.submit(.message(.receive(sender, room.region)))
            try c.expectPending(receive)
            try c.sendMessage([1], over: sender)
            try c.expect(c.complete(receive), failsWith: .connectionRefused, "the receive that waited")
            let next = try c.submit(.message(.receive(sender, room.region)))
            try c.expectPending(next)
            c.cancel(next)
            try c.expect(c.complete(next), failsWith: .cancelled, "the next receive")
        },
    ]

    /// A datagram handle that is connected to an address where nobody listens any more.
    private static func lonely(_ c: CaseContext) throws -> (sender: Handle, gone: SocketAddress) {
        let gone = try c.datagram(.internet4)
        let sender = try c.acquire(.datagram(.internet4, at: nil))
        try c.expect(c.perform(.stream(.connect(sender, to: c.address(gone.address)))), moves: 0, "connecting datagrams")
        try c.close(gone.handle)
        return (sender, gone.address)
    }
}

extension SocketAddress {
    /// Whether two addresses name the same.
    func isSame(as other: SocketAddress) -> Bool {
        family == other.family && port == other.port && count == other.count && (0..<Int(count)).allSatisfy { bytes[$0] == other.bytes[$0] }
    }
}
