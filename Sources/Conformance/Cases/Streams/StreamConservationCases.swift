// No byte is lost, doubled or moved to another place, whatever is cancelled; and pipes keep small sends whole.

import IOSpec

enum StreamConservationCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "stream.conservation-receives", proves: "stream.conservation", "cancel.race", "buffer.owned-until-completion",
            title: "Sends race with cancels of receives", kind: .stochastic(iterations: 500), timeLimit: 40, body: receiveRaces),
        ConformanceCase.family(
            "stream.conservation-sends", proves: "stream.conservation", "cancel.race", "cancel.partial",
            title: "Receives race with cancels of sends", kind: .stochastic(iterations: 200), timeLimit: 40, body: sendRaces),
        ConformanceCase.family(
            "stream.conservation-deadlines", proves: "stream.conservation", "time.deadline-race", "time.result-wins",
            "buffer.owned-until-completion",
            title: "Sends race with the deadlines of receives", kind: .stochastic(iterations: 200), timeLimit: 40, body: deadlineRaces),
        [
            ConformanceCase(
                "stream.pipe-atomic", proves: "stream.pipe-atomic", title: "Records of two writers of one pipe are never mixed",
                requires: .namedPipes, timeLimit: 30, body: twoWriters),
            ConformanceCase(
                "stream.pipe-atomic-cancelled", proves: "stream.pipe-atomic", "cancel.partial",
                title: "A small send that waits for room in a pipe has moved nothing when it is cancelled", requires: .pipes,
                body: cancelledRecord),
        ])

    private static func receiveRaces(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let whole = c.pattern(c.iterations * 40, seed: 1)
        let memory = c.buffer(100)
        var received: [UInt8] = []
        var sent = 0
        for round in 0..<c.iterations {
            memory.fill(with: 0xA5)
            let asked = Int.random(in: 1...100, using: &c.random)
            let count = Int.random(in: 1...40, using: &c.random)
            let receive = try c.submit(.stream(.receive(receiver, into: memory.region(0, asked))))
            if round % 2 == 0 { try c.turn() }
            let send = try c.submit(.stream(.send(sender, from: whole.region(sent, count))))
            sent += count
            if round % 3 == 0 { try c.turn() }
            c.spin()
            c.cancel(receive)
            let completion = try c.complete(receive)
            let moved = completion.error == nil ? Int(completion.result) : 0
            if completion.error != nil { try c.expect(completion, failsWith: .cancelled, "the receive of round \(round)") }
            received += memory.bytes(0, moved)
            try c.expect(c.complete(send), moves: count, "the send of round \(round)")
            try c.expectUntouched(memory, from: moved, "the receive of round \(round), which \(c.describe(completion))")
        }
        try c.close(sender)
        let rest = c.buffer(sent - received.count + 1)
        received += rest.bytes(0, try c.receive(into: rest, from: receiver))
        try c.expectEqual(received, whole.bytes(0, sent), "the bytes received and left")
    }

    private static func sendRaces(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let whole = c.pattern(300_000, seed: 1)
        let incoming = c.buffer(300_000)
        var received: [UInt8] = []
        var sent: [UInt8] = []
        for round in 0..<c.iterations {
            let count = Int.random(in: 1...300_000, using: &c.random)
            let send = try c.submit(.stream(.send(sender, from: whole.region(0, count))))
            if round % 2 == 0 { try c.turn() }
            let receive = try c.submit(.stream(.receive(receiver, into: incoming.region(0, Int.random(in: 1...300_000, using: &c.random)))))
            if round % 3 == 0 { try c.turn() }
            c.spin()
            c.cancel(send)
            c.cancel(receive)
            let completion = try c.complete(send)
            if completion.error == nil {
                try c.expect((1...count).contains(Int(completion.result)), "a send of \(count) moves as much (\(c.describe(completion)))")
                sent += whole.bytes(0, Int(completion.result))
            } else {
                try c.expect(completion, failsWith: .cancelled, "the send of round \(round)")
            }
            let arrived = try c.complete(receive)
            if arrived.error == nil { received += incoming.bytes(0, Int(arrived.result)) }
            received += try drain(c, receiver, into: incoming, until: sent.count - received.count)
        }
        try c.close(sender)
        received += try drain(c, receiver, into: incoming, until: 1)
        try c.expectEqual(received, sent, "the bytes received")
    }

    /// What is in the stream, up to `count` bytes or its end.
    private static func drain(_ c: CaseContext, _ receiver: Handle, into memory: CaseBuffer, until count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let moved = try c.succeed(.stream(.receive(receiver, into: memory.region)))
            if moved == 0 { break }
            bytes += memory.bytes(0, moved)
        }
        return bytes
    }

    private static func deadlineRaces(_ c: CaseContext, _ kind: StreamKind) throws {
        let (sender, receiver) = try c.ends(kind)
        let whole = c.pattern(c.iterations * 40, seed: 1)
        let memory = c.buffer(64)
        var received: [UInt8] = []
        var sent = 0
        for round in 0..<c.iterations {
            memory.fill(with: 0xA5)
            let count = Int.random(in: 1...40, using: &c.random)
            let deadline = c.now.advanced(byNanoseconds: Int64.random(in: 0...300_000, using: &c.random))
            let receive = try c.submit(.stream(.receive(receiver, into: memory.region)), deadline: deadline)
            try c.turn()
            if round % 2 == 0 { c.spin() }
            let send = try c.submit(.stream(.send(sender, from: whole.region(sent, count))))
            sent += count
            // In every third round the bytes and the deadline are both there before the backend looks.
            while round % 3 == 0, c.now <= deadline { c.spin(upTo: 10) }
            let completion = try c.complete(receive)
            let moved = completion.error == nil ? Int(completion.result) : 0
            if completion.error != nil { try c.expect(completion, failsWith: .timedOut, "the receive of round \(round)") }
            received += memory.bytes(0, moved)
            try c.expect(c.complete(send), moves: count, "the send of round \(round)")
            try c.expectUntouched(memory, from: moved, "the receive of round \(round), which \(c.describe(completion))")
        }
        try c.close(sender)
        let rest = c.buffer(sent - received.count + 1)
        received += rest.bytes(0, try c.receive(into: rest, from: receiver))
        try c.expectEqual(received, whole.bytes(0, sent), "the bytes received and left")
    }

    private static func twoWriters(_ c: CaseContext) throws {
        try c.surroundings.makeNamedPipe(at: c.nativePath("records"))
        let opens = try [c.submit(c.opening("records", .reading)), c.submit(c.opening("records", .writing))]
        let ends = try c.complete(opens).map { try c.handle(of: $0) }
        let writers = [ends[1], try c.open("records", .writing)]
        let records = (0..<64).map { c.buffer(4096, filledWith: UInt8($0)) }
        let sends = try records.enumerated().map { try c.submit(.stream(.send(writers[$0 % 2], from: $1.region))) }
        var received: [UInt8] = []
        while received.count < 64 * 4096 { received += try c.receive(1000, from: ends[0]) }
        for completion in try c.complete(sends) { try c.expect(completion, moves: 4096, "a record") }
        var tags: [UInt8] = []
        for record in 0..<64 {
            let bytes = received[record * 4096..<(record + 1) * 4096]
            try c.expect(bytes.allSatisfy { $0 == bytes.first }, "record \(record) arrives in one piece", clause: "stream.pipe-atomic")
            tags.append(bytes.first ?? 0)
        }
        try c.expectEqual(tags.filter { $0 % 2 == 0 }, (0..<32).map { $0 * 2 }, "the records of the first writer", clause: "stream.order")
        try c.expectEqual(
            tags.filter { $0 % 2 == 1 }, (0..<32).map { $0 * 2 + 1 }, "the records of the second writer", clause: "stream.order")
    }

    private static func cancelledRecord(_ c: CaseContext) throws {
        let pipe = try c.pipe()
        let record = c.pattern(3000, seed: 1)
        var full = 0
        while full < 1000 {
            let send = try c.submit(.stream(.send(pipe.second, from: record.region)))
            let patience = c.after(milliseconds: 50)
            while !c.isComplete(send), c.now < patience { try c.reap(until: patience) }
            if !c.isComplete(send) { c.cancel(send) }
            let completion = try c.complete(send)
            if completion.error != nil {
                try c.expect(completion, failsWith: .cancelled, "a record without room", clause: "stream.pipe-atomic")
                break
            }
            try c.expect(completion, moves: 3000, "a record that went in", clause: "stream.pipe-atomic")
            full += 1
        }
        try c.expect(full < 1000, "a pipe has room for a limited number of bytes")
        try c.close(pipe.second)
        for _ in 0..<full { try c.expectEqual(c.receiveAll(3000, from: pipe.first), record.bytes, "a record that went in") }
        try c.expectEqual(c.receive(1, from: pipe.first), [], "what follows the last record")
    }
}
