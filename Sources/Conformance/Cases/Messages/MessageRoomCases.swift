// Datagrams whose receiver has had no room: what becomes of them and of what they pass, once it has.

import IOSpec

enum MessageRoomCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "message.room-addressed-result-wins", proves: "cancel.result-wins", "message.room",
            title: "A datagram that has room by now is sent, although it is cancelled", requires: .localMessages, timeLimit: 30
        ) { c in
            try c.withAnotherBackend { other in
                let receiver = try other.datagram(.local)
                let sender = try c.acquire(.datagram(.local, at: nil))
                for round in 0..<5 {
                    let filled = try c.fillMessages(over: sender, to: receiver.address)
                    try receiveAll(other, filled.sent, from: receiver.handle)
                    c.cancel(filled.waiting)
                    try c.expect(c.complete(filled.waiting), moves: 64, "datagram \(round) that has room", clause: "cancel.result-wins")
                    try receiveAll(other, 1, from: receiver.handle)
                }
            }
        },
        ConformanceCase(
            "message.room-addressed-before-deadline", proves: "time.result-wins", "message.room",
            title: "A datagram that had room before its deadline is sent, although nobody looked", requires: .localMessages, timeLimit: 30
        ) { c in
            try c.withAnotherBackend { other in
                let receiver = try other.datagram(.local)
                let sender = try c.acquire(.datagram(.local, at: nil))
                let filled = try c.fillMessages(over: sender, to: receiver.address)
                c.cancel(filled.waiting)
                try c.expect(c.complete(filled.waiting), failsWith: .cancelled, "a datagram without room")
                let deadline = c.after(milliseconds: 400)
                let late = try c.submit(.message(.send(sender, c.outgoing([7], to: receiver.address).region)), deadline: deadline)
                try c.turn()
                try receiveAll(other, filled.sent, from: receiver.handle)
                // Nobody drives the backend from before its deadline until after it.
                let isLate = c.now >= deadline
                try other.succeed(.time(.timer(deadline.advanced(byNanoseconds: 20_000_000))))
                let completion = try c.complete(late)
                if isLate { return c.informational("the machine was too busy to receive before the deadline") }
                try c.expect(completion, moves: 1, "a datagram that had room before its deadline", clause: "time.result-wins")
                try c.expectEqual(other.receiveMessage(from: receiver.handle).bytes, [7], "what arrived")
            }
        },
        ConformanceCase(
            "message.room-addressed-handles", proves: "message.handles",
            title: "A datagram that waits for room passes what its handle was when it was submitted",
            requires: [.passesHandles, .localMessages, .files], timeLimit: 30
        ) { c in
            let receiver = try c.datagram(.local)
            let filled = try c.fillMessages(over: c.acquire(.datagram(.local, at: nil)), to: receiver.address)
            let send = try passing(c, try c.file("passed", contents: [1, 2, 3]), to: receiver.address)
            for index in 0..<8 { _ = try c.file("taker\(index)", contents: [9, 9]) }
            for _ in 0..<filled.sent { _ = try c.receiveMessage(from: receiver.handle) }
            // The two that waited come in any order.
            let last = try (0..<2).map { _ in try c.receiveMessage(handles: 1, from: receiver.handle) }
            try c.expect(c.complete(send), moves: 1, "the datagram whose handle was closed while it waited")
            try c.expect(c.complete(filled.waiting), moves: 64, "the other datagram that waited")
            guard let came = last.flatMap(\.handles).first else { throw CaseFailure("a handle that was passed must come") }
            try c.expectEqual(c.contents(of: came), [1, 2, 3], "the contents of what came")
        },
        ConformanceCase(
            "message.room-addressed-handles-cancelled", proves: "message.handles-closed",
            title: "Nothing stays open of what a cancelled datagram would have passed",
            requires: [.passesHandles, .localMessages, .pipes], timeLimit: 30
        ) { c in
            let receiver = try c.datagram(.local)
            _ = try c.fillMessages(over: c.acquire(.datagram(.local, at: nil)), to: receiver.address)
            let pipe = try c.pipe()
            let send = try passing(c, pipe.second, to: receiver.address)
            let receive = try c.submit(.stream(.receive(pipe.first, into: c.buffer(1).region)))
            try c.expectPending(receive)
            c.cancel(send)
            try c.expect(c.complete(send), failsWith: .cancelled, "a datagram without room")
            try c.expect(c.complete(receive), moves: 0, "a receive from the pipe whose other end nobody has")
        },
    ]

    /// Passes a handle to a receiver without room, and closes it while the datagram waits.
    private static func passing(_ c: CaseContext, _ handle: Handle, to address: SocketAddress) throws -> OperationID {
        let sender = try c.acquire(.datagram(.local, at: nil))
        let send = try c.submit(.message(.send(sender, c.outgoing([7], to: address, passing: [handle]).region)))
        try c.expectPending(send)
        try c.close(handle)
        return send
    }

    private static func receiveAll(_ c: CaseContext, _ count: Int, from receiver: Handle) throws {
        for _ in 0..<count { try c.expectEqual(c.receiveMessage(from: receiver).bytes.count, 64, "the bytes of a datagram") }
    }
}
