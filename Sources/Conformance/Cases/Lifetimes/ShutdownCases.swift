// The end of a backend, and backends beside each other.

import IOSpec

enum ShutdownCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "shutdown.terminal", proves: "shutdown.terminal", "completion.exactly-one",
            title: "A hundred mixed operations complete exactly once", requires: [.files, .localStreams, .pipes], timeLimit: 20
        ) { c in
            let ids = try mixedOperations(c)
            try c.turn()
            c.shutDown()
            for completion in try c.complete(ids) {
                if completion.error != nil { try c.expect(completion, failsWith: .cancelled, "an operation at the end") }
            }
            try c.expectEqual(c.inFlight, 0, "the operations in flight after the end")
            try c.expectEqual(c.reap(until: c.after(milliseconds: 10)), [], "the completions after all have completed")
        },
        ConformanceCase(
            "shutdown.terminal-unstarted", proves: "shutdown.terminal", title: "Also what has not started is cancelled",
            requires: .localStreams
        ) { c in
            let pair = try c.streamPair()
            let memory = c.buffer(8)
            let ids =
                try (0..<4).map { try c.submit(.stream(.receive(pair.first, into: memory.region($0, 1)))) }
                + c.submit(chain: [.time(.timer(c.after(milliseconds: 600_000))), .control(.nop), .control(.nop)])
                + [c.submit(.control(.nop), isBarrier: true), c.submit(.control(.nop)), c.submit(.control(.nop), isBarrier: true)]
            c.shutDown()
            for completion in try c.complete(ids) { try c.expect(completion, failsWith: .cancelled, "an operation that waited") }
        },
        ConformanceCase(
            "shutdown.terminal-named-pipes", proves: "shutdown.terminal", "path.named-pipe-cancel", requires: .namedPipes
        ) { c in
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            let opens = try (0..<40).map { _ in try c.submit(c.opening("p", .reading)) }
            try c.expectPending(opens[0])
            c.shutDown()
            for completion in try c.complete(opens) { try c.expect(completion, failsWith: .cancelled, "an open that waits for its peer") }
        },
        ConformanceCase("shutdown.refuses", proves: "shutdown.refuses", requires: [.files, .localStreams], body: refuses),
        ConformanceCase("shutdown.refuses-chain", proves: "shutdown.refuses", "chain.whole") { c in
            c.shutDown()
            let ids = try c.submit(chain: [.control(.nop), .time(.timer(.distantPast)), .control(.close(.invalid))])
            for completion in try c.complete(ids) { try c.expect(completion, failsWith: .cancelled, "a member after the end") }
            let barrier = try c.submit(.control(.nop), isBarrier: true)
            try c.expect(c.complete(barrier), failsWith: .cancelled, "a barrier after the end")
        },
        ConformanceCase("shutdown.twice", proves: "shutdown.terminal", requires: .localStreams) { c in
            let pair = try c.streamPair()
            let receive = try c.submit(.stream(.receive(pair.first, into: c.buffer(1).region)))
            for _ in 0..<3 { c.shutDown() }
            try c.expect(c.complete(receive), failsWith: .cancelled, "a pending receive")
            c.shutDown()
            c.cancel(receive)
            try c.expectEqual(c.turn(), [], "the completions after the end")
        },
        ConformanceCase(
            "shutdown.partial", proves: "shutdown.terminal", "result.moved-is-reported",
            title: "A send that is half-way says what it moved", requires: .localStreams
        ) { c in
            let pair = try c.streamPair()
            let memory = c.buffer(2 << 20)
            let send = try c.submit(.stream(.send(pair.first, from: memory.region)))
            try c.expectPending(send, milliseconds: 50)
            c.shutDown()
            let moved = try c.complete(send).get()
            try c.expect(moved > 0 && moved < memory.count, "a send that was cut short says how much it moved (it says \(moved))")
        },
        ConformanceCase(
            "shutdown.releases", proves: "shutdown.releases", title: "A backend that is dropped with work in flight leaves nothing",
            requires: [.files, .localStreams, .pipes, .namedPipes], isolation: .childProcess, timeLimit: 30, body: releases),
        ConformanceCase(
            "shutdown.cycles", proves: "shutdown.releases", "shutdown.many", title: "Fifty backends one after the other leave nothing",
            requires: [.files, .localStreams, .pipes], isolation: .childProcess, timeLimit: 60
        ) { c in
            let before = try snapshotWithoutBackend(c)
            for _ in 0..<50 {
                try c.withAnotherBackend { other in
                    let pair = try other.streamPair()
                    try other.expectFlow(from: pair.first, to: pair.second)
                    _ = try other.file("f", contents: [1, 2, 3])
                    _ = try mixedOperations(other)
                }
            }
            try expectReleased(c, since: before)
        },
        ConformanceCase(
            "shutdown.beside", proves: "shutdown.many", "shutdown.releases", title: "The end of one backend does not touch another",
            requires: [.files, .localStreams, .pipes], timeLimit: 20, body: beside),
        ConformanceCase(
            "shutdown.peers", proves: "shutdown.many", "close.ends-stream", title: "The peers of a backend that is gone see the end",
            requires: .localStreams
        ) { c in
            let listener = try c.listener(.local)
            let accept = try c.submit(.stream(.accept(listener.handle)))
            try c.withAnotherBackend { other in
                let client = try other.stream(.local)
                let connect = try other.submit(.stream(.connect(client, to: other.address(listener.address))))
                try other.submit(.stream(.receive(client, into: other.buffer(4).region)))
                try c.reap(until: "the connection") {
                    try other.turn()
                    return c.isComplete(accept) && other.isComplete(connect)
                }
                try other.expect(other.complete(connect), moves: 0, "connecting to another backend")
                other.dropBackend()
                try c.expectEqual(c.receive(4, from: c.handle(of: c.complete(accept))), [], "what the peer of a backend that is gone sees")
            }
        },
        ConformanceCase("shutdown.eight", proves: "shutdown.many", requires: .localStreams, timeLimit: 20) { c in
            try nested(c, depth: 8)
        },
    ]

    /// A hundred operations of which some are over at once, some wait for a peer, and some wait for each other.
    private static func mixedOperations(_ c: CaseContext) throws -> [OperationID] {
        let file = try c.file("mixed")
        let listener = try c.listener(.local)
        let memory = c.buffer(100)
        var ids: [OperationID] = []
        for index in 0..<12 {
            let pair = try c.streamPair()
            let pipe = try c.pipe()
            ids.append(try c.submit(.stream(.receive(pair.first, into: memory.region(index, 1)))))
            ids.append(try c.submit(.stream(.receive(pair.first, into: memory.region(index + 12, 1)))))
            ids.append(try c.submit(.stream(.receive(pipe.first, into: memory.region(index + 24, 1)))))
            ids.append(try c.submit(.stream(.send(pipe.second, from: memory.region(90, 1)))))
            ids.append(try c.submit(.file(.write(file, from: memory.region(91, 1), at: Int64(index)))))
            ids.append(try c.submit(.time(.timer(c.after(milliseconds: 600_000)))))
            ids.append(try c.submit(.stream(.accept(listener.handle))))
            ids.append(try c.submit(.control(.nop)))
        }
        ids += try c.submit(chain: [.time(.timer(c.after(milliseconds: 600_000))), .control(.nop)])
        ids.append(try c.submit(.control(.nop), isBarrier: true))
        ids.append(try c.submit(.control(.nop)))
        return ids
    }

    private static func refuses(_ c: CaseContext) throws {
        let file = try c.file("f", contents: [1, 2, 3])
        let pair = try c.streamPair()
        c.shutDown()
        let operations: [Operation] = [
            .control(.nop), .time(.timer(.distantPast)), .file(.truncate(file, to: 0)),
            .file(.write(file, from: c.buffer([9]).region, at: 0)),
            .stream(.send(pair.first, from: c.buffer([9]).region)), try c.opening("made", [.writing, .creating]),
            .control(.close(file)),
        ]
        for operation in operations { try c.fails(operation, with: .cancelled) }
        let name = try c.scratchName
        try c.withAnotherBackend { other in
            let directory = try other.acquire(.directory(name: name, unconfined: false))
            try other.expectEqual(other.contents(of: other.open("f", .reading, beneath: directory)), [1, 2, 3], "the file after the end")
            try other.fails(other.opening("made", .reading, beneath: directory), with: .notFound)
        }
    }

    /// What the process holds once the case's own backend is gone, whose threads others on the same thread may share.
    private static func snapshotWithoutBackend(_ c: CaseContext) throws -> ResourceSnapshot {
        c.dropBackend()
        try c.withAnotherBackend { _ in }
        return try ResourceSnapshot(in: c.surroundings)
    }

    private static func expectReleased(_ c: CaseContext, since before: ResourceSnapshot) throws {
        let left = try before.leaksOnceStable()
        try c.expect(
            left.isEmpty, "a backend that is gone leaves nothing, and there is \(left.joined(separator: ", "))", clause: "shutdown.releases"
        )
    }

    private static func releases(_ c: CaseContext) throws {
        try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
        let name = try c.scratchName
        let before = try snapshotWithoutBackend(c)
        for _ in 0..<3 {
            try c.withAnotherBackend { other in
                _ = try mixedOperations(other)
                let directory = try other.acquire(.directory(name: name, unconfined: false))
                for _ in 0..<20 { try other.submit(other.opening("p", .reading, beneath: directory)) }
                let pair = try other.streamPair()
                try other.submit(.stream(.send(pair.first, from: other.buffer(2 << 20).region)))
                try other.turn()
                other.dropBackend()
            }
            try expectReleased(c, since: before)
        }
    }

    private static func beside(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        let memory = c.buffer(4)
        let receive = try c.submit(.stream(.receive(pair.first, into: memory.region)))
        let timer = try c.submit(.time(.timer(c.after(milliseconds: 600_000))))
        try c.withAnotherBackend { other in
            _ = try mixedOperations(other)
            try other.turn()
            other.dropBackend()
        }
        try c.withAnotherBackend { other in
            _ = try mixedOperations(other)
            other.shutDown()
        }
        try c.expectPending(receive, timer)
        try c.send([1, 2], to: pair.second)
        try c.expect(c.complete(receive), moves: 2, "a receive beside backends that ended")
        let file = try c.file("after", contents: [4])
        try c.expectEqual(c.contents(of: file), [4], "a file beside backends that ended")
    }

    private static func nested(_ c: CaseContext, depth: Int) throws {
        let pair = try c.streamPair()
        let receive = try c.submit(.stream(.receive(pair.first, into: c.buffer(4).region)))
        if depth > 1 { try c.withAnotherBackend { try nested($0, depth: depth - 1) } }
        try c.expectPending(receive, milliseconds: 2)
        try c.send([1], to: pair.second)
        try c.expect(c.complete(receive), moves: 1, "a receive of the backend at depth \(depth)")
    }
}
