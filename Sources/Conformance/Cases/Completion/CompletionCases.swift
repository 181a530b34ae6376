// How operations are accepted and completed: errors, batches, bursts, identities.

import IOSpec

enum CompletionCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "completion.not-from-submit", proves: "completion.not-from-submit", "completion.exactly-one",
            title: "Also what could be over at once is in flight until it is reaped", requires: .localStreams
        ) { c in
            let pair = try c.streamPair()
            try c.send([1, 2, 3], to: pair.second)
            let operations: [Operation] = [
                .stream(.receive(pair.first, into: c.buffer(3).region)), .stream(.send(pair.first, from: c.buffer([1]).region)),
                .control(.nop), .control(.close(.invalid)), .time(.timer(.distantPast)), .stream(.send(pair.first, from: .empty)),
            ]
            for (index, operation) in operations.enumerated() {
                try c.submit(operation)
                try c.expectEqual(c.inFlight, index + 1, "the operations in flight after submitting \(operation.kind)")
            }
            try c.reap(until: "the completions") { c.completionOrder.count == operations.count + 1 }
            try c.expectEqual(c.inFlight, 0, "the operations in flight after all were reaped")
        },
        ConformanceCase(
            "completion.own-error", proves: "completion.own-error",
            title: "A mistake is the operation's result, and submit says nothing", requires: [.localStreams, .pipes], body: ownErrors),
        ConformanceCase("completion.independent", proves: "completion.independent", "completion.own-error", requires: .files) { c in
            let file = try c.file("f")
            for position in 0..<5 {
                let writes = try (0..<5).map { index in
                    try c.submit(
                        .file(.write(index == position ? .invalid : file, from: c.buffer([UInt8(index)]).region, at: Int64(index))))
                }
                for (index, completion) in try c.complete(writes).enumerated() {
                    if index == position { try c.expect(completion, failsWith: .badHandle, "the bad one") }
                    if index != position { try c.expect(completion, moves: 1, "a good one beside a bad one") }
                }
            }
            try c.expectEqual(c.contents(of: file), [0, 1, 2, 3, 4], "the file")
        },
        ConformanceCase("completion.burst-nops", proves: "completion.burst", configuration: small) { c in
            let ids = try (0..<2000).map { _ in try c.submit(.control(.nop)) }
            for completion in try c.complete(ids) { try c.expect(completion, moves: 0) }
        },
        ConformanceCase(
            "completion.burst-unreaped", proves: "completion.burst", title: "Nothing is reaped until everything was submitted and is over",
            requires: .files, timeLimit: 20, configuration: small, body: unreapedBurst),
        ConformanceCase(
            "completion.burst-pending", proves: "completion.burst", title: "More pending operations than the kernel's queues hold",
            requires: .localStreams, needs: [.manyDescriptors], timeLimit: 20, configuration: small
        ) { c in
            let pairs = try (0..<150).map { _ in try c.streamPair() }
            let memory = c.buffer(300)
            let receives = try pairs.enumerated().map { try c.submit(.stream(.receive($1.first, into: memory.region($0, 1)))) }
            try c.turn()
            let sends = try pairs.enumerated().reversed().map { index, pair in
                memory[150 + index] = UInt8(index)
                return try c.submit(.stream(.send(pair.second, from: memory.region(150 + index, 1))))
            }
            for completion in try c.complete(receives + sends) { try c.expect(completion, moves: 1, "a transfer of a burst") }
            try c.expectEqual(memory.bytes(0, 150), Array(0..<150), "what was received")
        },
        ConformanceCase(
            "completion.burst-cancelled", proves: "completion.burst", "cancel.prompt",
            title: "A burst of pending operations is cancelled at once",
            requires: .localStreams, needs: [.manyDescriptors], timeLimit: 20, configuration: small
        ) { c in
            let pairs = try (0..<150).map { _ in try c.streamPair() }
            let memory = c.buffer(150)
            let receives = try pairs.enumerated().map { try c.submit(.stream(.receive($1.first, into: memory.region($0, 1)))) }
            receives.reversed().forEach(c.cancel)
            for completion in try c.complete(receives) { try c.expect(completion, failsWith: .cancelled, "a receive of a burst") }
        },
        ConformanceCase(
            "completion.queue-full", proves: "completion.queue-full", requires: .localStreams, configuration: .init(operations: 16),
            body: queueFull),
        ConformanceCase(
            "completion.queue-full-unreaped", proves: "completion.queue-full", title: "What is over and not reaped still has its slot",
            configuration: .init(operations: 4)
        ) { c in
            for _ in 0..<20 {
                let ids = try (0..<4).map { _ in try c.submit(.control(.nop)) }
                try c.expectQueueFull(.control(.nop))
                let first = try c.reap(until: c.after(milliseconds: 1000), capacity: 1)
                try c.expectEqual(first.count, 1, "the completions that were reaped")
                let next = try c.submit(.control(.nop))
                try c.expectQueueFull(.control(.nop))
                _ = try c.complete(ids + [next])
            }
        },
        ConformanceCase("completion.identity", proves: "completion.identity", title: "20,000 identities are all different", timeLimit: 20) {
            c in
            var open: [OperationID] = []
            for _ in 0..<400 {
                for _ in 0..<50 { open.append(try c.submit(.control(.nop))) }
                while open.count > 30 { _ = try c.complete(open.removeFirst()) }
            }
            _ = try c.complete(open)
        },
        ConformanceCase(
            "completion.unordered", proves: "completion.unordered", title: "In which order operations of different lengths complete",
            level: .may, requires: .files
        ) { c in
            let file = try c.file("f", contents: [UInt8](repeating: 1, count: 1 << 20))
            let read = try c.submit(.file(.read(file, into: c.buffer(1 << 20).region, at: 0)))
            let nop = try c.submit(.control(.nop))
            _ = try c.complete([read, nop])
            c.informational("a nop came \(c.completionOrder.last == nop ? "after" : "before") a read of 1 MiB that was submitted first")
        },
        ConformanceCase(
            "completion.no-interrupt", proves: "completion.no-interrupt",
            title: "A signal every millisecond, whose handler restarts nothing, is never seen",
            requires: [.nativeSystem, .files, .localStreams, .pipes, .namedPipes],
            isolation: .childProcess, timeLimit: 30, body: interruptions),
    ]

    private static let small = BackendConfiguration(operations: 2048, handles: 512, submissionQueue: 4, completionQueue: 8)

    private static func ownErrors(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        let pipe = try c.pipe()
        let memory = c.buffer(8)
        let mistakes: [(Operation, IOError.Cause)] = [
            (.control(.close(.invalid)), .badHandle),
            (.stream(.receive(.invalid, into: memory.region)), .badHandle),
            (.stream(.accept(pair.first)), .wrongKind),
            (.stream(.connect(pipe.first, to: memory.region)), .wrongKind),
            (.stream(.shutDown(pipe.first, .both)), .wrongKind),
            (.stream(.receive(pipe.second, into: memory.region)), .wrongAccess),
            (.stream(.send(pipe.first, from: memory.region)), .wrongAccess),
            (.stream(.connect(pair.first, to: memory.region)), .invalidArgument),
        ]
        let ids = try mistakes.map { try c.submit($0.0) }
        for ((operation, cause), completion) in zip(mistakes, try c.complete(ids)) {
            try c.expect(completion, failsWith: cause, "\(operation.kind)")
        }
        try c.expectFlow(from: pair.first, to: pair.second)
        try c.expectFlow(from: pipe.second, to: pipe.first)
    }

    private static func unreapedBurst(_ c: CaseContext) throws {
        let file = try c.file("f")
        let memory = c.pattern(600, seed: 1)
        let seen = c.buffer(600)
        let writes = try (0..<600).map { try c.submit(.file(.write(file, from: memory.region($0, 1), at: Int64($0)))) }
        let barrier = try c.submit(.control(.nop), isBarrier: true)
        let reads = try (0..<600).map { try c.submit(.file(.read(file, into: seen.region($0, 1), at: Int64($0)))) }
        let timers = try (0..<200).map { try c.submit(.time(.timer(c.now.advanced(byNanoseconds: Int64($0) * 10_000)))) }
        for completion in try c.complete(writes + reads) { try c.expect(completion, moves: 1, "a transfer of a burst") }
        for completion in try c.complete(timers + [barrier]) { try c.expect(completion, moves: 0) }
        try c.expectPattern(seen, 600, seed: 1)
    }

    private static func queueFull(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        let memory = c.buffer(16)
        let slots = c.limits.operations
        try c.expectEqual(slots, 16, "the operations that the backend was set up for")
        let receives = try (0..<slots).map { try c.submit(.stream(.receive(pair.first, into: memory.region($0, 1)))) }
        for _ in 0..<3 { try c.expectQueueFull(.control(.nop)) }
        try c.expectPending(receives[0])
        try c.expectQueueFull(.stream(.send(pair.second, from: memory.region)))
        c.cancel(receives[slots - 1])
        try c.expect(c.complete(receives[slots - 1]), failsWith: .cancelled, "a receive")
        let send = try c.submit(.stream(.send(pair.second, from: c.buffer(slots - 1).region)))
        for completion in try c.complete(Array(receives.dropLast())) { try c.expect(completion, moves: 1, "a receive") }
        try c.expect(c.complete(send), moves: slots - 1, "the send")
    }

    private static func interruptions(_ c: CaseContext) throws {
        try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
        let file = try c.file("f")
        let ends = try [StreamKind.pair, .pipe, .local].map { try c.ends($0) }
        let open = try c.submit(c.opening("p", .reading))
        let large = c.pattern(1 << 20, seed: 1)
        let seen = c.buffer(1 << 20)
        try Native.withInterruptions(everyMicroseconds: 1000) {
            for _ in 0..<4 {
                try c.succeed(.time(.timer(c.after(milliseconds: 15))))
                try c.expect(c.perform(.file(.write(file, from: large.region, at: 0))), moves: large.count, "a write")
                try c.succeed(.file(.synchronize(file)))
                try c.expect(c.perform(.file(.read(file, into: seen.region, at: 0))), moves: large.count, "a read")
                for end in ends {
                    let send = try c.submit(.stream(.send(end.sender, from: large.region)))
                    try c.expectEqual(c.receive(into: seen, from: end.receiver, piece: 8192), large.count, "the bytes that arrived")
                    try c.expect(c.complete(send), moves: large.count, "a send")
                    try c.expectPattern(seen, large.count, seed: 1)
                }
                try c.fails(.stream(.receive(ends[0].receiver, into: seen.region)), with: .timedOut, deadline: c.after(milliseconds: 15))
            }
            let start = c.now
            try c.expectEqual(c.reap(until: c.after(milliseconds: 50)), [], "the completions of a wait for nothing")
            try c.expect(c.now >= start.advanced(byNanoseconds: 50_000_000), "an interrupted wait goes on until its deadline")
            try c.expectPending(open)
            _ = try c.open("p", [.reading, .writing])
            try c.expect(c.complete(open).error == nil, "the open that waited for its peer succeeds")
        }
    }
}
