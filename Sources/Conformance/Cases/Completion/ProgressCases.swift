// Fairness: nothing that is ready starves, and nothing that is bounded waits for what is not.

import IOSpec

enum ProgressCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "completion.fair-nops", proves: "completion.fair", title: "A stream beside a flood of nops",
            kind: .stochastic(iterations: 30), requires: .localStreams, timeLimit: 20
        ) { c in
            try besideFlood(c) { .control(.nop) }
        },
        ConformanceCase(
            "completion.fair-sends", proves: "completion.fair", title: "A stream beside a flood of receives that are always ready",
            kind: .stochastic(iterations: 30), requires: [.localStreams, .pipes], timeLimit: 20
        ) { c in
            let pipes = try (0..<8).map { _ in try c.pipe() }
            for pipe in pipes { try c.send([UInt8](repeating: 1, count: 60_000), to: pipe.second) }
            let memory = c.buffer(8)
            var turn = 0
            try besideFlood(c) {
                turn += 1
                return .stream(.receive(pipes[turn % 8].first, into: memory.region(turn % 8, 1)))
            }
        },
        ConformanceCase(
            "completion.fair-timer", proves: "completion.fair", title: "A timer beside a flood of nops", kind: .stochastic(iterations: 20)
        ) { c in
            for _ in 0..<c.iterations {
                let instant = c.now.advanced(byNanoseconds: Int64.random(in: 1...2_000_000, using: &c.random))
                let timer = try c.submit(.time(.timer(instant)))
                var turnsAfter = 0
                while !c.isComplete(timer) {
                    while c.inFlight < 32 { try c.submit(.control(.nop)) }
                    if c.now >= instant { turnsAfter += 1 }
                    try c.turn()
                    try c.expect(turnsAfter < 100, "a timer whose instant has come fires within 100 turns", clause: "completion.fair")
                }
            }
        },
        ConformanceCase(
            "completion.bounded-opens", proves: "completion.bounded-progress", "cancel.prompt",
            title: "300 blocked opens hold up no file, stream or timer", requires: [.namedPipes, .files, .localStreams],
            needs: [.manyDescriptors],
            timeLimit: 40,
            body: blockedOpens),
        ConformanceCase(
            "completion.bounded-connects", proves: "completion.bounded-progress", "stream.connect-waits",
            title: "100 connects that wait for room hold up no file", requires: [.files, .localStreams],
            needs: [.manyDescriptors], timeLimit: 40, body: blockedConnects),
        ConformanceCase(
            "completion.bounded-receives", proves: "completion.bounded-progress", title: "400 pending receives and accepts hold up nothing",
            requires: [.files, .localStreams, .pipes], needs: [.manyDescriptors], timeLimit: 20,
            configuration: .init(operations: 1024, handles: 1024, workers: 1)
        ) { c in
            let pipes = try (0..<200).map { _ in try c.pipe() }
            let listeners = try (0..<20).map { _ in try c.listener(.local) }
            let memory = c.buffer(200)
            for (index, pipe) in pipes.enumerated() { try c.submit(.stream(.receive(pipe.first, into: memory.region(index, 1)))) }
            for listener in listeners { for _ in 0..<10 { try c.submit(.stream(.accept(listener.handle))) } }
            try boundedWork(c, "f")
            try c.expectEqual(c.inFlight, 400, "the operations that still wait")
        },
        ConformanceCase(
            "completion.bounded-after-cancel", proves: "completion.bounded-progress", "path.named-pipe-cancel",
            title: "Blocked opens that were cancelled leave room for others",
            requires: [.namedPipes, .files, .localStreams], timeLimit: 40
        ) { c in
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            for round in 0..<5 {
                let opens = try (0..<60).map { _ in try c.submit(c.opening("p", .writing)) }
                try boundedWork(c, "f\(round)")
                opens.forEach(c.cancel)
                for completion in try c.complete(opens) { try c.expect(completion, failsWith: .cancelled, "a blocked open") }
            }
        },
    ]

    /// Sends over a stream while 32 operations of `flood` are always in flight; each byte arrives within a bounded number of turns.
    private static func besideFlood(_ c: CaseContext, _ flood: () -> Operation) throws {
        let pair = try c.streamPair()
        let memory = c.buffer(1)
        var floating: Set<OperationID> = []
        for _ in 0..<c.iterations {
            let receive = try c.submit(.stream(.receive(pair.first, into: memory.region)))
            let start = Int.random(in: 0..<20, using: &c.random)
            var send: OperationID?
            var turns = 0
            while !c.isComplete(receive) {
                while floating.count < 32 { floating.insert(try c.submit(flood())) }
                if turns == start { send = try c.submit(.stream(.send(pair.second, from: c.buffer([1]).region))) }
                floating.subtract(try c.turn())
                turns += 1
                try c.expect(
                    turns < start + 200, "a transfer that is ready completes within 200 turns beside a flood", clause: "completion.fair")
            }
            if let send { try c.expect(c.complete(send), moves: 1, "the send") }
        }
        floating.forEach(c.cancel)
    }

    /// A little of everything that ends by itself.
    private static func boundedWork(_ c: CaseContext, _ name: String) throws {
        let file = try c.file(name, contents: Pattern.bytes(5000, seed: 1))
        try c.succeed(.file(.synchronize(file)))
        try c.expectEqual(c.status(of: file).size, 5000, "the size of a file beside blocked operations")
        try c.expectEqual(c.contents(of: file), Pattern.bytes(5000, seed: 1), "the contents of a file beside blocked operations")
        try c.succeed(.file(.truncate(file, to: 10)))
        try c.succeed(.time(.timer(c.after(milliseconds: 1))))
        let pair = try c.streamPair()
        try c.expectFlow(from: pair.first, to: pair.second)
        for handle in [file, pair.first, pair.second] { try c.close(handle) }
    }

    private static func blockedOpens(_ c: CaseContext) throws {
        try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
        let opens = try (0..<300).map { _ in try c.submit(c.opening("p", .reading)) }
        try c.expectPending(opens[0], opens[299])
        for round in 0..<3 { try boundedWork(c, "f\(round)") }
        try c.expectPending(opens[0], opens[150], opens[299])
        opens.forEach(c.cancel)
        for completion in try c.complete(opens) { try c.expect(completion, failsWith: .cancelled, "a blocked open") }
        try boundedWork(c, "g")
    }

    private static func blockedConnects(_ c: CaseContext) throws {
        let listener = try c.listener(.local, backlog: 0)
        let filled = try c.fillBacklog(of: listener.address)
        let address = c.address(listener.address)
        let connects = try (0..<100).map { _ in try c.submit(.stream(.connect(c.stream(.local), to: address))) }
        try c.expectPending(filled.connect, connects[0], connects[99])
        for round in 0..<3 { try boundedWork(c, "f\(round)") }
        connects.forEach(c.cancel)
        for completion in try c.complete(connects) { try c.expect(completion, failsWith: .cancelled, "a connect that waits for room") }
        for client in filled.connected {
            try c.expectFlow(from: client, to: c.handle(of: c.perform(.stream(.accept(listener.handle)))))
        }
        try c.expect(c.complete(filled.connect), moves: 0, "the connect that was not cancelled")
    }
}
