// What a message is: its bounds, its length, its place in the order.

import IOSpec

enum MessageTransferCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("message.whole", proves: "message.whole", over: MessageKind.allCases) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            for size in [1, 7, 512, 1400, 9000] {
                let sent = Pattern.bytes(size, seed: UInt64(size))
                try c.sendMessage(sent, over: sender)
                let received = try c.receiveMessage(size + 50, from: receiver)
                try c.expectEqual(received.bytes, sent, "a message of \(size) bytes")
                try c.expectEqual(received.message.length, size, "the length of the message")
                try c.expect(
                    received.flags.isDisjoint(with: [.truncated, .handlesTruncated, .endOfStream]), "nothing was special about it")
            }
        },
        ConformanceCase.family(
            "message.bounds", proves: "message.whole", "message.order", over: MessageKind.allCases,
            title: "Messages that wait together are received one by one, in order"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            for size in 1...6 { try c.sendMessage([UInt8](repeating: UInt8(size), count: size), over: sender) }
            for size in 1...6 {
                try c.expectEqual(
                    c.receiveMessage(from: receiver).bytes, [UInt8](repeating: UInt8(size), count: size), "message \(size) of six")
            }
        },
        ConformanceCase.family("message.segments", proves: "message.whole", "stream.vectored", over: MessageKind.allCases) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let sent = c.pattern(100, seed: 4)
            let pieces = [sent.region(0, 1), sent.region(1, 0), sent.region(1, 60), sent.region(61, 39)]
            let out = c.buffer(MemoryLayout<Message>.size)
            out.store(Message(c.segments(pieces)))
            try c.expect(c.perform(.message(.send(sender, out.region))), moves: 100, "a message of four segments")
            let got = c.buffer(120)
            let room = c.buffer(MemoryLayout<Message>.size)
            room.store(Message(c.segments([got.region(0, 33), got.region(33, 0), got.region(33, 87)])))
            try c.expect(c.perform(.message(.receive(receiver, room.region))), moves: 100, "receiving into three segments")
            try c.expectEqual(got.bytes(0, 100), sent.bytes, "the message")
            try c.expectUntouched(got, from: 100, "receiving a message")
        },
        ConformanceCase.family("message.empty", proves: "message.empty", "message.whole", over: MessageKind.allCases) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            for _ in 0..<2 {
                try c.sendMessage([], over: sender)
                try c.sendMessage([1, 2], over: sender)
                let empty = try c.receiveMessage(from: receiver)
                try c.expectEqual(empty.bytes, [], "an empty message")
                try c.expect(empty.flags.isDisjoint(with: [.endOfStream, .truncated]), "an empty message is the end of nothing, and whole")
                try c.expectEqual(c.receiveMessage(from: receiver).bytes, [1, 2], "the message after an empty one")
            }
        },
        ConformanceCase.family(
            "message.empty-awaited", proves: "message.empty", over: MessageKind.allCases, title: "An empty message ends the wait for it"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let room = c.incoming()
            let receive = try c.submit(.message(.receive(receiver, room.region)))
            try c.expectPending(receive)
            try c.sendMessage([], over: sender)
            let received = try c.received(room, c.complete(receive))
            try c.expectEqual(received.bytes, [], "an empty message")
            try c.expect(!received.flags.contains(.endOfStream), "an empty message is the end of nothing")
        },
        ConformanceCase.family("message.truncated", proves: "message.truncated", over: MessageKind.allCases) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            for room in [4, 0] {
                try c.sendMessage(Array(0..<10), over: sender)
                try c.sendMessage([9], over: sender)
                let received = try c.receiveMessage(room, from: receiver)
                try c.expectEqual(received.bytes, Array(0..<UInt8(room)), "the beginning of a longer message")
                try c.expect(received.flags.contains(.truncated), "a message that was cut off says so")
                try c.expectEqual(received.message.length, 10, "the length of the whole message")
                let next = try c.receiveMessage(from: receiver)
                try c.expectEqual(next.bytes, [9], "the next message: the rest of the one before is gone")
                try c.expect(!next.flags.contains(.truncated), "a message with room for it is whole")
            }
        },
        ConformanceCase.family("message.exact-room", proves: "message.truncated", over: MessageKind.allCases) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            try c.sendMessage([1, 2, 3, 4], over: sender)
            let received = try c.receiveMessage(4, from: receiver)
            try c.expectEqual(received.bytes, [1, 2, 3, 4], "a message with just room enough")
            try c.expect(!received.flags.contains(.truncated), "a message with just room enough is whole")
        },
        ConformanceCase.family("message.too-long", proves: "message.too-long", over: MessageKind.allCases) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let size = kind == .internet4 || kind == .internet6 ? 70_000 : 64 << 20
            let message = c.outgoing([UInt8](repeating: 1, count: size))
            try c.fails(.message(.send(sender, message.region)), with: .messageTooLong)
            try c.expectMessage(from: sender, to: receiver)
        },
        ConformanceCase.family(
            "message.order-receives", proves: "message.order", over: MessageKind.allCases, title: "Queued receives take messages in turn"
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            for _ in 0..<10 {
                let rooms = (0..<4).map { _ in c.incoming() }
                let receives = try rooms.map { try c.submit(.message(.receive(receiver, $0.region))) }
                for value in UInt8(0)..<4 { try c.sendMessage([value], over: sender) }
                for (index, completion) in try c.complete(receives).enumerated() {
                    try c.expectEqual(c.received(rooms[index], completion).bytes, [UInt8(index)], "the message of receive \(index)")
                }
            }
        },
        ConformanceCase.family(
            "message.order-sends", proves: "message.order", "message.room", over: MessageKind.reliable,
            title: "Queued sends arrive in order, although there is no room for all", timeLimit: 20
        ) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let messages = (0..<60).map { c.outgoing([UInt8($0)] + [UInt8](repeating: 7, count: 20_000)) }
            let sends = try messages.map { try c.submit(.message(.send(sender, $0.region))) }
            for index in 0..<60 {
                let received = try c.receiveMessage(20_001, from: receiver)
                try c.expectEqual(received.bytes.first, UInt8(index), "the number of message \(index)")
                try c.expectEqual(received.bytes.count, 20_001, "the bytes of message \(index)")
            }
            for completion in try c.complete(sends) { try c.expect(completion, moves: 20_001, "a queued send") }
        },
        ConformanceCase.family("message.duplex", proves: "stream.duplex", over: [.pair, .packets, .packetPair]) { c, kind in
            let (near, far) = try c.ends(kind)
            let room = c.incoming()
            let receive = try c.submit(.message(.receive(near, room.region)))
            try c.turn()
            try c.expectMessage(from: near, to: far)
            try c.expectPending(receive)
            try c.sendMessage([3], over: far)
            try c.expectEqual(c.received(room, c.complete(receive)).bytes, [3], "the message that was waited for")
        },
        [
            ConformanceCase(
                "message.order-with-transfers", proves: "message.order", title: "Messages and other transfers of a stream keep one order",
                requires: .localStreams
            ) { try mixedTransfers($0) },
            ConformanceCase("message.stream", proves: "message.order", "stream.full-send", requires: .localStreams, timeLimit: 20) { c in
                let pair = try c.streamPair()
                let sent = Pattern.bytes(1_500_000, seed: 8)
                let message = c.outgoing(sent)
                let send = try c.submit(.message(.send(pair.first, message.region)))
                try c.expectEqual(c.receiveAll(sent.count, from: pair.second), sent, "what a message on a stream brought")
                try c.expect(c.complete(send), moves: sent.count, "a message on a stream, all of which is sent", clause: "stream.full-send")
                try c.close(pair.first)
                let end = try c.receiveMessage(from: pair.second)
                try c.expectEqual(end.bytes, [], "what comes at the end of a stream")
            },
        ])

    private static func mixedTransfers(_ c: CaseContext) throws {
        let pair = try c.streamPair()
        let room = c.incoming(3)
        let plain = c.buffer(3)
        let list = c.buffer(4)
        let receives = [
            try c.submit(.message(.receive(pair.second, room.region))),
            try c.submit(.stream(.receiveExactly(pair.second, into: plain.region))),
            try c.submit(.stream(.receiveVectored(pair.second, into: c.segments([list.region(0, 1), list.region(1, 3)])))),
        ]
        try c.expectPending(receives[0], receives[1], receives[2])
        let sends = [
            try c.submit(.message(.send(pair.first, c.outgoing([1, 2, 3]).region))),
            try c.submit(.stream(.send(pair.first, from: c.buffer([4, 5, 6]).region))),
            try c.submit(.stream(.sendVectored(pair.first, from: c.segments([c.buffer([7]).region, c.buffer([8, 9, 10]).region])))),
        ]
        for (index, completion) in try c.complete(sends).enumerated() {
            try c.expect(completion, moves: [3, 3, 4][index], "send \(index) of three")
        }
        let counts = try c.complete(receives).map { Int(try $0.get()) }
        var received = room.bytes.bytes(0, counts[0]) + plain.bytes(0, counts[1]) + list.bytes(0, counts[2])
        received += try c.receiveAll(10 - received.count, from: pair.second)
        try c.expectEqual(received, Array(1...10), "what three kinds of transfers brought, in the order of their submission")
    }
}
