// Multishot accepts: a handle for each connection.

import IOSpec

enum MultishotAcceptCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "multishot.accept.each", proves: "multishot.accept", at: SocketAddress.Family.allCases,
            title: "Each connection is given once, in order", body: connections),
        ConformanceCase.family(
            "multishot.accept.before", proves: "multishot.accept", at: SocketAddress.Family.allCases,
            title: "Connections that came first are given"
        ) { c, family in
            let listener = try c.listener(family, backlog: 40)
            let clients = try (0..<20).map { try client(c, of: listener.address, tag: UInt8($0)) }
            let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
            try c.expectEqual(tags(c, c.reapShots(clients.count, of: id)).sorted(), Array(0..<20), "the connections, each once")
            try c.expectPending(id)
        },
        ConformanceCase.family(
            "multishot.accept.order", proves: "multishot.accept", "stream.order", at: [.internet4, .local],
            title: "A later accept waits until a multishot accept has ended"
        ) { c, family in
            let listener = try c.listener(family)
            let first = try c.submit(.stream(.acceptMultishot(listener.handle)))
            let second = try c.submit(.stream(.accept(listener.handle)))
            _ = try client(c, of: listener.address, tag: 1)
            try c.expectEqual(tags(c, c.reapShots(1, of: first)), [1], "the connection of the first one")
            try c.expectPending(second)
            try c.expectCancel(of: first, ends: "the first one")
            _ = try client(c, of: listener.address, tag: 2)
            try c.expectEqual(c.receive(1, from: c.handle(of: c.complete(second))), [2], "the connection of the accept behind it")
        },
        [
            ConformanceCase(
                "multishot.accept.refused", proves: "multishot.accept", "handle.wrong-kind", requires: [.files, .pipes, .internetStreams]
            ) { c in
                for handle in [try c.file("f"), try c.directory, try c.pipe().first, try c.stream()] {
                    try c.fails(.stream(.acceptMultishot(handle)), with: .wrongKind)
                }
                let listener = try c.listener().handle
                try c.close(listener)
                try c.fails(.stream(.acceptMultishot(listener)), with: .badHandle)
            },
            ConformanceCase(
                "multishot.exhausted.handles", proves: "multishot.exhausted", "multishot.accept",
                title: "Out of handles, each connection that was not given waits for another accept", requires: .internetStreams,
                configuration: .init(operations: 64, handles: 8), body: outOfHandles),
            ConformanceCase(
                "multishot.exhausted.again", proves: "multishot.exhausted",
                title: "Another multishot accept gives what the first one had no handle for", requires: .internetStreams,
                configuration: .init(operations: 64, handles: 4)
            ) { c in
                let listener = try c.listener()
                let peers = try (0..<9).map { tag in
                    let peer = try c.surroundings.connect(to: listener.address)
                    try peer.send([UInt8(tag)])
                    return peer
                }
                var seen: [UInt8] = []
                while seen.count < peers.count {
                    let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
                    let wanted = min(3, peers.count - seen.count)
                    seen += try tags(c, c.reapShots(wanted, of: id))
                    if seen.count == peers.count { break }
                    try c.expect(c.complete(id), failsWith: .tooManyOpen, "an accept out of handles", clause: "multishot.exhausted")
                    for shot in c.shots(of: id) { try c.close(c.handle(of: shot)) }
                }
                try c.expectEqual(seen.sorted(), Array(0..<9), "the connections, each once", clause: "multishot.exhausted")
            },
            ConformanceCase(
                "multishot.exhausted.closed", proves: "multishot.exhausted", "close.refuses-listener",
                title: "Connections that were not given go with their listener", requires: .internetStreams,
                configuration: .init(operations: 64, handles: 3)
            ) { c in
                let listener = try c.listener()
                let peers = try (0..<6).map { _ in try c.surroundings.connect(to: listener.address) }
                let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
                try c.expect(c.complete(id), failsWith: .tooManyOpen, "an accept out of handles", clause: "multishot.exhausted")
                try c.close(listener.handle)
                for shot in c.shots(of: id) { try c.close(c.handle(of: shot)) }
                for peer in peers { try c.expect(peer.isEnded(), "every peer sees an end or a reset", clause: "multishot.exhausted") }
            },
            ConformanceCase(
                "multishot.exhausted.readiness", proves: "multishot.exhausted", "readiness.once", "readiness.multishot",
                title: "A connection that was not given makes its listener ready", requires: .internetStreams,
                configuration: .init(operations: 64, handles: 3), body: readyWithoutRoom),
            ConformanceCase(
                "multishot.exhausted.descriptors", proves: "multishot.exhausted", title: "Out of descriptors",
                requires: .internetStreams, isolation: .childProcess, body: outOfDescriptors),
        ])

    // MARK: Connections with tags

    static func client(_ c: CaseContext, of address: SocketAddress, tag: UInt8) throws -> Handle {
        let client = try c.stream(address.family)
        try c.succeed(.stream(.connect(client, to: c.address(address))))
        try c.send([tag], to: client)
        return client
    }

    /// What the clients of connections have sent.
    private static func tags(_ c: CaseContext, _ shots: [Completion]) throws -> [UInt8] {
        try shots.flatMap { try c.receive(1, from: c.handle(of: $0)) }
    }

    private static func connections(_ c: CaseContext, _ family: SocketAddress.Family) throws {
        let listener = try c.listener(family)
        let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
        try c.expectPending(id)
        for tag in UInt8(0)..<8 {
            let client = try client(c, of: listener.address, tag: tag)
            let shot = try c.reapShots(Int(tag) + 1, of: id)[Int(tag)]
            let server = try c.handle(of: shot)
            try c.expectEqual(c.receive(1, from: server), [tag], "the connection that came as number \(tag)", clause: "multishot.accept")
            try c.expectFlow(from: server, to: client)
        }
        try c.expectEqual(Set(c.shots(of: id).map(\.result)).count, 8, "the number of different handles")
        try c.expectPending(id)
    }

    private static func outOfHandles(_ c: CaseContext) throws {
        let listener = try c.listener()
        let clients = try (0..<5).map { try client(c, of: listener.address, tag: UInt8($0)) }
        // One listener and five clients leave room for two.
        let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
        try c.expect(c.complete(id), failsWith: .tooManyOpen, "an accept out of handles", clause: "multishot.exhausted")
        try c.expectEqual(c.shots(of: id).count, 2, "the connections that were given", clause: "multishot.exhausted")
        try c.fails(.stream(.accept(listener.handle)), with: .tooManyOpen)
        var servers = try c.shots(of: id).map { try c.handle(of: $0) }
        var seen = try servers.flatMap { try c.receive(1, from: $0) }
        while seen.count < clients.count {
            try c.close(servers.removeFirst())
            let server = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
            seen += try c.receive(1, from: server)
            servers.append(server)
        }
        try c.expectEqual(seen, [0, 1, 2, 3, 4], "the connections, each once and in order", clause: "multishot.exhausted")
    }

    private static func readyWithoutRoom(_ c: CaseContext) throws {
        let listener = try c.listener()
        let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
        var peers = try (0..<2).map { _ in try c.surroundings.connect(to: listener.address) }
        let servers = try c.reapShots(2, of: id).map { try c.handle(of: $0) }
        try c.expectPending(id)
        let once = try c.watch(listener.handle, .receiving)
        let lasting = try c.watchOn(listener.handle, .receiving)
        try c.expectPending(once, lasting)
        peers.append(try c.surroundings.connect(to: listener.address))
        try c.expect(c.complete(id), failsWith: .tooManyOpen, "an accept out of handles", clause: "multishot.exhausted")
        try c.expect(once, tells: .receiving, "a listener with a connection that was not given", clause: "multishot.exhausted")
        try c.expectEqual(c.expectShot(of: lasting, after: 0, "that there is a connection"), .receiving, "what was told")
        // The same for who asks now.
        try c.expect(listener.handle, .receiving, isReadyAs: .receiving, "a listener with that connection", clause: "multishot.exhausted")
        let later = try c.watchOn(listener.handle, .receiving)
        try c.expectEqual(c.expectShot(of: later, after: 0, "that there is a connection"), .receiving, "what was told")
        for server in servers { try c.close(server) }
        _ = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
        try c.expectPending(try c.watch(listener.handle, .receiving))
    }

    private static func outOfDescriptors(_ c: CaseContext) throws {
        let listener = try c.listener()
        let second = try c.listener()
        let clients = try (0..<3).map { try client(c, of: listener.address, tag: UInt8($0)) }
        try c.surroundings.withoutFreeHandles {
            for _ in 0..<2 {
                let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
                try c.expect(c.complete(id), failsWith: .tooManyOpen, "an accept out of descriptors", clause: "multishot.exhausted")
                try c.expectEqual(c.shots(of: id).count, 0, "the connections that were given", clause: "multishot.exhausted")
            }
            let idle = try c.submit(.stream(.acceptMultishot(second.handle)))
            try c.expectPending(idle)
            c.cancel(idle)
            try c.expect(
                c.complete(idle), failsWith: .cancelled, "an accept out of descriptors and without a connection",
                clause: "multishot.exhausted")
        }
        let id = try c.submit(.stream(.acceptMultishot(listener.handle)))
        let seen = try tags(c, c.reapShots(clients.count, of: id))
        try c.expectEqual(seen, [0, 1, 2], "the connections that waited, in order", clause: "multishot.exhausted")
    }
}
