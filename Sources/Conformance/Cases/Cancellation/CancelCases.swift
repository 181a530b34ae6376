// Asking operations to end early.

import IOSpec

enum CancelCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("cancel.receive", proves: "cancel.prompt", "cancel.request", "buffer.owned-until-completion") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.buffer(8)
            let receive = try c.submit(.stream(.receive(receiver, into: memory.region)))
            try c.expectPending(receive)
            c.cancel(receive)
            try c.expect(c.complete(receive), failsWith: .cancelled, "a pending receive")
            try c.expectFlow(from: sender, to: receiver)
            try c.expectUntouched(memory, "a cancelled receive")
        },
        ConformanceCase.family(
            "cancel.result-wins", proves: "cancel.result-wins", title: "A receive that can complete does, although it is cancelled at once"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            for _ in 0..<20 {
                try c.send([1, 2, 3, 4], to: sender)
                try c.expectEqual(c.receive(1, from: receiver), [1], "the first byte, which shows that the others are there")
                let memory = c.buffer(3)
                let receive = try c.submit(.stream(.receive(receiver, into: memory.region)))
                c.cancel(receive)
                try c.expect(c.complete(receive), moves: 3, "a receive with bytes there", clause: "cancel.result-wins")
                try c.expectEqual(memory.bytes, [2, 3, 4], "the bytes")
            }
        },
        ConformanceCase.family(
            "cancel.result-wins-late", proves: "cancel.result-wins", over: StreamKind.immediate,
            title: "A receive that waited, and can complete when it is cancelled, does", body: lateResult),
        ConformanceCase.family("cancel.result-wins-send", proves: "cancel.result-wins") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let send = try c.submit(.stream(.send(sender, from: c.buffer([5, 6, 7]).region)))
            c.cancel(send)
            try c.expect(c.complete(send), moves: 3, "a send with room")
            try c.expectEqual(c.receiveAll(3, from: receiver), [5, 6, 7], "the bytes")
        },
        ConformanceCase.family(
            "cancel.partial", proves: "cancel.partial", "cancel.prompt", "stream.conservation",
            title: "A send that is cancelled half-way says what it moved", timeLimit: 30
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.pattern(kind.overwhelming, seed: 3)
            let send = try c.submit(.stream(.send(sender, from: memory.region)))
            try c.expectPending(send, milliseconds: 50)
            c.cancel(send)
            let moved = try c.complete(send).get()
            try c.expect(moved > 0 && moved < memory.count, "a send that was cut short says how much it moved (it says \(moved))")
            try c.close(sender)
            try c.expectRest(moved, seed: 3, from: receiver)
        },
        ConformanceCase.family(
            "cancel.before-start", proves: "cancel.before-start", "stream.order", title: "A queued send that is cancelled sends nothing",
            timeLimit: 20, body: queuedSend),
        ConformanceCase.family("cancel.accept", proves: "cancel.prompt", at: SocketAddress.Family.allCases) { c, family in
            let listener = try c.listener(family)
            let accepts = try (0..<3).map { _ in try c.submit(.stream(.accept(listener.handle))) }
            try c.expectPending(accepts[0])
            for accept in [accepts[1], accepts[0]] {
                c.cancel(accept)
                try c.expect(c.complete(accept), failsWith: .cancelled, "a pending accept")
            }
            let client = try c.stream(family)
            try c.succeed(.stream(.connect(client, to: c.address(listener.address))))
            try c.expectFlow(from: client, to: c.handle(of: c.complete(accepts[2])))
        },
        single)

    private static let single: [ConformanceCase] = [
        ConformanceCase("cancel.result-wins-accept", proves: "cancel.result-wins", requires: .localStreams) { c in
            let listener = try c.listener(.local)
            let client = try c.stream(.local)
            try c.succeed(.stream(.connect(client, to: c.address(listener.address))))
            let accept = try c.submit(.stream(.accept(listener.handle)))
            c.cancel(accept)
            try c.expectFlow(from: client, to: c.handle(of: c.complete(accept)))
        },
        ConformanceCase(
            "cancel.result-wins-named-pipe", proves: "cancel.result-wins",
            title: "A receive from a named pipe that waited, and can complete when it is cancelled, does",
            requires: .namedPipes
        ) { c in
            let stream = try PeeredStream(c, .pipe)
            defer { stream.peer.close() }
            for round in UInt8(0)..<20 {
                let memory = c.buffer(4)
                let receive = try c.submit(.stream(.receive(stream.receiver, into: memory.region)))
                try c.turn()
                try stream.peer.send([round])
                c.cancel(receive)
                try c.expect(c.complete(receive), moves: 1, "a receive whose byte is there", clause: "cancel.result-wins")
                try c.expectEqual(memory[0], round, "the byte")
            }
        },
        ConformanceCase("cancel.result-wins-nop", proves: "cancel.result-wins") { c in
            let nop = try c.submit(.control(.nop))
            c.cancel(nop)
            try c.expect(c.complete(nop), moves: 0, "an operation that never waits")
        },
        ConformanceCase("cancel.result-wins-timer", proves: "cancel.result-wins", title: "A timer whose instant has passed fires") { c in
            for instant in [c.now, c.after(milliseconds: -5), .distantPast] {
                let timer = try c.submit(.time(.timer(instant)))
                c.cancel(timer)
                try c.expect(c.complete(timer), moves: 0, "a timer in the past")
            }
        },
        ConformanceCase("cancel.timer", proves: "cancel.prompt", "cancel.request", "cancel.harmless") { c in
            let timers = try (0..<9).map { try c.submit(.time(.timer(c.after(milliseconds: 600_000 + Int64($0))))) }
            try c.expectPending(timers[0])
            for index in [4, 0, 8] {
                c.cancel(timers[index])
                try c.expect(c.complete(timers[index]), failsWith: .cancelled, "a pending timer")
            }
            try c.expectPending(timers[1], timers[5])
        },
        ConformanceCase(
            "cancel.named-pipe-open", proves: "cancel.prompt", "path.named-pipe-cancel", requires: .namedPipes
        ) { c in
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            let open = try c.submit(c.opening("p", .reading))
            try c.expectPending(open)
            c.cancel(open)
            try c.expect(c.complete(open), failsWith: .cancelled, "an open that waits for its peer")
        },
        ConformanceCase("cancel.unknown", proves: "cancel.harmless", requires: .localStreams, body: unknown),
        ConformanceCase("cancel.repeated", proves: "cancel.harmless", "cancel.request", requires: .localStreams) { c in
            let pair = try c.streamPair()
            let memory = c.buffer(16)
            let receives = try (0..<2).map { try c.submit(.stream(.receive(pair.first, into: memory.region($0 * 8, 8)))) }
            try c.expectPending(receives[0], receives[1])
            for _ in 0..<5 { c.cancel(receives[0]) }
            try c.expect(c.complete(receives[0]), failsWith: .cancelled, "a pending receive that was cancelled five times")
            for _ in 0..<5 { c.cancel(receives[0]) }
            try c.expectPending(receives[1])
            try c.send([1], to: pair.second)
            try c.expect(c.complete(receives[1]), moves: 1, "the receive that was not cancelled")
        },
        ConformanceCase(
            "cancel.stale", proves: "cancel.harmless", "completion.identity",
            title: "An identity that is over never reaches a later operation in the same slot", requires: .localStreams, timeLimit: 30,
            configuration: .init(operations: 4, handles: 16), body: stale),
        ConformanceCase(
            "cancel.every-second", proves: "cancel.prompt", "cancel.harmless", requires: .localStreams, needs: [.manyDescriptors],
            timeLimit: 20
        ) { c in
            let pairs = try (0..<100).map { _ in try c.streamPair() }
            let memory = c.buffer(100)
            let receives = try pairs.enumerated().map { try c.submit(.stream(.receive($1.first, into: memory.region($0, 1)))) }
            try c.turn()
            for index in stride(from: 0, to: 100, by: 2) { c.cancel(receives[index]) }
            for pair in pairs { try c.submit(.stream(.send(pair.second, from: c.buffer([1]).region))) }
            for (index, completion) in try c.complete(receives).enumerated() {
                if index % 2 == 1 || completion.error == nil { try c.expect(completion, moves: 1, "receive \(index)") }
                if completion.error != nil { try c.expect(completion, failsWith: .cancelled, "receive \(index)") }
            }
        },
        ConformanceCase(
            "cancel.race-timer", proves: "cancel.race", "time.never-early", kind: .stochastic(iterations: 500), timeLimit: 20
        ) { c in
            for _ in 0..<c.iterations {
                let instant = c.now.advanced(byNanoseconds: Int64.random(in: 0...60_000, using: &c.random))
                let timer = try c.submit(.time(.timer(instant)))
                if Bool.random(using: &c.random) { try c.turn() }
                c.spin(upTo: 200)
                c.cancel(timer)
                let completion = try c.complete(timer)
                if completion.error == nil {
                    try c.expect(c.now >= instant, "a timer that fired has reached its instant", clause: "time.never-early")
                } else {
                    try c.expect(completion, failsWith: .cancelled, "a timer that lost the race")
                }
            }
        },
        ConformanceCase(
            "cancel.race-file", proves: "cancel.race", title: "A read that is cancelled gives all its bytes, or none",
            kind: .stochastic(iterations: 100),
            requires: .files, timeLimit: 30, body: fileRaces),
    ]

    private static func lateResult(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        for round in 0..<20 {
            let memory = c.buffer(4)
            let receive = try c.submit(.stream(.receive(receiver, into: memory.region)))
            try c.turn()
            let send = try c.submit(.stream(.send(sender, from: c.buffer([UInt8(round)]).region)))
            // Reaping one completion at a time leaves the receive's in the backend, or its bytes in the stream.
            while !c.isComplete(send), !c.isComplete(receive) { try c.reap(until: c.after(milliseconds: 20), capacity: 1) }
            c.cancel(receive)
            _ = try c.complete(send)
            try c.expect(c.complete(receive), moves: 1, "a receive whose byte is there", clause: "cancel.result-wins")
            try c.expectEqual(memory[0], UInt8(round), "the byte")
        }
    }

    private static func queuedSend(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let memory = c.pattern(kind.overwhelming + 3, seed: 3)
        let rival = c.buffer(50_000, filledWith: 0)
        let first = try c.submit(.stream(.send(sender, from: memory.region(0, kind.overwhelming))))
        let second = try c.submit(.stream(.send(sender, from: rival.region)))
        let third = try c.submit(.stream(.send(sender, from: memory.region(kind.overwhelming, 3))))
        try c.expectPending(first, second, third)
        c.cancel(second)
        try c.expect(c.complete(second), failsWith: .cancelled, "a send that waits behind another")
        let incoming = c.buffer(memory.count)
        try c.expectEqual(c.receive(into: incoming, from: receiver, piece: 1 << 20), memory.count, "the bytes that arrived")
        try c.expectPattern(incoming, memory.count, seed: 3)
        try c.expect(c.complete(first), moves: kind.overwhelming, "the send before it")
        try c.expect(c.complete(third), moves: 3, "the send after it")
    }

    private static func unknown(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        let finished = try c.submit(.control(.nop))
        _ = try c.complete(finished)
        let receive = try c.submit(.stream(.receive(pair.first, into: c.buffer(8).region)))
        let timer = try c.submit(.time(.timer(c.after(milliseconds: 600_000))))
        try c.expectPending(receive, timer)
        c.cancel(finished)
        for slot in [receive.slot, timer.slot, 0, 77, 511, 512, 0xf_ffff] {
            for generation in [0, 1 << 20, receive.generation + 1, receive.generation + 2048, timer.generation + 2048, 1 << 43] {
                c.cancel(OperationID(slot: slot, generation: UInt64(generation)))
            }
        }
        try c.expectPending(receive, timer)
        try c.send([1], to: pair.second)
        try c.expect(c.complete(receive), moves: 1, "a receive beside which unknown identities were cancelled")
    }

    private static func stale(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        var old: [OperationID] = []
        for _ in 0..<2_500 {
            let nops = try (0..<4).map { _ in try c.submit(.control(.nop)) }
            _ = try c.complete(nops)
            old += nops
        }
        let memory = c.buffer(8)
        let receives = try (0..<2).map { try c.submit(.stream(.receive(pair.first, into: memory.region($0 * 4, 4)))) }
        let timer = try c.submit(.time(.timer(c.after(milliseconds: 600_000))))
        for id in old { c.cancel(id) }
        try c.expectPending(receives[0], receives[1], timer)
        try c.send([1, 2, 3, 4], to: pair.second)
        try c.expect(c.complete(receives[0]), moves: 4, "the receive")
    }

    private static func fileRaces(_ c: CaseContext) throws {
        let contents = Pattern.bytes(65_536, seed: 1)
        let file = try c.file("f", contents: contents)
        let memory = c.buffer(65_536)
        for _ in 0..<c.iterations {
            memory.fill(with: 0xA5)
            let read = try c.submit(.file(.read(file, into: memory.region, at: 0)))
            if Bool.random(using: &c.random) { try c.turn() }
            c.spin(upTo: 100)
            c.cancel(read)
            let completion = try c.complete(read)
            if completion.error != nil {
                try c.expect(completion, failsWith: .cancelled, "a read that lost the race")
                try c.turn()
                try c.expectUntouched(memory, "a read that was cancelled")
            } else {
                try c.expect(completion, moves: contents.count, "a read that won the race")
                try c.expectEqual(memory.bytes, contents, "what was read")
            }
        }
    }
}
