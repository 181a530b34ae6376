// Waiting for readiness, once.

import IOSpec

enum ReadinessCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("readiness.receiving", proves: "readiness.once") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let watch = try c.watch(receiver, .receiving)
            try c.expectPending(watch)
            try c.send([1, 2, 3], to: sender)
            try c.expect(watch, tells: .receiving, "a \(kind) with bytes")
            try c.expect(receiver, .receiving, isReadyAs: .receiving, "a \(kind) with bytes that nobody took")
            try c.expectEqual(
                c.receiveAll(3, from: receiver), [1, 2, 3], "the bytes, which waiting leaves alone", clause: "readiness.once")
            let again = try c.watch(receiver, .receiving)
            try c.expectPending(again)
            try c.send([4], to: sender)
            try c.expect(again, tells: .receiving, "a \(kind) with bytes again")
        },
        ConformanceCase.family("readiness.sending", proves: "readiness.once", timeLimit: 20) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.expect(sender, .sending, isReadyAs: .sending, "a \(kind) with room")
            let send = try c.submit(.stream(.send(sender, from: c.buffer(kind.overwhelming).region)))
            try c.expectPending(send, milliseconds: 50)
            let watch = try c.watch(sender, .sending)
            // Over the internet protocol there may be room again before anybody receives.
            if kind != .internet { try c.expectPending(watch) }
            c.cancel(send)
            let moved = try c.complete(send).get()
            if kind != .internet { try c.expectPending(watch) }
            let memory = c.buffer(moved)
            try c.expectEqual(c.receive(into: memory, from: receiver), moved, "the bytes that were sent")
            try c.expect(watch, tells: .sending, "a \(kind) with room again")
        },
        ConformanceCase.family("readiness.only-asked", proves: "readiness.once", over: StreamKind.twoWay) { c, kind in
            let (first, second) = try c.ends(kind)
            try c.expect(first, [.receiving, .sending, .peerFinished], isReadyAs: .sending, "a \(kind) with room and without bytes")
            try c.send([1], to: second)
            try c.expect(first, .receiving, isReadyAs: .receiving, "a \(kind) with bytes")
            try c.expect(first, [.receiving, .sending], isReadyAs: [.receiving, .sending], "a \(kind) with bytes and room")
        },
        ConformanceCase.family("readiness.hang-up", proves: "readiness.unasked", over: StreamKind.immediate) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let watches = try [Readiness.receiving, []].map { try c.watch(receiver, $0) }
            try c.expectPending(watches[0], watches[1])
            try c.close(sender)
            for watch in watches {
                let told = Readiness(rawValue: UInt8(truncatingIfNeeded: try c.complete(watch).get()))
                try c.expect(
                    told.contains(.hangUp), "a \(kind) whose peer is gone has hung up (\(c.describe(told)))", clause: "readiness.unasked")
            }
            try c.expectEqual(c.receive(1, from: receiver), [], "what comes from a peer that is gone")
        },
        ConformanceCase.family("readiness.peer-closed", proves: "readiness.peer-finished", over: StreamKind.twoWay) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let watch = try c.watch(receiver, [.receiving, .peerFinished])
            try c.expectPending(watch)
            try c.close(sender)
            let told = Readiness(rawValue: UInt8(truncatingIfNeeded: try c.complete(watch).get()))
            try c.expect(
                told.isSuperset(of: [.receiving, .peerFinished]), "a \(kind) whose peer is gone tells its end (\(c.describe(told)))",
                clause: "readiness.peer-finished")
        },
        single)

    private static let single: [ConformanceCase] = [
        ConformanceCase(
            "readiness.broken-pipe", proves: "readiness.unasked", title: "A pipe that nobody reads has failed", requires: .pipes
        ) { c in
            let pipe = try c.pipe()
            let watch = try c.watch(pipe.second, [])
            try c.expectPending(watch)
            try c.close(pipe.first)
            try c.expect(watch, tells: .failed, "a pipe that nobody reads", clause: "readiness.unasked")
            try c.expect(
                pipe.second, .sending, isReadyAs: [.sending, .failed], "the same pipe, asked for sending", clause: "readiness.unasked")
        },
        ConformanceCase("readiness.peer-finished", proves: "readiness.peer-finished", requires: .localStreams) { c in
            let pair = try c.streamPair()
            let watch = try c.watch(pair.first, .peerFinished)
            try c.send([1], to: pair.second)
            try c.expectPending(watch)
            try c.succeed(.stream(.shutDown(pair.second, .sending)))
            try c.expect(watch, tells: .peerFinished, "a stream whose peer has finished", clause: "readiness.peer-finished")
            try c.expect(
                pair.first, .receiving, isReadyAs: .receiving, "the same stream, with bytes, for whoever did not ask",
                clause: "readiness.peer-finished")
        },
        ConformanceCase(
            "readiness.peer-finished-unasked", proves: "readiness.once", "readiness.multishot",
            title: "A peer that has finished wakes nobody who asked for something else", requires: .localStreams
        ) { c in
            let pair = try c.streamPair()
            let send = try c.submit(.stream(.send(pair.first, from: c.buffer(StreamKind.pair.overwhelming).region)))
            try c.reap(until: c.after(milliseconds: 50))
            c.cancel(send)
            let sent = try Int(c.complete(send).get())
            let once = try c.watch(pair.first, .sending)
            let lasting = try c.watchOn(pair.first, .sending)
            try c.succeed(.stream(.shutDown(pair.second, .sending)))
            let late = try c.watch(pair.first, .sending)
            let ended = try c.watch(pair.first, .sending)
            try c.expectIdle(once, lasting, late, ended, what: "waiting to send to a peer that has finished", clause: "readiness.once")
            try c.expectEqual(c.settledShots(of: lasting), 0, "what a lasting wait was told", clause: "readiness.multishot")
            c.cancel(ended)
            try c.expect(c.complete(ended), failsWith: .cancelled, "a wait that is ended")
            try c.succeed(.stream(.receiveExactly(pair.second, into: c.buffer(sent).region)))
            for watch in [once, late] { try c.expect(watch, tells: .sending, "a stream with room again") }
            _ = try c.expectShot(of: lasting, after: 0, "room again")
        },
        ConformanceCase("readiness.listener", proves: "readiness.once", requires: .internetStreams) { c in
            let listener = try c.listener()
            let watch = try c.watch(listener.handle, .receiving)
            try c.expectPending(watch)
            let client = try c.stream()
            let connect = try c.submit(.stream(.connect(client, to: c.address(listener.address))))
            try c.expect(watch, tells: .receiving, "a listener with a connection")
            try c.expect(c.complete(connect), moves: 0, "the connect")
            try c.expect(c.perform(.stream(.accept(listener.handle))).error == nil, "the connection is there to be accepted")
        },
        ConformanceCase(
            "readiness.unconnected", proves: "readiness.once",
            title: "What a stream that was never connected is ready for is left open", level: .may,
            requires: .internetStreams
        ) { c in
            let watch = try c.watch(c.stream(), [.receiving, .sending])
            try c.reap(until: c.after(milliseconds: 20))
            c.cancel(watch)
            let completion = try c.complete(watch)
            if completion.error != nil { return c.informational("it is not ready") }
            c.informational("it is ready as \(c.describe(Readiness(rawValue: UInt8(truncatingIfNeeded: completion.result))))")
        },
        ConformanceCase("readiness.files", proves: "readiness.files", requires: .files) { c in
            for handle in [try c.file("f"), try c.open("f", .reading), try c.directory] {
                try c.expect(handle, .receiving, isReadyAs: .receiving, "a file or directory")
                try c.expect(handle, [.receiving, .sending, .peerFinished], isReadyAs: [.receiving, .sending], "a file or directory")
                for asked in [[], .peerFinished] as [Readiness] {
                    try c.fails(.watch(.readiness(handle, asked)), with: .unsupported)
                    try c.fails(.watch(.readinessMultishot(handle, asked)), with: .unsupported)
                }
            }
        },
        ConformanceCase("readiness.many", proves: "readiness.many", requires: .localStreams, body: manyOfEachDirection),
        ConformanceCase(
            "readiness.many-come-and-go", proves: "readiness.many", "readiness.ends", kind: .stochastic(iterations: 200), requires: .pipes,
            timeLimit: 30, body: comingAndGoing),
        ConformanceCase("readiness.cancel", proves: "readiness.ends", "cancel.prompt", requires: [.pipes, .localStreams]) { c in
            for handle in [try c.pipe().first, try c.streamPair().first] {
                let watches = try [.receiving, .peerFinished, []].map { try c.watch(handle, $0) }
                try c.expectPending(watches[0])
                for watch in watches.reversed() {
                    c.cancel(watch)
                    try c.expect(c.complete(watch), failsWith: .cancelled, "a wait for readiness", clause: "readiness.ends")
                }
            }
        },
        ConformanceCase("readiness.cancel-ready", proves: "cancel.result-wins", requires: .pipes) { c in
            let pipe = try c.pipe()
            for _ in 0..<50 {
                let watch = try c.watch(pipe.first, .receiving)
                if Bool.random(using: &c.random) { try c.turn() }
                try c.send([1], to: pipe.second)
                c.cancel(watch)
                try c.expect(watch, tells: .receiving, "a wait that is cancelled when the pipe is ready", clause: "cancel.result-wins")
                try c.expectEqual(c.receive(1, from: pipe.first), [1], "the byte")
            }
        },
        ConformanceCase("readiness.deadline", proves: "readiness.ends", "time.deadline", requires: .pipes) { c in
            let pipe = try c.pipe()
            let watch = try c.watch(pipe.first, .receiving, deadline: c.after(milliseconds: 20))
            try c.expect(c.complete(watch), failsWith: .timedOut, "a wait for readiness past its deadline", clause: "readiness.ends")
            try c.send([1], to: pipe.second)
            try c.expect(
                c.watch(pipe.first, .receiving, deadline: .distantPast), tells: .receiving,
                "a pipe that is ready, although the deadline has passed")
        },
        ConformanceCase(
            "readiness.close", proves: "readiness.ends", "readiness.idle", "close.cancels",
            title: "Closing ends every wait, while what the handle refers to lives on",
            requires: [.pipes, .foreignHandles, .nativeSystem]
        ) { c in
            let pipe = try NativeDescriptor.pipe()
            let handle = try c.foreign(pipe.reader)
            let watches = try [c.watch(handle, .receiving), c.watchOn(handle, .receiving), c.watch(handle, .peerFinished)]
            try c.expectPending(watches[0], watches[1], watches[2])
            try c.close(handle)
            for watch in watches { try c.expect(c.complete(watch), failsWith: .cancelled, "a wait", clause: "close.cancels") }
            try pipe.writer.write([1])
            let timer = try c.submit(.time(.timer(.never)))
            try c.expectIdle(timer, what: "a backend whose closed handle has news", clause: "readiness.idle")
        },
        ConformanceCase("readiness.shut-down", proves: "shutdown.terminal", requires: .pipes) { c in
            let pipe = try c.pipe()
            let watches = try [c.watch(pipe.first, .receiving), c.watchOn(pipe.first, .receiving), c.watchOn(pipe.second, .sending)]
            try c.turn()
            c.shutDown()
            for watch in watches { try c.expect(c.complete(watch), failsWith: .cancelled, "a wait", clause: "shutdown.terminal") }
        },
        ConformanceCase("readiness.refused", proves: "handle.stale", "readiness.once", requires: .pipes) { c in
            let pipe = try c.pipe()
            try c.close(pipe.second)
            try c.fails(.watch(.readiness(pipe.second, .sending)), with: .badHandle)
            try c.fails(.watch(.readinessMultishot(pipe.second, .sending)), with: .badHandle)
            try c.fails(.watch(.readiness(pipe.first, [.receiving, .hangUp])), with: .invalidArgument)
            try c.fails(.watch(.readinessMultishot(pipe.first, .failed)), with: .invalidArgument)
        },
        ConformanceCase(
            "readiness.chain", proves: "readiness.once", "chain.order", title: "A receive that is chained to readiness finds the bytes",
            requires: .pipes
        ) { c in
            let pipe = try c.pipe()
            let memory = c.buffer(4)
            let chain = try c.submit(chain: [
                .watch(.readiness(pipe.first, .receiving)), .stream(.receive(pipe.first, into: memory.region)),
            ])
            try c.expectPending(chain[0], chain[1])
            try c.send([9], to: pipe.second)
            try c.expect(chain[0], tells: .receiving, "the pipe")
            try c.expect(c.complete(chain[1]), moves: 1, "the receive")
        },
    ]

    private static func manyOfEachDirection(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        let memory = c.buffer(8)
        let receive = try c.submit(.stream(.receive(pair.first, into: memory.region)))
        let large = c.pattern(StreamKind.pair.overwhelming, seed: 1)
        let send = try c.submit(.stream(.send(pair.first, from: large.region)))
        try c.expectPending(receive, send, milliseconds: 50)
        let receivers = try (0..<20).map { _ in try c.watch(pair.first, .peerFinished) }
        let senders = try (0..<20).map { _ in try c.watch(pair.first, .sending) }
        try c.expectPending(receivers[0], senders[0])
        try c.expectRestSent(large.count, seed: 1, from: pair.second)
        try c.expect(c.complete(send), moves: large.count, "the send beside the waits", clause: "readiness.many")
        for watch in senders { try c.expect(watch, tells: .sending, "a stream with room again", clause: "readiness.many") }
        try c.expectPending(receive, receivers[0], receivers[19])
        try c.send([5], to: pair.second)
        try c.expect(c.complete(receive), moves: 1, "the receive beside the waits", clause: "readiness.many")
        try c.succeed(.stream(.shutDown(pair.second, .sending)))
        for watch in receivers { try c.expect(watch, tells: .peerFinished, "a stream whose peer has finished", clause: "readiness.many") }
    }

    private static func comingAndGoing(_ c: CaseContext) throws {
        let pipe = try c.pipe()
        for round in 0..<c.iterations {
            let watches = try (0..<Int.random(in: 1...6, using: &c.random)).map { _ in try c.watch(pipe.first, .receiving) }
            if round % 2 == 0 { try c.turn() }
            let ended = watches.filter { _ in Bool.random(using: &c.random) }
            for watch in ended.shuffled(using: &c.random) { c.cancel(watch) }
            for watch in ended {
                try c.expect(c.complete(watch), failsWith: .cancelled, "a wait of round \(round) that was ended", clause: "readiness.ends")
            }
            try c.send([1], to: pipe.second)
            for watch in watches where !ended.contains(watch) {
                try c.expect(watch, tells: .receiving, "the pipe of round \(round)", clause: "readiness.many")
            }
            try c.expectEqual(c.receive(1, from: pipe.first), [1], "the byte of round \(round)")
        }
    }
}

extension CaseContext {
    /// Receives `count` bytes of the pattern `seed`, and leaves the stream open.
    func expectRestSent(_ count: Int, seed: UInt64, from handle: Handle) throws {
        let memory = buffer(count)
        try expectEqual(receive(into: memory, from: handle), count, "the bytes that arrived")
        try expectPattern(memory, count, seed: seed)
        release(memory)
    }
}
