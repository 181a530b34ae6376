// Packets: connecting, their end, and what breaks them.

import IOSpec

enum PacketCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("message.end", proves: "message.end", "message.empty", over: MessageKind.connected) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            // The empty ones are what an end could be taken for.
            for bytes in [[], [1, 2], [], []] as [[UInt8]] { try c.sendMessage(bytes, over: sender) }
            try c.close(sender)
            for (index, bytes) in ([[], [1, 2], [], []] as [[UInt8]]).enumerated() {
                let received = try c.receiveMessage(from: receiver)
                try c.expectEqual(received.bytes, bytes, "message \(index) before the end")
                try c.expect(!received.flags.contains(.endOfStream), "message \(index) of four is not the end")
            }
            for _ in 0..<3 { try expectEnd(c, c.receiveMessage(from: receiver)) }
        },
        ConformanceCase.family("message.end-pending", proves: "message.end", "close.ends-stream", over: MessageKind.connected) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let rooms = (0..<2).map { _ in c.incoming() }
            let receives = try rooms.map { try c.submit(.message(.receive(receiver, $0.region))) }
            try c.expectPending(receives[0], receives[1])
            try c.close(sender)
            for (room, completion) in zip(rooms, try c.complete(receives)) { try expectEnd(c, c.received(room, completion)) }
        },
        ConformanceCase.family("message.half-close", proves: "stream.half-close", "message.end", over: MessageKind.connected) { c, kind in
            let (near, far) = try c.ends(kind)
            try c.sendMessage([], over: near)
            try c.expect(c.perform(.stream(.shutDown(near, .sending))), moves: 0, "shutting down the sending half")
            try c.expect(!c.receiveMessage(from: far).flags.contains(.endOfStream), "the message before the end is not the end")
            try expectEnd(c, c.receiveMessage(from: far))
            try c.expectMessage(from: far, to: near)
            try c.fails(.message(.send(near, c.outgoing([1]).region)), with: .brokenPipe)
        },
        ConformanceCase.family(
            "message.shutdown-receiving", proves: "stream.shutdown-receiving", "message.end", over: MessageKind.connected
        ) {
            c, kind in
            let (_, receiver) = try c.ends(kind)
            let room = c.incoming()
            let receive = try c.submit(.message(.receive(receiver, room.region)))
            try c.expectPending(receive)
            try c.succeed(.stream(.shutDown(receiver, .receiving)))
            try expectEnd(c, c.received(room, c.complete(receive)))
        },
        ConformanceCase.family("message.broken-pipe", proves: "stream.broken-pipe", "stream.no-signal", over: MessageKind.connected) {
            c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.close(receiver)
            for _ in 0..<2 { try c.fails(.message(.send(sender, c.outgoing([1]).region)), with: .brokenPipe) }
        },
        ConformanceCase.family(
            "message.reset", proves: "stream.reset-sticky", over: MessageKind.connected,
            title: "A peer that closes with messages unread resets, and the reset stays"
        ) { c, kind in
            let (near, far) = try c.ends(kind)
            try c.sendMessage([1], over: near)
            try c.close(far)
            for _ in 0..<3 { try c.fails(.message(.receive(near, c.incoming().region)), with: .connectionReset) }
            try c.fails(.message(.send(near, c.outgoing([1]).region)), with: .connectionReset)
        },
        connecting)

    private static func expectEnd(_ c: CaseContext, _ received: ReceivedMessage) throws {
        try c.expect(received.flags.contains(.endOfStream), "the end of packets says that it is the end", clause: "message.end")
        try c.expectEqual(received.bytes, [], "what comes with the end")
    }

    private static let connecting: [ConformanceCase] = [
        ConformanceCase(
            "message.connect", proves: "stream.connect-outcome", "stream.connect-again", requires: [.localMessages, .abstractNames]
        ) {
            c in
            for family in [SocketAddress.Family.local, .localAbstract] {
                let listener = try c.packetListener(family)
                let (client, server) = try c.connectPackets(to: listener.address, acceptedBy: listener.handle)
                try c.expectMessage(from: client, to: server)
                try c.expectMessage(from: server, to: client)
                try c.fails(.stream(.connect(client, to: c.address(listener.address))), with: .alreadyConnected)
                try c.close(listener.handle)
                let late = try c.acquire(.packets(family))
                for _ in 0..<2 { try c.fails(.stream(.connect(late, to: c.address(listener.address))), with: .connectionRefused) }
            }
            let lost = try c.acquire(.packets(.local))
            try c.fails(.stream(.connect(lost, to: c.address(c.freeAddress(.local)))), with: .notFound)
        },
        ConformanceCase("message.connect-waits", proves: "stream.connect-waits", "cancel.prompt", requires: .localMessages, timeLimit: 30) {
            c in
            let listener = try c.packetListener(backlog: 0)
            let clients = try connectUntilOneWaits(c, to: listener.address)
            try c.expect(!clients.isEmpty, "a listener takes a connection that nobody has accepted so far")
            for client in clients {
                try c.expectMessage(from: client, to: c.handle(of: c.perform(.stream(.accept(listener.handle)))))
            }
        },
        ConformanceCase("message.connect-pipelined", proves: "message.order", requires: .localMessages) { c in
            let listener = try c.packetListener()
            let client = try c.acquire(.packets(.local))
            let room = c.incoming()
            let connect = try c.submit(.stream(.connect(client, to: c.address(listener.address))))
            let receive = try c.submit(.message(.receive(client, room.region)))
            let send = try c.submit(.message(.send(client, c.outgoing([4]).region)))
            let server = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
            try c.expectEqual(c.receiveMessage(from: server).bytes, [4], "what was sent behind the connect")
            try c.sendMessage([5], over: server)
            try c.expect(c.complete(connect), moves: 0, "the connect")
            try c.expect(c.complete(send), moves: 1, "the send behind the connect")
            try c.expectEqual(c.received(room, c.complete(receive)).bytes, [5], "the message behind the connect")
        },
        ConformanceCase("message.packets-not-connected", proves: "message.not-connected", requires: .localMessages) { c in
            let packets = try c.acquire(.packets(.local))
            try c.fails(.message(.send(packets, c.outgoing([1]).region)), with: .notConnected)
            try c.fails(.message(.receive(packets, c.incoming().region)), with: .notConnected)
        },
        ConformanceCase(
            "message.no-packets-there", proves: "option.unsupported", title: "The internet has no packets, and refuses them each time",
            requires: [.localMessages, .internetStreams]
        ) { c in
            for family in [SocketAddress.Family.internet4, .internet6] {
                try c.expectEqual(c.errorOfAcquiring(.packets(family))?.cause, .unsupported, "the cause of packets over \(family)")
            }
            try c.expectEqual(
                c.errorOfAcquiring(.packetListener(at: .loopback4(), backlog: 4))?.cause, .unsupported,
                "the cause of a listener for packets")
        },
        ConformanceCase(
            "message.type-errors", proves: "handle.wrong-kind", "result.portable",
            title: "Messages and byte transfers each have their own kinds",
            requires: [.localMessages, .files, .pipes]
        ) { c in
            let packets = try c.acquire(pair: .packets).first
            let datagrams = try c.acquire(pair: .datagrams).first
            let memory = c.buffer(8)
            for handle in [packets, datagrams] {
                try c.fails(.stream(.receive(handle, into: memory.region)), with: .wrongKind)
                try c.fails(.stream(.send(handle, from: memory.region)), with: .wrongKind)
                try c.fails(.stream(.receiveExactly(handle, into: memory.region)), with: .wrongKind)
                try c.fails(.stream(.sendVectored(handle, from: c.segments([memory.region]))), with: .wrongKind)
                try c.fails(.stream(.accept(handle)), with: .wrongKind)
                try c.fails(.file(.read(handle, into: memory.region, at: 0)), with: .notSeekable)
            }
            try c.fails(.stream(.shutDown(datagrams, .both)), with: .wrongKind)
            for handle in [try c.file("f"), try c.pipe().first, try c.packetListener().handle] {
                try c.fails(.message(.receive(handle, c.incoming().region)), with: .wrongKind)
                try c.fails(.message(.send(handle, c.outgoing([1]).region)), with: .wrongKind)
            }
            let room = c.incoming()
            try c.fails(.message(.receive(packets, room.memory.region(0, 8))), with: .invalidArgument)
        },
    ]

    /// Connects until the listener has no room, where a connect waits, and ends by its cancel; returns those that are connected.
    ///
    /// A connect that merely takes long succeeds although it is cancelled, and counts as connected: how long it takes decides nothing.
    private static func connectUntilOneWaits(_ c: CaseContext, to address: SocketAddress) throws -> [Handle] {
        var clients: [Handle] = []
        while clients.count < 64 {
            let client = try c.acquire(.packets(.local))
            let connect = try c.submit(.stream(.connect(client, to: c.address(address))))
            let patience = c.after(milliseconds: 300)
            while !c.isComplete(connect), c.now < patience { try c.reap(until: patience) }
            c.cancel(connect)
            let completion = try c.complete(connect)
            if completion.error != nil {
                try c.expect(completion, failsWith: .cancelled, "a connect that waits for room")
                return clients
            }
            clients.append(client)
        }
        try c.skip(.environment("the listener takes any number of connections"))
    }
}
