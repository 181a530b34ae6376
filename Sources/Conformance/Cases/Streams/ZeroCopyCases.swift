// Sends without copying.

import IOSpec

enum ZeroCopyCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "stream.zero-copy.flow", proves: "stream.zero-copy", "stream.full-send", title: "A long send arrives whole"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let count = kind.overwhelming
            let send = try c.submit(.stream(.sendZeroCopy(sender, from: c.pattern(count, seed: 1).region)))
            let incoming = c.buffer(count)
            try c.expectEqual(c.receive(into: incoming, from: receiver), count, "the bytes that arrived", clause: "stream.zero-copy")
            try c.expectPattern(incoming, count, seed: 1)
            try c.expect(c.complete(send), moves: count, "the send", clause: "stream.zero-copy")
        },
        ConformanceCase.family(
            "stream.zero-copy.overwritten", proves: "stream.zero-copy", "buffer.owned-until-completion",
            title: "Memory that is changed after the completion changes nothing that arrives"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let memory = c.buffer(8192)
            for round in UInt64(0)..<64 {
                memory.fill(pattern: round)
                let count = Int.random(in: 1...8192, using: &c.random)
                try c.expectEqual(
                    c.succeed(.stream(.sendZeroCopy(sender, from: memory.region(0, count)))), count, "the bytes of send \(round)",
                    clause: "stream.zero-copy")
                memory.fill(with: 0)
                try c.expectEqual(
                    c.receiveAll(count, from: receiver), Pattern.bytes(count, seed: round), "what arrived from memory that was changed",
                    clause: "stream.zero-copy")
            }
        },
        ConformanceCase.family(
            "stream.zero-copy.order", proves: "stream.zero-copy", "stream.order", title: "Sends with and without copying keep their order"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let sent = Pattern.bytes(6 * 1000, seed: 1)
            let memory = c.buffer(sent)
            let sends = try (0..<6).map { part in
                let region = memory.region(part * 1000, 1000)
                return try c.submit(.stream(part % 2 == 0 ? .sendZeroCopy(sender, from: region) : .send(sender, from: region)))
            }
            try c.expectEqual(c.receiveAll(sent.count, from: receiver), sent, "what arrived", clause: "stream.order")
            for completion in try c.complete(sends) { try c.expect(completion, moves: 1000, "a send") }
        },
        ConformanceCase.family(
            "stream.zero-copy.cancel", proves: "stream.zero-copy", "cancel.partial",
            title: "A send that was cancelled says how many bytes arrive"
        ) { c, kind in
            try cutShort(c, kind, deadline: .never, by: .cancelled) { c.cancel($0) }
        },
        ConformanceCase.family(
            "stream.zero-copy.deadline", proves: "stream.zero-copy", "time.deadline",
            title: "A send that timed out says how many bytes arrive"
        ) { c, kind in
            try cutShort(c, kind, deadline: c.after(milliseconds: 20), by: .timedOut) { _ in }
        },
        ConformanceCase.family(
            "stream.zero-copy.close", proves: "stream.zero-copy", "close.cancels",
            title: "A close does not wait for a peer that takes nothing"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let send = try stuckSend(c, kind, to: sender)
            try c.close(sender)
            try c.expect(c.isComplete(send), "the send completes before the close", clause: "close.cancels")
            try c.close(receiver)
        },
        ConformanceCase.family(
            "stream.zero-copy.shutdown", proves: "stream.zero-copy", "shutdown.terminal",
            title: "Shutting a backend down does not wait for a peer that takes nothing"
        ) { c, kind in
            let send = try stuckSend(c, kind, to: c.ends(kind).sender)
            c.shutDown()
            _ = try c.complete(send)
        },
        ConformanceCase.family(
            "stream.zero-copy.drop", proves: "stream.zero-copy", "shutdown.releases",
            title: "Dropping a backend does not wait for a peer that takes nothing"
        ) { c, kind in
            _ = try stuckSend(c, kind, to: c.ends(kind).sender)
            c.dropBackend()
        },
        ConformanceCase.family(
            "stream.zero-copy.broken", proves: "stream.zero-copy", "stream.broken-pipe", "stream.no-signal", over: [.local, .pair, .pipe]
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.close(receiver)
            try c.fails(.stream(.sendZeroCopy(sender, from: c.buffer(64).region)), with: .brokenPipe)
        },
        [
            ConformanceCase(
                "stream.zero-copy.refused", proves: "stream.zero-copy", "handle.wrong-kind", "handle.wrong-access", "stream.not-connected",
                requires: [.files, .pipes, .internetStreams]
            ) { c in
                let pair = try c.connectedPair()
                let memory = c.buffer(16)
                try c.fails(.stream(.sendZeroCopy(try c.file("f"), from: memory.region)), with: .wrongKind)
                try c.fails(.stream(.sendZeroCopy(try c.pipe().first, from: memory.region)), with: .wrongAccess)
                try c.fails(.stream(.sendZeroCopy(try c.stream(), from: memory.region)), with: .notConnected)
                try c.fails(.stream(.sendZeroCopy(pair.client, from: c.overlong(1 << 30 + 1, over: memory))), with: .invalidArgument)
                try c.expect(c.perform(.stream(.sendZeroCopy(pair.client, from: .empty))), moves: 0, "an empty send")
                try c.succeed(.stream(.shutDown(pair.client, .sending)))
                try c.fails(.stream(.sendZeroCopy(pair.client, from: memory.region)), with: .brokenPipe)
            }
        ])

    /// A send of more than the system keeps, which nobody receives; it is under way.
    private static func stuckSend(_ c: CaseContext, _ kind: StreamKind, to sender: Handle) throws -> OperationID {
        let send = try c.submit(.stream(.sendZeroCopy(sender, from: c.pattern(kind.overwhelming, seed: 1).region)))
        try c.expectPending(send)
        return send
    }

    /// A send that nobody receives is ended early; then the peer takes what has been moved, and only then must the send be over.
    private static func cutShort(
        _ c: CaseContext, _ kind: StreamKind, deadline: Instant, by cause: IOError.Cause, _ end: (OperationID) -> Void
    ) throws {
        let (sender, receiver) = try c.ends(kind)
        let count = kind.overwhelming
        let send = try c.submit(.stream(.sendZeroCopy(sender, from: c.pattern(count, seed: 1).region)), deadline: deadline)
        try c.expectPending(send, before: deadline == .never ? c.after(milliseconds: 20) : deadline)
        end(send)
        let incoming = c.buffer(count)
        var received = 0
        while received < (try moved(c, send) ?? count) {
            let id = try c.submit(.stream(.receive(receiver, into: incoming.region(received, min(65_536, count - received)))))
            try c.reap(until: "bytes or the end of the send") { try c.isComplete(id) || moved(c, send) == received }
            if !c.isComplete(id) { c.cancel(id) }
            let completion = try c.complete(id)
            if completion.error == nil { received += Int(completion.result) }
        }
        let completion = try c.complete(send)
        if completion.error != nil { try c.expect(completion, failsWith: cause, "a send that was cut short") }
        try c.expectPattern(incoming, received, seed: 1)
        try c.expectEqual(received, Int(max(0, completion.result)), "the bytes that arrived", clause: "stream.zero-copy")
        try c.close(sender)
        try c.expectEqual(c.receive(16, from: receiver), [], "what comes after them", clause: "stream.zero-copy")
    }

    /// What a send has moved; nil while it goes on.
    private static func moved(_ c: CaseContext, _ send: OperationID) throws -> Int? {
        c.isComplete(send) ? Int(max(0, try c.complete(send).result)) : nil
    }
}
