// Waiting for readiness again and again.

import IOSpec

enum ReadinessMultishotCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("readiness.multishot", proves: "readiness.multishot", timeLimit: 20) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let watch = try c.watchOn(receiver, .receiving)
            try c.expectPending(watch)
            var seen = 0
            for round in 0..<6 {
                try c.expectEqual(c.shots(of: watch).count, seen, "what was told before round \(round)", clause: "readiness.multishot")
                try c.send([UInt8(round), 2], to: sender)
                let told = try c.expectShot(of: watch, after: seen, "that the \(kind) is ready")
                try c.expectEqual(told, .receiving, "what was told in round \(round)")
                try c.expectEqual(c.receiveAll(2, from: receiver), [UInt8(round), 2], "the bytes of round \(round)")
                seen = try c.settledShots(of: watch)
            }
            c.cancel(watch)
            try c.expect(c.complete(watch), failsWith: .cancelled, "the wait")
        },
        ConformanceCase.family("readiness.multishot-ready", proves: "readiness.multishot", "readiness.idle") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.send([1], to: sender)
            try c.expect(receiver, .receiving, isReadyAs: .receiving, "a \(kind) with bytes")
            let watches = try (0..<3).map { _ in try c.watchOn(receiver, .receiving) }
            for watch in watches { _ = try c.expectShot(of: watch, after: 0, "that the \(kind) was ready all along") }
            let seen = try watches.map { try c.settledShots(of: $0) }
            try c.expectIdle(watches[0], what: "waiting for a \(kind) that stays ready", clause: "readiness.idle")
            for (watch, count) in zip(watches, seen) {
                try c.expectEqual(
                    c.shots(of: watch).count, count, "how often a \(kind) is told to be ready that stays so and to which nothing happens",
                    clause: "readiness.multishot")
            }
        },
        ConformanceCase.family("readiness.multishot-sending", proves: "readiness.multishot", timeLimit: 20) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let watch = try c.watchOn(sender, .sending)
            try c.expectEqual(c.expectShot(of: watch, after: 0, "that there is room"), .sending, "what was told")
            for _ in 0..<2 {
                let (moved, seen) = try fill(c, sender, kind, watchedBy: watch)
                try c.expectEqual(c.receive(into: c.buffer(moved), from: receiver), moved, "the bytes that were sent")
                let told = try c.expectShot(of: watch, after: seen, "that there is room again")
                try c.expectEqual(told, .sending, "what was told")
                _ = try c.settledShots(of: watch)
            }
        },
        single)

    private static let single: [ConformanceCase] = [
        ConformanceCase(
            "readiness.multishot-unreaped", proves: "readiness.not-lost", title: "A thousand changes that nobody reaps do not end the wait",
            requires: [.pipes, .foreignHandles, .nativeSystem], timeLimit: 30,
            configuration: BackendConfiguration(operations: 64, handles: 64, submissionQueue: 8, completionQueue: 16),
            body: unreaped),
        ConformanceCase(
            "readiness.multishot-crowded", proves: "readiness.multishot", "readiness.idle",
            title: "More waits than fit into the queues come to rest on what stays ready", requires: .pipes,
            configuration: BackendConfiguration(operations: 64, handles: 64, submissionQueue: 1, completionQueue: 2), body: crowded),
        ConformanceCase("readiness.multishot-hang-up", proves: "readiness.unasked", "readiness.idle", requires: [.pipes, .localStreams]) {
            c in
            for (near, far) in [try c.pipe(), try c.streamPair()].map({ ($0.first, $0.second) }) {
                let watch = try c.watchOn(near, .receiving)
                try c.expectPending(watch)
                try c.close(far)
                let told = try c.expectShot(of: watch, after: 0, "that the peer is gone")
                try c.expect(told.contains(.hangUp), "the hang-up is told (\(c.describe(told)))", clause: "readiness.unasked")
                let seen = try c.settledShots(of: watch)
                try c.expectIdle(watch, what: "waiting for what has hung up", clause: "readiness.idle")
                try c.expectEqual(c.shots(of: watch).count, seen, "how often a hang-up is told", clause: "readiness.idle")
            }
        },
        ConformanceCase("readiness.multishot-files", proves: "readiness.files", "readiness.idle", requires: .files) { c in
            for handle in [try c.file("f"), try c.directory] {
                let watch = try c.watchOn(handle, .receiving)
                try c.expectEqual(c.expectShot(of: watch, after: 0, "that a file is ready"), .receiving, "what was told")
                try c.expectIdle(watch, what: "waiting for a file", clause: "readiness.idle")
                try c.expectEqual(c.shots(of: watch).count, 1, "how often a file is told to be ready", clause: "readiness.files")
                c.cancel(watch)
                try c.expect(c.complete(watch), failsWith: .cancelled, "the wait for a file")
            }
        },
        ConformanceCase(
            "readiness.multishot-told-first", proves: "readiness.ends", "readiness.multishot",
            title: "A wait that is cancelled at once is told what was ready when it began", requires: [.pipes, .files]
        ) { c in
            let pipe = try c.pipe()
            try c.send([1], to: pipe.second)
            // The second time round, what the kernel has to tell of the handle was told before.
            for (handle, what) in try [(pipe.first, "a pipe"), (pipe.first, "the pipe again"), (c.file("f"), "a file")] {
                let watch = try c.watchOn(handle, .receiving)
                c.cancel(watch)
                try c.expect(c.complete(watch), failsWith: .cancelled, "a wait for \(what)", clause: "readiness.ends")
                try c.expectEqual(
                    c.shots(of: watch).map(\.result), [Int32(Readiness.receiving.rawValue)], "what was told of \(what) before the end",
                    clause: "readiness.ends")
                _ = try c.expectShot(of: c.watchOn(handle, .receiving), after: 0, "that \(what) is ready")
            }
        },
        ConformanceCase("readiness.multishot-deadline", proves: "readiness.ends", "time.deadline", requires: .pipes) { c in
            let pipe = try c.pipe()
            let watch = try c.submit(.watch(.readinessMultishot(pipe.first, .receiving)), deadline: c.after(milliseconds: 40))
            try c.send([1], to: pipe.second)
            try c.expect(c.complete(watch), failsWith: .timedOut, "a wait past its deadline", clause: "readiness.ends")
        },
        ConformanceCase(
            "readiness.multishot-cancelled", proves: "readiness.ends", title: "Waits that end while they are told",
            kind: .stochastic(iterations: 200),
            requires: .pipes, timeLimit: 30
        ) { c in
            let pipe = try c.pipe()
            let last = try c.watchOn(pipe.first, .receiving)
            for round in 0..<c.iterations {
                let watches = try (0..<4).map { _ in try c.watchOn(pipe.first, .receiving) }
                if round % 2 == 0 { try c.turn() }
                let seen = c.shots(of: last).count
                try c.send([1], to: pipe.second)
                if round % 3 == 0 { try c.turn() }
                for watch in watches.shuffled(using: &c.random) { c.cancel(watch) }
                for watch in watches {
                    try c.expect(c.complete(watch), failsWith: .cancelled, "a wait of round \(round)", clause: "readiness.ends")
                }
                _ = try c.expectShot(of: last, after: seen, "the byte of round \(round)")
                try c.expectEqual(c.receive(1, from: pipe.first), [1], "the byte of round \(round)")
                try c.turn()
            }
        },
    ]

    /// Sends until there is no room, over the internet protocol perhaps more than once; the bytes that went, and how much `watch` had told before there was none.
    private static func fill(_ c: CaseContext, _ sender: Handle, _ kind: StreamKind, watchedBy watch: OperationID) throws -> (
        moved: Int, seen: Int
    ) {
        var moved = 0
        while true {
            let send = try c.submit(.stream(.send(sender, from: c.buffer(kind.overwhelming).region)))
            try c.reap(until: c.after(milliseconds: 50))
            c.cancel(send)
            let sent = try c.complete(send)
            if sent.error == nil { moved += Int(sent.result) } else { try c.expect(sent, failsWith: .cancelled, "a send without room") }
            let seen = try c.settledShots(of: watch)
            let room = try c.watch(sender, .sending)
            c.cancel(room)
            if try c.complete(room).error != nil { return (moved, seen) }
        }
    }

    private static func crowded(_ c: CaseContext) throws {
        let pipes = try (0..<4).map { _ in try c.pipe() }
        let watches = try pipes.flatMap { pipe in try (0..<4).map { _ in try c.watchOn(pipe.first, .receiving) } }
        for pipe in pipes { try c.send([1], to: pipe.second) }
        for watch in watches { _ = try c.expectShot(of: watch, after: 0, "that a pipe is ready") }
        var seen: [Int] = []
        // That a wait changes its mechanism may be told once more, and on a busy machine late.
        for _ in 0..<10 where seen != watches.map({ c.shots(of: $0).count }) {
            seen = watches.map { c.shots(of: $0).count }
            try c.expectPending(watches[0], milliseconds: 60)
        }
        try c.expectEqual(
            watches.map { c.shots(of: $0).count }, seen, "how often pipes are told to be ready to which nothing happens",
            clause: "readiness.multishot")
        try c.expectIdle(watches[0], what: "waiting for pipes that stay ready", clause: "readiness.idle")
    }

    private static func unreaped(_ c: CaseContext) throws {
        let pipe = try c.pipe()
        let watch = try c.watchOn(pipe.first, .receiving)
        let helper = try NativeDescriptor.pipe()
        let foreign = try c.foreign(helper.reader)
        let other = try c.watchOn(foreign, .receiving)
        try c.turn()
        for _ in 0..<1000 {
            try helper.writer.write([1])
            try helper.reader.read(1)
        }
        try helper.writer.write([1])
        _ = try c.expectShot(of: other, after: 0, "what a thousand changes have come to")
        for round in 0..<4 {
            let seen = try (c.settledShots(of: watch), c.settledShots(of: other))
            try helper.reader.read(1)
            try helper.writer.write([1])
            try c.send([1], to: pipe.second)
            _ = try c.expectShot(of: other, after: seen.1, "change \(round) after the thousand")
            _ = try c.expectShot(of: watch, after: seen.0, "change \(round) of another pipe")
            try c.expectEqual(c.receive(1, from: pipe.first), [1], "the byte")
        }
    }
}
