// Messages that wait: for room, for a message, and for being ended early.

import IOSpec

enum MessageWaitCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("message.cancel", proves: "cancel.prompt", "buffer.owned-until-completion", over: MessageKind.allCases) {
            c, kind in
            let (sender, receiver) = try c.ends(kind)
            let room = c.incoming()
            let receive = try c.submit(.message(.receive(receiver, room.region)))
            try c.expectPending(receive)
            c.cancel(receive)
            try c.expect(c.complete(receive), failsWith: .cancelled, "a receive that waits")
            try c.expectMessage(from: sender, to: receiver)
            try c.expectUntouched(room.bytes, "a cancelled receive")
        },
        ConformanceCase.family(
            "message.result-wins", proves: "cancel.result-wins", "message.whole", over: MessageKind.reliable,
            title: "A message that is there is received, although the receive is cancelled"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            for value in UInt8(0)..<20 {
                let room = c.incoming()
                let receive = try c.submit(.message(.receive(receiver, room.region)))
                try c.turn()
                try c.sendMessage([value], over: sender)
                c.cancel(receive)
                try c.expectEqual(c.received(room, c.complete(receive)).bytes, [value], "the message", clause: "cancel.result-wins")
            }
        },
        ConformanceCase.family("message.deadline", proves: "time.deadline", over: MessageKind.allCases) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.fails(.message(.receive(receiver, c.incoming().region)), with: .timedOut, deadline: c.after(milliseconds: 15))
            try c.sendMessage([8], over: sender)
            let room = c.incoming()
            let completion = try c.perform(.message(.receive(receiver, room.region)), deadline: c.after(milliseconds: 5000))
            try c.expectEqual(c.received(room, completion).bytes, [8], "a message before the deadline")
        },
        ConformanceCase.family("message.close", proves: "close.cancels", over: MessageKind.allCases) { c, kind in
            let (_, receiver) = try c.ends(kind)
            let receives = try (0..<2).map { _ in try c.submit(.message(.receive(receiver, c.incoming().region))) }
            try c.expectPending(receives[0])
            let close = try c.submit(.control(.close(receiver)))
            for completion in try c.complete(receives) { try c.expect(completion, failsWith: .cancelled, "a receive that waits") }
            try c.expect(c.complete(close), moves: 0, "the close")
            try c.fails(.message(.receive(receiver, c.incoming().region)), with: .badHandle)
        },
        ConformanceCase.family("message.shut-down", proves: "shutdown.terminal", over: MessageKind.allCases) { c, kind in
            let (_, receiver) = try c.ends(kind)
            let receive = try c.submit(.message(.receive(receiver, c.incoming().region)))
            try c.expectPending(receive)
            c.shutDown()
            try c.expect(c.complete(receive), failsWith: .cancelled, "a receive when the backend is shut down")
        },
        ConformanceCase.family("message.chain", proves: "chain.order", over: MessageKind.reliable) { c, kind in
            let (near, far) = try c.ends(kind)
            let room = c.incoming()
            let chain = try c.submit(chain: [
                .message(.send(near, c.outgoing([1]).region)), .message(.receive(far, room.region)), .control(.nop),
            ])
            for (index, completion) in try c.complete(chain).enumerated() {
                try c.expect(completion, moves: index == 2 ? 0 : 1, "member \(index) of the chain")
            }
            try c.expectEqual(room.bytes[0], 1, "the byte that came")
        },
        ConformanceCase.family(
            "message.room", proves: "message.room", over: MessageKind.reliable,
            title: "A message without room waits, and is sent when the others were received", timeLimit: 20
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try drain(c, c.fillMessages(4096, over: sender), from: receiver, size: 4096)
        },
        ConformanceCase.family(
            "message.room-cancelled", proves: "message.room", "cancel.prompt", over: MessageKind.reliable,
            title: "A message without room that is cancelled was not sent", timeLimit: 20
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let filled = try c.fillMessages(4096, over: sender)
            c.cancel(filled.waiting)
            try c.expect(c.complete(filled.waiting), failsWith: .cancelled, "a message without room")
            try expectExactly(c, filled.sent, from: receiver, size: 4096)
        },
        addressed)

    /// The same of datagrams that name their receiver: no readiness of the sender tells of the room there.
    private static let addressed: [ConformanceCase] = [
        ConformanceCase("message.room-addressed", proves: "message.room", requires: .localMessages, timeLimit: 20) { c in
            let receiver = try c.datagram(.local)
            let sender = try c.acquire(.datagram(.local, at: nil))
            try drain(c, c.fillMessages(over: sender, to: receiver.address), from: receiver.handle, size: 64)
        },
        ConformanceCase(
            "message.room-addressed-cancelled", proves: "message.room", "cancel.prompt", requires: .localMessages, timeLimit: 20
        ) {
            c in
            let receiver = try c.datagram(.local)
            let sender = try c.acquire(.datagram(.local, at: nil))
            let filled = try c.fillMessages(over: sender, to: receiver.address)
            c.cancel(filled.waiting)
            try c.expect(c.complete(filled.waiting), failsWith: .cancelled, "a datagram without room")
            try c.fails(
                .message(.send(sender, c.outgoing([1], to: receiver.address).region)), with: .timedOut, deadline: c.after(milliseconds: 30))
            try expectExactly(c, filled.sent, from: receiver.handle, size: 64)
        },
        ConformanceCase(
            "message.room-addressed-gone", proves: "message.room", title: "A datagram that waits for a receiver that goes is refused",
            requires: .localMessages, timeLimit: 20
        ) { c in
            let receiver = try c.datagram(.local)
            let sender = try c.acquire(.datagram(.local, at: nil))
            let filled = try c.fillMessages(over: sender, to: receiver.address)
            try c.close(receiver.handle)
            try c.expect(c.complete(filled.waiting), failsWith: .connectionRefused, "the datagram that waited")
        },
        ConformanceCase(
            "message.room-addressed-idle", proves: "message.room", title: "Waiting for a receiver's room keeps no processor busy",
            requires: .localMessages, timeLimit: 20
        ) { c in
            let receiver = try c.datagram(.local)
            let sender = try c.acquire(.datagram(.local, at: nil))
            let filled = try c.fillMessages(over: sender, to: receiver.address)
            try c.expectIdle(filled.waiting, what: "a datagram that waits for room", clause: "message.room")
            c.cancel(filled.waiting)
            _ = try c.complete(filled.waiting)
        },
        ConformanceCase(
            "message.room-many", proves: "message.room", "completion.bounded-progress",
            title: "Datagrams that wait for many receivers hold nothing else up",
            requires: [.localMessages, .files], timeLimit: 40
        ) { try manyWait($0) },
    ]

    private static func manyWait(_ c: CaseContext) throws {
        var waiting: [OperationID] = []
        for _ in 0..<12 {
            let receiver = try c.datagram(.local)
            let sender = try c.acquire(.datagram(.local, at: nil))
            waiting.append(try c.fillMessages(over: sender, to: receiver.address).waiting)
        }
        let file = try c.file("f", contents: [1, 2, 3])
        try c.succeed(.file(.synchronize(file)))
        try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents of a file, while datagrams wait")
        for id in waiting { try c.expect(!c.isComplete(id), "a datagram without room waits") }
        waiting.forEach(c.cancel)
        for completion in try c.complete(waiting) { try c.expect(completion, failsWith: .cancelled, "a datagram without room") }
    }

    private static func drain(_ c: CaseContext, _ filled: (waiting: OperationID, sent: Int), from receiver: Handle, size: Int) throws {
        for _ in 0..<filled.sent { try c.expectEqual(c.receiveMessage(size, from: receiver).bytes.count, size, "the bytes of a message") }
        try c.expect(c.complete(filled.waiting), moves: size, "the message that waited for room")
        try expectExactly(c, 1, from: receiver, size: size)
    }

    /// Checks that so many messages are there, and no more.
    private static func expectExactly(_ c: CaseContext, _ count: Int, from receiver: Handle, size: Int) throws {
        for _ in 0..<count { try c.expectEqual(c.receiveMessage(size, from: receiver).bytes.count, size, "the bytes of a message") }
        let none = try c.submit(.message(.receive(receiver, c.incoming(size).region)))
        try c.expectPending(none)
        c.cancel(none)
        try c.expect(c.complete(none), failsWith: .cancelled, "a receive when nothing is left")
    }
}
