// Accepting connections, and the addresses of listeners.

import IOSpec

enum StreamAcceptCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "stream.accept-order", proves: "stream.accept", "stream.order", at: SocketAddress.Family.allCases,
            title: "Queued accepts take the connections in turn", body: acceptOrder),
        ConformanceCase.family(
            "stream.accept-later", proves: "stream.accept", at: SocketAddress.Family.allCases,
            title: "Connections that came first wait for accepts",
            body: acceptLater),
        ConformanceCase.family(
            "stream.accept-race", proves: "stream.accept-race", "cancel.race", at: [.internet4, .local],
            title: "An accept that races with its cancel", kind: .stochastic(iterations: 300), timeLimit: 60, body: acceptRaces),
        ConformanceCase.family(
            "stream.accept-deadline", proves: "stream.accept", "time.deadline", at: [.internet4, .local],
            title: "An accept that timed out leaves the next connection to the next accept"
        ) { c, family in
            let listener = try c.listener(family)
            try c.fails(.stream(.accept(listener.handle)), with: .timedOut, deadline: c.after(milliseconds: 20))
            let pair = try c.connect(to: listener.address, acceptedBy: listener.handle)
            try c.expectFlow(from: pair.client, to: pair.server)
        },
        ConformanceCase.family("stream.address-in-use", proves: "stream.address", at: SocketAddress.Family.allCases) { c, family in
            let listener = try c.listener(family)
            let error = try c.errorOfAcquiring(.listener(at: listener.address, backlog: 4))
            try c.expectEqual(error?.cause, .addressInUse, "the cause of listening where somebody listens")
            let pair = try c.connect(to: listener.address, acceptedBy: listener.handle)
            try c.expectFlow(from: pair.client, to: pair.server)
        },
        ConformanceCase.family(
            "stream.address-again", proves: "stream.address", at: [.internet4, .internet6, .localAbstract],
            title: "An address is free again after its listener was closed"
        ) { c, family in
            let gone = try c.listener(family)
            _ = try c.connect(to: gone.address, acceptedBy: gone.handle)
            try c.close(gone.handle)
            let listener = try c.acquire(.listener(at: gone.address, backlog: 4))
            let pair = try c.connect(to: gone.address, acceptedBy: listener)
            try c.expectFlow(from: pair.client, to: pair.server)
        },
        ConformanceCase.family("stream.address-free-port", proves: "stream.address", at: [.internet4, .internet6]) { c, family in
            let first = try c.listener(family)
            let second = try c.listener(family)
            try c.expect(first.address.port != 0 && second.address.port != 0, "listening at port 0 takes a port that can be asked for")
            try c.expect(first.address.port != second.address.port, "two listeners have two ports")
            try c.expectEqual(first.address.family, family, "the family of the address")
            let pair = try c.connect(to: second.address, acceptedBy: second.handle)
            try c.expectEqual(c.localAddress(of: pair.server).port, second.address.port, "the port of an accepted stream")
        },
        [
            ConformanceCase(
                "stream.accept-exhausted", proves: "stream.accept-exhausted", requires: .internetStreams,
                isolation: .childProcess, body: acceptExhausted),
            ConformanceCase(
                "stream.accept-exhausted-handles", proves: "stream.accept-exhausted", "stream.accept",
                title: "Out of handles, an accept is tooManyOpen and the connection waits", requires: [.internetStreams],
                configuration: .init(operations: 64, handles: 3)
            ) { c in
                let listener = try c.listener()
                let client = try c.stream()
                let other = try c.stream()
                try c.succeed(.stream(.connect(client, to: c.address(listener.address))))
                try c.fails(.stream(.accept(listener.handle)), with: .tooManyOpen)
                try c.close(other)
                let server = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
                try c.expectFlow(from: client, to: server)
            },
            ConformanceCase(
                "stream.accept-exhausted-waits", proves: "stream.accept-exhausted",
                title: "Without room an accept waits for a connection, and takes it if there is room by then", requires: [.internetStreams],
                configuration: .init(operations: 64, handles: 4), body: acceptWaitsWithoutRoom),
            ConformanceCase(
                "stream.accept-reset", proves: "stream.accept", "stream.reset-sticky",
                title: "A connection that was reset while it waited is accepted, and is reset", requires: .internetStreams
            ) { c in
                let listener = try c.listener()
                try c.surroundings.connect(to: listener.address).reset()
                let server = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
                for _ in 0..<2 { try c.fails(.stream(.receive(server, into: c.buffer(4).region)), with: .connectionReset) }
            },
            ConformanceCase("stream.address-of-others", proves: "stream.address", requires: [.pipes, .localStreams]) { c in
                let pipe = try c.pipe()
                do {
                    _ = try c.localAddress(of: pipe.first)
                    try c.expect(false, "a pipe has no address")
                } catch let error as IOError {
                    try c.expectEqual(error.cause, .wrongKind, "the cause of asking a pipe for its address")
                }
            },
        ])

    private static func acceptOrder(_ c: CaseContext, _ family: SocketAddress.Family) throws {
        let listener = try c.listener(family)
        let accepts = try (0..<6).map { _ in try c.submit(.stream(.accept(listener.handle))) }
        try c.expectPending(accepts[0])
        var clients: [Handle] = []
        for tag in 0..<6 {
            clients.append(try c.stream(family))
            try c.succeed(.stream(.connect(clients[tag], to: c.address(listener.address))))
            try c.send([UInt8(tag)], to: clients[tag])
        }
        for (tag, completion) in try c.complete(accepts).enumerated() {
            let server = try c.handle(of: completion)
            try c.expectEqual(c.receive(1, from: server), [UInt8(tag)], "the connection of accept \(tag)", clause: "stream.accept")
        }
    }

    private static func acceptLater(_ c: CaseContext, _ family: SocketAddress.Family) throws {
        let listener = try c.listener(family, backlog: 40)
        for tag in 0..<30 {
            let client = try c.stream(family)
            try c.succeed(.stream(.connect(client, to: c.address(listener.address))))
            try c.send([UInt8(tag)], to: client)
        }
        let accepts = try (0..<31).map { _ in try c.submit(.stream(.accept(listener.handle))) }
        var tags: [UInt8] = []
        var servers: Set<Handle> = []
        for completion in try c.complete(Array(accepts.prefix(30))) {
            let server = try c.handle(of: completion)
            servers.insert(server)
            tags += try c.receive(1, from: server)
        }
        try c.expectEqual(servers.count, 30, "the number of different handles")
        try c.expectEqual(tags.sorted(), Array(0..<30), "the connections, each once")
        try c.expectPending(accepts[30])
    }

    private static func acceptRaces(_ c: CaseContext, _ family: SocketAddress.Family) throws {
        let listener = try c.listener(family)
        // What a backend keeps from its first connection on is there before the races.
        let first = try c.connect(to: listener.address, acceptedBy: listener.handle)
        try c.close(first.client)
        try c.close(first.server)
        let before = try c.surroundings.openHandles().count
        for round in 0..<c.iterations {
            let client = try c.stream(family)
            let accept = try c.submit(.stream(.accept(listener.handle)))
            if round % 3 != 0 { try c.turn() }
            let connect = try c.submit(.stream(.connect(client, to: c.address(listener.address))))
            if round % 2 == 0 { try c.turn() }
            c.spin()
            c.cancel(accept)
            var accepted = try c.complete(accept)
            if accepted.error != nil {
                try c.expect(accepted, failsWith: .cancelled, "an accept that lost the race")
                accepted = try c.perform(.stream(.accept(listener.handle)))
            }
            try c.expect(c.complete(connect), moves: 0, "the connect of round \(round)")
            let server = try c.handle(of: accepted)
            try c.send([UInt8(round & 0xff)], to: client)
            try c.expectEqual(c.receive(1, from: server), [UInt8(round & 0xff)], "the connection of round \(round)")
            try c.close(client)
            try c.close(server)
        }
        try c.reap(until: "the end of every handle of the races (there were \(before) before)") {
            try c.surroundings.openHandles().count == before
        }
    }

    private static func acceptWaitsWithoutRoom(_ c: CaseContext) throws {
        let listener = try c.listener()
        let clients = try (0..<2).map { _ in try c.stream() }
        let other = try c.stream()
        for isCancelled in [true, false] {
            let deadline = isCancelled ? Instant.never : c.after(milliseconds: 20)
            let accept = try c.submit(.stream(.accept(listener.handle)), deadline: deadline)
            if isCancelled {
                try c.expectPending(accept)
                c.cancel(accept)
            }
            try c.expect(
                c.complete(accept), failsWith: isCancelled ? .cancelled : .timedOut, "an accept without room and without a connection",
                clause: "stream.accept-exhausted")
        }
        let refused = try c.submit(.stream(.accept(listener.handle)))
        try c.expectPending(refused)
        try c.succeed(.stream(.connect(clients[0], to: c.address(listener.address))))
        try c.expect(c.complete(refused), failsWith: .tooManyOpen, "an accept without room", clause: "stream.accept-exhausted")
        try c.close(other)
        let first = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
        try c.expectFlow(from: clients[0], to: first)
        let waiting = try c.submit(.stream(.accept(listener.handle)))
        try c.expectPending(waiting)
        try c.close(first)
        try c.succeed(.stream(.connect(clients[1], to: c.address(listener.address))))
        try c.expectFlow(from: clients[1], to: c.handle(of: c.complete(waiting)))
    }

    private static func acceptExhausted(_ c: CaseContext) throws {
        let listener = try c.listener()
        let second = try c.listener()
        let client = try c.stream()
        try c.succeed(.stream(.connect(client, to: c.address(listener.address))))
        try c.send([42], to: client)
        try c.surroundings.withoutFreeHandles {
            for _ in 0..<2 { try c.fails(.stream(.accept(listener.handle)), with: .tooManyOpen) }
            let idle = try c.submit(.stream(.accept(second.handle)))
            try c.expectPending(idle)
            c.cancel(idle)
            try c.expect(
                c.complete(idle), failsWith: .cancelled, "an accept out of descriptors and without a connection",
                clause: "stream.accept-exhausted")
        }
        let server = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
        try c.expectEqual(c.receive(1, from: server), [42], "the connection that waited", clause: "stream.accept-exhausted")
    }
}
