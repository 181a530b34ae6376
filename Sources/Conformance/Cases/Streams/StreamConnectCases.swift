// What becomes of connecting.

import IOSpec

enum StreamConnectCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("stream.connect", proves: "stream.connect-outcome", at: SocketAddress.Family.allCases) { c, family in
            let (client, server) = try c.connectedPair(over: family)
            try c.expectFlow(from: client, to: server)
            try c.expectFlow(from: server, to: client)
        },
        ConformanceCase.family(
            "stream.connect-refused", proves: "stream.connect-outcome", at: SocketAddress.Family.allCases,
            title: "Connecting where nobody listens any more is refused, each time"
        ) { c, family in
            let listener = try c.listener(family)
            try c.close(listener.handle)
            let client = try c.stream(family)
            for _ in 0..<2 { try c.fails(.stream(.connect(client, to: c.address(listener.address))), with: .connectionRefused) }
        },
        ConformanceCase.family(
            "stream.connect-after-refused", proves: "stream.connect-outcome", at: [.internet4, .internet6, .localAbstract],
            title: "A stream that was refused can connect once somebody listens"
        ) { c, family in
            let gone = try c.listener(family)
            try c.close(gone.handle)
            let client = try c.stream(family)
            try c.fails(.stream(.connect(client, to: c.address(gone.address))), with: .connectionRefused)
            let listener = try c.acquire(.listener(at: gone.address, backlog: 4))
            try c.expect(c.perform(.stream(.connect(client, to: c.address(gone.address)))), moves: 0, "connecting again")
            let server = try c.handle(of: c.perform(.stream(.accept(listener))))
            try c.expectFlow(from: client, to: server)
        },
        ConformanceCase.family(
            "stream.connect-again", proves: "stream.connect-again", at: SocketAddress.Family.allCases, title: "Connecting what is connected"
        ) { c, family in
            let listener = try c.listener(family)
            let (client, server) = try c.connect(to: listener.address, acceptedBy: listener.handle)
            let accept = try c.submit(.stream(.accept(listener.handle)))
            for handle in [client, client, server] {
                try c.fails(.stream(.connect(handle, to: c.address(listener.address))), with: .alreadyConnected)
            }
            try c.expectPending(accept)
            try c.expectFlow(from: client, to: server)
            try c.expectFlow(from: server, to: client)
        },
        ConformanceCase.family(
            "stream.connect-pipelined", proves: "stream.order", "stream.connect-outcome", at: SocketAddress.Family.allCases,
            title: "Transfers that are submitted behind a connect wait for it", body: pipelined),
        ConformanceCase.family("stream.not-connected", proves: "stream.not-connected", at: SocketAddress.Family.allCases) { c, family in
            let client = try c.stream(family)
            let memory = c.buffer(8)
            try c.fails(.stream(.receive(client, into: memory.region)), with: .notConnected)
            try c.fails(.stream(.send(client, from: memory.region)), with: .notConnected)
            let listener = try c.listener(family)
            let accept = try c.submit(.stream(.accept(listener.handle)))
            try c.succeed(.stream(.connect(client, to: c.address(listener.address))))
            try c.expectFlow(from: client, to: c.handle(of: c.complete(accept)))
        },
        ConformanceCase.family(
            "stream.connect-waits", proves: "stream.connect-waits", "stream.accept", at: [.local, .localAbstract, .internet4],
            timeLimit: 30,
            body: fullBacklog),
        ConformanceCase.family(
            "stream.connect-waits-idle", proves: "stream.connect-waits", at: [.local, .internet4],
            title: "Waiting for room keeps no processor busy", timeLimit: 20
        ) { c, family in
            let listener = try c.listener(family, backlog: 0)
            let filled = try c.fillBacklog(of: listener.address)
            try c.expectIdle(filled.connect, what: "a connect that waits for room", clause: "stream.connect-waits")
        },
        ConformanceCase.family(
            "stream.connecting-again", proves: "stream.connect-again", at: [.local, .internet4], title: "Connecting what is connecting",
            timeLimit: 30
        ) { c, family in
            let listener = try c.listener(family, backlog: 0)
            let filled = try c.fillBacklog(of: listener.address)
            for _ in 0..<2 { try c.fails(.stream(.connect(filled.waiting, to: c.address(listener.address))), with: .alreadyConnected) }
            try c.expectPending(filled.connect)
            for _ in filled.connected { try c.succeed(.stream(.accept(listener.handle))) }
            try c.expect(c.complete(filled.connect), moves: 0, "the connect that was waiting")
        },
        ConformanceCase.family(
            "stream.connect-cancelled", proves: "stream.connect-cancelled", "cancel.prompt", at: [.local, .internet4], timeLimit: 30
        ) { c, family in
            let listener = try c.listener(family, backlog: 0)
            let filled = try c.fillBacklog(of: listener.address)
            c.cancel(filled.connect)
            try c.expect(c.complete(filled.connect), failsWith: .cancelled, "a connect that waits for room")
            try expectNextConnectionGood(c, listener, filled)
        },
        ConformanceCase.family(
            "stream.connect-timed-out", proves: "stream.connect-cancelled", "time.deadline", at: [.local, .internet4], timeLimit: 30
        ) { c, family in
            let listener = try c.listener(family, backlog: 0)
            let filled = try c.fillBacklog(of: listener.address)
            let late = try c.stream(family)
            let completion = try c.perform(.stream(.connect(late, to: c.address(listener.address))), deadline: c.after(milliseconds: 40))
            try c.expect(completion, failsWith: .timedOut, "a connect that waits for room")
            try c.close(late)
            c.cancel(filled.connect)
            try c.expect(c.complete(filled.connect), failsWith: .cancelled, "a connect that waits for room")
            try expectNextConnectionGood(c, listener, filled)
        },
        [
            ConformanceCase(
                "stream.connect-unreachable", proves: "stream.connect-outcome",
                title: "Connecting from a machine without a network is unreachable, each time",
                requires: .internetStreams, isolation: .childProcess
            ) { c in
                try c.surroundings.leaveNetwork()
                // Reserved for documents. Version 6 without a network has no address to connect from, and fails with that.
                let address = c.address(.internet4(192, 0, 2, 1, port: 9))
                let client = try c.stream()
                for _ in 0..<2 { try c.fails(.stream(.connect(client, to: address)), with: .unreachable) }
            },
            ConformanceCase(
                "stream.connect-missing-name", proves: "stream.connect-outcome", title: "A local name that does not exist is notFound",
                requires: .localStreams
            ) { c in
                let client = try c.stream(.local)
                for _ in 0..<2 { try c.fails(.stream(.connect(client, to: c.address(c.freeAddress(.local)))), with: .notFound) }
            },
            ConformanceCase("stream.connect-pair", proves: "stream.connect-again", requires: .localStreams) { c in
                let pair = try c.streamPair()
                let listener = try c.listener(.local)
                try c.fails(.stream(.connect(pair.first, to: c.address(listener.address))), with: .alreadyConnected)
                try c.expectFlow(from: pair.first, to: pair.second)
            },
        ])

    private static func pipelined(_ c: CaseContext, _ family: SocketAddress.Family) throws {
        let listener = try c.listener(family)
        let client = try c.stream(family)
        let incoming = c.buffer(3)
        let outgoing = c.buffer([1, 2, 3])
        let connect = try c.submit(.stream(.connect(client, to: c.address(listener.address))))
        let receive = try c.submit(.stream(.receive(client, into: incoming.region)))
        let send = try c.submit(.stream(.send(client, from: outgoing.region)))
        let server = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
        try c.expectEqual(c.receiveAll(3, from: server), [1, 2, 3], "what was sent behind the connect")
        try c.send([7, 8, 9], to: server)
        try c.expect(c.complete(connect), moves: 0, "the connect")
        try c.expect(c.complete(send), moves: 3, "the send behind the connect")
        let moved = try c.complete(receive).get()
        try c.expectEqual(incoming.bytes(0, moved), Array([7, 8, 9].prefix(moved)), "the receive behind the connect")
    }

    private static func fullBacklog(_ c: CaseContext, _ family: SocketAddress.Family) throws {
        let listener = try c.listener(family, backlog: 0)
        let filled = try c.fillBacklog(of: listener.address)
        try c.expectPending(filled.connect, milliseconds: 50)
        var servers: [Handle] = []
        for _ in filled.connected { servers.append(try c.handle(of: c.perform(.stream(.accept(listener.handle))))) }
        try c.expect(c.complete(filled.connect), moves: 0, "the connect that waited, once there was room")
        servers.append(try c.handle(of: c.perform(.stream(.accept(listener.handle)))))
        for (client, server) in zip(filled.connected + [filled.waiting], servers) { try c.expectFlow(from: client, to: server) }
    }

    /// Closes the stream whose connect was given up, and checks that the listener's queue and its next connection are good.
    private static func expectNextConnectionGood(
        _ c: CaseContext, _ listener: (handle: Handle, address: SocketAddress),
        _ filled: (connected: [Handle], waiting: Handle, connect: OperationID)
    ) throws {
        try c.close(filled.waiting)
        for client in filled.connected {
            try c.expectFlow(from: client, to: c.handle(of: c.perform(.stream(.accept(listener.handle)))))
        }
        let next = try c.connect(to: listener.address, acceptedBy: listener.handle)
        try c.expectFlow(from: next.client, to: next.server)
        try c.expectFlow(from: next.server, to: next.client)
    }
}
