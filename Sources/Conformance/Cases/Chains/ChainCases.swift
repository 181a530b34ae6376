// Chains: operations that start only after the one before succeeded in full.

import IOSpec

enum ChainCases {
    static let all: [ConformanceCase] =
        [
            ConformanceCase("chain.order", proves: "chain.order", requires: .files) { c in
                let file = try c.file("f")
                let memory = c.buffer(4)
                let ids = try c.submit(chain: [
                    .file(.write(file, from: c.buffer([1, 2, 3, 4]).region, at: 0)), .file(.truncate(file, to: 2)),
                    .file(.synchronize(file)), .file(.read(file, into: memory.region(0, 2), at: 0)),
                    .file(.truncate(file, to: 4)), .file(.read(file, into: memory.region, at: 0)),
                ])
                for (completion, count) in zip(try c.complete(ids), [4, 0, 0, 2, 0, 4]) {
                    try c.expect(completion, moves: count, "a member")
                }
                try c.expectEqual(memory.bytes, [1, 2, 0, 0], "what the last member read")
                try c.expectEqual(c.completionOrder.suffix(6), ids[...], "the order of the completions")
            },
            ConformanceCase(
                "chain.order-waits", proves: "chain.order", title: "No member starts before the one before it is over",
                requires: [.localStreams, .pipes], body: waitsForReceive),
            ConformanceCase("chain.order-long", proves: "chain.order", requires: .files, timeLimit: 20) { c in
                let file = try c.file("f")
                let memory = c.buffer(Array(0..<200))
                let ids = try c.submit(chain: (0..<200).map { .file(.write(file, from: memory.region($0, 1), at: 0)) })
                for completion in try c.complete(ids) { try c.expect(completion, moves: 1, "a member") }
                try c.expectEqual(c.contents(of: file), [199], "what the last member left")
            },
            ConformanceCase("chain.breaks-at-each-position", proves: "chain.breaks", requires: .files, body: breaksEverywhere),
            ConformanceCase(
                "chain.breaks-short-read", proves: "chain.breaks", title: "A read across the end breaks its chain", requires: .files
            ) { c in
                let file = try c.file("f", contents: [1, 2, 3])
                for offset: Int64 in [1, 3, 100] {
                    let ids = try c.submit(chain: [
                        .file(.read(file, into: c.buffer(4).region, at: offset)), .file(.truncate(file, to: 0)), .control(.nop),
                    ])
                    let completions = try c.complete(ids)
                    try c.expect(completions[0], moves: offset == 1 ? 2 : 0, "a read across the end")
                    for completion in completions[1...] { try c.expect(completion, failsWith: .cancelled, "a member after a short count") }
                }
                try c.expectEqual(c.contents(of: file), [1, 2, 3], "the file")
            },
            ConformanceCase("chain.breaks-timed-out", proves: "chain.breaks", "time.deadline", requires: .localStreams) { c in
                let pair = try c.streamPair()
                let ids = try c.submit(chain: [
                    Submission(.stream(.receive(pair.first, into: c.buffer(4).region)), deadline: c.after(milliseconds: 10)),
                    Submission(.stream(.send(pair.first, from: c.buffer([1]).region))),
                ])
                let completions = try c.complete(ids)
                try c.expect(completions[0], failsWith: .timedOut, "the first member")
                try c.expect(completions[1], failsWith: .cancelled, "the second member")
                try c.expectPending(try c.submit(.stream(.receive(pair.second, into: c.buffer(4).region))))
            },
            ConformanceCase(
                "chain.breaks-invalid-last", proves: "chain.breaks", "completion.independent",
                title: "A member that is not valid harms none before it", requires: .files
            ) { c in
                let file = try c.file("f")
                let ids = try c.submit(chain: [
                    .file(.write(file, from: c.buffer([1]).region, at: 0)), .file(.write(file, from: c.buffer([2]).region, at: 1)),
                    .file(.write(.invalid, from: c.buffer([3]).region, at: 2)),
                ])
                let completions = try c.complete(ids)
                for completion in completions[0...1] { try c.expect(completion, moves: 1, "a member before the mistake") }
                try c.expect(completions[2], failsWith: .badHandle, "the member with the mistake")
                try c.expectEqual(c.contents(of: file), [1, 2], "the file")
            },
            ConformanceCase("chain.timer", proves: "chain.timer", "chain.order") { c in
                let instant = c.after(milliseconds: 30)
                let ids = try c.submit(chain: [
                    .control(.nop), .time(.timer(instant)), .control(.nop), .time(.timer(.distantPast)), .control(.nop),
                ])
                try c.expectPending(ids[2], ids[4], before: instant)
                for completion in try c.complete(ids) { try c.expect(completion, moves: 0, "a member") }
                try c.expect(c.now >= instant, "the chain is over after the timer in it")
                try c.expectEqual(c.completionOrder, ids, "the order of the completions")
            },
            ConformanceCase(
                "chain.whole", proves: "chain.whole", "completion.queue-full", configuration: .init(operations: 8), body: whole),
            ConformanceCase(
                "chain.whole-beyond-queues", proves: "chain.whole", "chain.order", title: "A chain longer than the kernel's queues",
                requires: .files, timeLimit: 20, configuration: .init(operations: 512, handles: 16, submissionQueue: 4, completionQueue: 8)
            ) { c in
                let file = try c.file("f")
                let memory = c.pattern(300, seed: 1)
                let ids = try c.submit(chain: (0..<300).map { .file(.write(file, from: memory.region($0, 1), at: Int64($0))) })
                for completion in try c.complete(ids) { try c.expect(completion, moves: 1, "a member") }
                try c.expectEqual(c.completionOrder.suffix(300), ids[...], "the order of the completions")
                try c.expectEqual(c.contents(of: file), memory.bytes, "the file")
            },
            ConformanceCase(
                "chain.whole-beyond-slots", proves: "chain.whole", title: "A chain longer than all slots is never accepted",
                configuration: .init(operations: 8)
            ) { c in
                try expectChainRefused(c, 9)
                let ids = try c.submit(chain: [Operation](repeating: .control(.nop), count: 8))
                for completion in try c.complete(ids) { try c.expect(completion, moves: 0, "a member") }
            },
            ConformanceCase(
                "chain.cancel-each-position", proves: "chain.cancel", "cancel.before-start", requires: .localStreams, body: cancelEverywhere
            ),
            ConformanceCase(
                "chain.cancel-running", proves: "chain.cancel", title: "Cancelling the member that runs cancels the rest",
                requires: .localStreams
            ) { c in
                let pair = try c.streamPair()
                let ids = try c.submit(chain: [
                    .control(.nop), .stream(.receive(pair.first, into: c.buffer(4).region)),
                    .stream(.send(pair.first, from: c.buffer([1]).region)), .control(.nop),
                ])
                try c.expect(c.complete(ids[0]), moves: 0, "the member before")
                try c.expectPending(ids[1], ids[2], ids[3])
                c.cancel(ids[1])
                for completion in try c.complete(Array(ids[1...])) { try c.expect(completion, failsWith: .cancelled, "a member") }
                try c.expectPending(try c.submit(.stream(.receive(pair.second, into: c.buffer(4).region))))
            },
            ConformanceCase("chain.independent", proves: "chain.independent", requires: .localStreams) { c in
                let pair = try c.streamPair()
                let blocked = try (0..<2).map { _ in try c.submit(chain: [.time(.timer(c.after(milliseconds: 600_000))), .control(.nop)]) }
                for _ in 0..<20 { try c.expect(c.perform(.control(.nop)), moves: 0, "what is in no chain") }
                let other = try c.submit(chain: [.control(.nop), .control(.nop), .time(.timer(c.after(milliseconds: 1)))])
                for completion in try c.complete(other) { try c.expect(completion, moves: 0, "a member of another chain") }
                try c.expectFlow(from: pair.first, to: pair.second)
                try c.expectPending(blocked[0][0], blocked[0][1], blocked[1][1])
            },
            ConformanceCase(
                "chain.then-close", proves: "chain.order", "close.ends-stream", title: "Send, then close", requires: .localStreams
            ) { c in
                let pair = try c.streamPair()
                let memory = c.pattern(1 << 20, seed: 1)
                let ids = try c.submit(chain: [.stream(.send(pair.first, from: memory.region)), .control(.close(pair.first))])
                try c.expectRest(1 << 20, seed: 1, from: pair.second)
                try c.expect(c.complete(ids[0]), moves: 1 << 20, "the send")
                try c.expect(c.complete(ids[1]), moves: 0, "the close after it")
            },
        ] + streamPlaces

    private static let streamPlaces: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "chain.keeps-place", proves: "stream.order", "chain.order",
            title: "A member has its place in the order of its stream from its submission on"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.buffer(8)
            let instant = c.after(milliseconds: 40)
            let chain = try c.submit(chain: [
                .time(.timer(instant)), .stream(.receive(receiver, into: memory.region(0, 4))),
            ])
            let later = try c.submit(.stream(.receive(receiver, into: memory.region(4, 4))))
            let sent = Pattern.bytes(8, seed: 1)
            try c.send(sent, to: sender)
            try c.expectPending(chain[1], later, before: instant)
            let first = try c.complete(chain[1]).get()
            let second = try c.complete(later).get()
            var received = memory.bytes(0, first) + memory.bytes(4, second)
            received += try c.receiveAll(8 - received.count, from: receiver)
            try c.expectEqual(received, sent, "the bytes in the order of submission")
        },
        ConformanceCase.family("chain.breaks-short-receive", proves: "chain.breaks", title: "A short receive breaks its chain") { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let ids = try c.submit(chain: [.stream(.receive(receiver, into: c.buffer(10).region)), .control(.nop), .control(.nop)])
            try c.expectPending(ids[0], ids[1])
            try c.send([1, 2, 3], to: sender)
            let completions = try c.complete(ids)
            try c.expect((1...3).contains(try completions[0].get()), "a receive of 10 with 3 there is short")
            for completion in completions[1...] { try c.expect(completion, failsWith: .cancelled, "a member after a short count") }
        })

    private static func waitsForReceive(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        let pipe = try c.pipe()
        let memory = c.buffer(8)
        let watching = try c.submit(.stream(.receive(pipe.first, into: memory.region(4, 4))))
        let ids = try c.submit(chain: [
            .stream(.receive(pair.first, into: memory.region(0, 4))), .stream(.send(pipe.second, from: memory.region(0, 4))),
        ])
        try c.expectPending(ids[0], ids[1], watching)
        try c.send([9, 8, 7, 6], to: pair.second)
        for completion in try c.complete(ids) { try c.expect(completion, moves: 4, "a member") }
        let moved = try c.complete(watching).get()
        try c.expectEqual(memory.bytes(4, moved), Array([9, 8, 7, 6].prefix(moved)), "what the second member sent")
    }

    private static func breaksEverywhere(_ c: CaseContext) throws {
        for position in 0..<5 {
            let file = try c.file("f\(position)")
            var chain: [Operation] = (0..<5).map { .file(.write(file, from: c.buffer([UInt8($0)]).region, at: Int64($0))) }
            chain[position] = .file(.read(file, into: c.buffer(4).region, at: -1))
            let completions = try c.complete(c.submit(chain: chain))
            for completion in completions[..<position] { try c.expect(completion, moves: 1, "a member before the error") }
            try c.expect(completions[position], failsWith: .invalidArgument, "member \(position)")
            for completion in completions[(position + 1)...] { try c.expect(completion, failsWith: .cancelled, "a member after the error") }
            try c.expectEqual(c.contents(of: file), (0..<UInt8(position)).map { $0 }, "the file")
        }
    }

    private static func expectChainRefused(_ c: CaseContext, _ count: Int) throws {
        let before = c.inFlight
        do {
            try c.submit(chain: [Operation](repeating: .control(.nop), count: count))
        } catch is SubmissionQueueFull {
            return try c.expectEqual(c.inFlight, before, "the operations in flight after a chain was refused", clause: "chain.whole")
        }
        throw CaseFailure(
            "a chain of \(count) must not be accepted with \(before) of \(c.limits.operations) slots taken", clause: "chain.whole")
    }

    private static func whole(_ c: CaseContext) throws {
        let timers = try (0..<5).map { _ in try c.submit(.time(.timer(c.after(milliseconds: 600_000)))) }
        try expectChainRefused(c, 4)
        try c.expectEqual(c.turn(), [], "the completions after a chain was refused")
        let ids = try c.submit(chain: [Operation](repeating: .control(.nop), count: 3))
        try expectChainRefused(c, 1)
        for completion in try c.complete(ids) { try c.expect(completion, moves: 0, "a member") }
        try c.expectPending(timers[0])
    }

    private static func cancelEverywhere(_ c: CaseContext) throws {
        for position in 0..<4 {
            let pair = try c.streamPair()
            let ids = try c.submit(chain: [
                .stream(.receive(pair.first, into: c.buffer(2).region)), .control(.nop),
                .stream(.send(pair.first, from: c.buffer([7]).region)), .control(.nop),
            ])
            try c.expectPending(ids[0], ids[3], milliseconds: 10)
            c.cancel(ids[position])
            for completion in try c.complete(Array(ids[position...])) { try c.expect(completion, failsWith: .cancelled, "a member") }
            if position > 0 { try c.expectPending(ids[0], milliseconds: 10) }
            try c.send([1, 2], to: pair.second)
            if position > 0 { try c.expect(c.complete(ids[0]), moves: 2, "the first member") }
            for completion in try c.complete(Array(ids[..<position].dropFirst())) {
                try c.expect(completion.error == nil, "those before go on")
            }
            let watching = try c.submit(.stream(.receive(pair.second, into: c.buffer(4).region)))
            if position <= 2 { try c.expectPending(watching, milliseconds: 10) }
            if position == 3 { try c.expect(c.complete(watching), moves: 1, "what the third member sent") }
        }
    }
}
