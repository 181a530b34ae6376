// Handles that go with a message, and what they are on the other side.

import IOSpec

enum PassedHandleCases {
    /// What carries handles.
    static let kinds: [MessageKind] = [.local, .pair, .packets, .packetPair]

    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family("message.handles", proves: "message.handles", over: kinds, requires: [.passesHandles, .files]) { c, kind in
            let (sender, receiver) = try c.ends(kind)
            let file = try c.file("f", contents: [1, 2, 3])
            try c.sendMessage([9], over: sender, passing: [file])
            let received = try c.receiveMessage(handles: 2, from: receiver)
            try c.expectEqual(received.bytes, [9], "the bytes beside a handle")
            try c.expectEqual(received.handles.count, 1, "the number of handles that came")
            try c.expect(!received.flags.contains(.handlesTruncated), "all handles came")
            try c.close(file)
            try c.expectEqual(c.contents(of: received.handles[0]), [1, 2, 3], "the contents, after the first handle was closed")
        },
        [
            ConformanceCase(
                "message.handles.kinds", proves: "message.handles", requires: [.passesHandles, .files, .localStreams, .localMessages]
            ) {
                try everyKind($0)
            },
            ConformanceCase("message.handles.access", proves: "message.handles", requires: [.passesHandles, .files, .pipes, .localStreams])
            {
                try access($0)
            },
            ConformanceCase(
                "message.handles.streams", proves: "message.handles", requires: [.passesHandles, .localStreams, .internetStreams]
            ) {
                try streams($0)
            },
            ConformanceCase(
                "message.handles.not-connected", proves: "message.handles", "stream.not-connected",
                title: "A stream that comes before it was connected stays without a peer", requires: [.passesHandles, .localStreams]
            ) { c in
                let link = try c.streamPair()
                let stream = try pass(c, try c.stream(.local), over: link)
                try c.fails(.stream(.send(stream, from: c.buffer([1]).region)), with: .notConnected)
                let listener = try c.listener(.local)
                try c.fails(.stream(.connect(stream, to: c.address(listener.address))), with: .notConnected)
            },
            ConformanceCase(
                "message.handles.registered", proves: "message.handles",
                title: "A stream goes on under its new handle while and after the first one waits and closes",
                requires: [.passesHandles, .localStreams]
            ) { try registered($0) },
            ConformanceCase(
                "message.handles.number-taken", proves: "message.handles",
                title: "What takes the place of a handle under way is never passed",
                requires: [.passesHandles, .localStreams, .files], timeLimit: 20
            ) { try numberTaken($0) },
            ConformanceCase(
                "message.handles.in-long-send", proves: "message.handles", "stream.full-send",
                title: "Handles go once with a long message on a stream", requires: [.passesHandles, .localStreams, .files], timeLimit: 20
            ) { try longSend($0) },
            ConformanceCase(
                "message.handles.many", proves: "message.handles", "message.whole", requires: [.passesHandles, .localStreams, .files]
            ) { c in
                let link = try c.streamPair()
                let files = try (0..<Message.maximumHandles).map { try c.file("f\($0)", contents: [UInt8($0)]) }
                try c.sendMessage([1], over: link.first, passing: files)
                let received = try c.receiveMessage(handles: Message.maximumHandles, from: link.second)
                try c.expectEqual(received.handles.count, Message.maximumHandles, "the number of handles that came")
                for (index, handle) in received.handles.enumerated() {
                    try c.expectEqual(c.contents(of: handle), [UInt8(index)], "the contents of handle \(index)")
                }
            },
            ConformanceCase(
                "message.handles.cancelled", proves: "message.handles", "cancel.result-wins",
                title: "Handles come with their message, or wait with it, whatever was cancelled",
                kind: .stochastic(iterations: 60), requires: [.passesHandles, .localMessages, .files], timeLimit: 20
            ) { try cancelled($0) },
            ConformanceCase(
                "message.handles.close-on-exec", proves: "handle.close-on-exec",
                requires: [.passesHandles, .localStreams, .files, .nativeSystem],
                isolation: .childProcess
            ) { c in
                let link = try c.streamPair()
                let file = try c.file("f", contents: [1])
                let before = try Native.openDescriptors()
                let copies = try (0..<3).map { _ in try pass(c, file, over: link) }
                let fresh = try Native.openDescriptors().filter { before[$0.key] != $0.value }
                try c.expectEqual(fresh.count, copies.count, "the number of descriptors that came")
                let listing = try Native.run("/bin/ls", ["/proc/self/fd"])
                let seen = String(decoding: listing.output, as: UTF8.self).split(separator: "\n").compactMap { Int32($0) }
                for number in fresh.keys {
                    try c.expect(!seen.contains(number), "descriptor \(number) is closed when a program is started")
                }
            },
        ])

    // MARK: Bodies

    /// Passes a handle over a link, and returns the one that comes.
    static func pass(_ c: CaseContext, _ handle: Handle, over link: HandlePair) throws -> Handle {
        try c.sendMessage([1], over: link.first, passing: [handle])
        let received = try c.receiveMessage(1, handles: 1, from: link.second)
        guard let came = received.handles.first else { throw CaseFailure("a handle that was passed must come", clause: "message.handles") }
        return came
    }

    /// What has a kind answers as it does on the first handle: the same operations are of the wrong kind.
    private static func everyKind(_ c: CaseContext) throws {
        let link = try c.streamPair()
        for (name, kind, handle) in try c.handlesOfEveryKind() where kind != .process && kind != .foreign {
            let came = try pass(c, handle, over: link)
            let probes = [handle, came].map { handle in
                c.operations(on: handle).filter { $0.handle == handle }.map { operation -> Submission in Submission(operation) }
            }
            for (first, second) in zip(probes[0], probes[1]) {
                let refusals = try [first, second].map { try refusal(c, $0.operation) }
                try c.expect(
                    refusals[0] == refusals[1],
                    "\(first.operation.kind) on \(name) that came is refused as on the first one (\(refusals[1]), and \(refusals[0]))")
            }
        }
    }

    /// Whether an operation is refused for the kind or access of its handle; what would be done is cancelled.
    private static func refusal(_ c: CaseContext, _ operation: Operation) throws -> String {
        // These change what both handles share, so that the second would not meet what the first one met.
        if [.shutDown, .connect, .lock, .unlock, .truncate].contains(operation.kind) { return "not tried" }
        let id = try c.submit(operation, deadline: c.after(milliseconds: 5))
        let cause = try c.complete(id).error?.cause
        switch cause {
        case .wrongKind, .wrongAccess, .notSeekable, .isDirectory, .notDirectory, .unsupported: return "\(cause.map { "\($0)" } ?? "")"
        default: return "not refused"
        }
    }

    private static func access(_ c: CaseContext) throws {
        let link = try c.streamPair()
        _ = try c.file("f", contents: [1, 2, 3])
        let memory = c.buffer([9])
        let reader = try pass(c, c.open("f", .reading), over: link)
        try c.expectEqual(c.contents(of: reader), [1, 2, 3], "what a reader that came reads")
        try c.fails(.file(.write(reader, from: memory.region, at: 0)), with: .wrongAccess)
        let appender = try pass(c, c.open("f", .appending), over: link)
        try c.fails(.file(.read(appender, into: memory.region, at: 0)), with: .wrongAccess)
        try c.fails(.file(.write(appender, from: memory.region, at: 0)), with: .invalidArgument)
        try c.succeed(.file(.append(appender, from: memory.region)))
        try c.expectEqual(c.contents(of: reader), [1, 2, 3, 9], "the contents after an append")
        let pipe = try c.pipe()
        let end = try pass(c, pipe.first, over: link)
        try c.fails(.stream(.send(end, from: memory.region)), with: .wrongAccess)
        try c.send([5], to: pipe.second)
        try c.expectEqual(c.receive(4, from: end), [5], "what an end of a pipe that came receives")
        let directory = try pass(c, c.directory, over: link)
        let again = try c.handle(of: c.perform(c.opening("f", .reading, beneath: directory)))
        try c.expectEqual(c.contents(of: again), [1, 2, 3, 9], "the contents beneath a directory that came")
        try c.fails(c.opening("../f", .reading, beneath: directory), with: .outsideDirectory)
    }

    private static func streams(_ c: CaseContext) throws {
        let link = try c.streamPair()
        let pair = try c.connectedPair()
        let client = try pass(c, pair.client, over: link)
        try c.expectFlow(from: client, to: pair.server)
        try c.expectFlow(from: pair.server, to: client)
        try c.close(pair.client)
        try c.expectFlow(from: client, to: pair.server)
        let listener = try c.listener()
        let passed = try pass(c, listener.handle, over: link)
        try c.close(listener.handle)
        let ends = try c.connect(to: listener.address, acceptedBy: passed)
        try c.expectFlow(from: ends.client, to: ends.server)
        // Over a link that came itself.
        let second = try c.streamPair()
        let nested = HandlePair(first: try pass(c, second.first, over: link), second: second.second)
        try c.expectFlow(from: try pass(c, ends.client, over: nested), to: ends.server)
    }

    private static func registered(_ c: CaseContext) throws {
        let link = try c.streamPair()
        let pair = try c.streamPair()
        let memory = c.buffer(8)
        let waiting = try c.submit(.stream(.receive(pair.first, into: memory.region(0, 4))))
        try c.expectPending(waiting)
        let came = try pass(c, pair.first, over: link)
        try c.close(pair.first)
        try c.expect(c.complete(waiting), failsWith: .cancelled, "the receive of the handle that was closed")
        // Whatever takes the number of the first handle has nothing to do with it.
        let other = try c.streamPair()
        let others = try c.submit(.stream(.receive(other.first, into: memory.region(4, 4))))
        let receive = try c.submit(.stream(.receive(came, into: memory.region(0, 4))))
        try c.expectPending(others, receive)
        try c.send([1, 2], to: pair.second)
        try c.expect(c.complete(receive), moves: 2, "the receive of the handle that came")
        try c.expectPending(others)
        try c.send([3], to: other.second)
        try c.expect(c.complete(others), moves: 1, "the receive of another stream")
        try c.close(came)
        try c.expectEqual(c.receive(4, from: pair.second), [], "what the peer receives once nobody has the stream")
    }

    /// Messages wait for room, each with a file that is closed meanwhile, while other files take the numbers.
    private static func numberTaken(_ c: CaseContext) throws {
        let link = try c.acquire(pair: .packets)
        let filled = try c.fillMessages(4096, over: link.first)
        let file = try c.file("passed", contents: [1, 2, 3])
        let message = c.outgoing([7], passing: [file])
        let send = try c.submit(.message(.send(link.first, message.region)))
        // The first of those that wait has to be this one for the kernel to have it.
        c.cancel(filled.waiting)
        try c.expect(c.complete(filled.waiting), failsWith: .cancelled, "the message before")
        try c.expectPending(send)
        try c.close(file)
        for index in 0..<8 { _ = try c.file("taker\(index)", contents: [9, 9]) }
        for _ in 0..<filled.sent { _ = try c.receiveMessage(4096, from: link.second) }
        let completion = try c.complete(send)
        if completion.error?.cause == .badHandle { return }
        try c.expect(completion, moves: 1, "the message that waited")
        let received = try c.receiveMessage(handles: 1, from: link.second)
        guard let came = received.handles.first else { throw CaseFailure("a handle that was passed must come") }
        try c.expectEqual(c.contents(of: came), [1, 2, 3], "the contents of what came")
    }

    private static func longSend(_ c: CaseContext) throws {
        let link = try c.streamPair()
        let file = try c.file("f", contents: [4, 5])
        let sent = Pattern.bytes(1_200_000, seed: 3)
        let message = c.outgoing(sent, passing: [file])
        let send = try c.submit(.message(.send(link.first, message.region)))
        let first = try c.receiveMessage(1000, handles: 4, from: link.second)
        try c.expectEqual(first.handles.count, 1, "the number of handles that came with the first bytes")
        try c.expectEqual(c.contents(of: first.handles[0]), [4, 5], "the contents of what came")
        var received = first.bytes
        while received.count < sent.count {
            let more = try c.receiveMessage(300_000, handles: 4, from: link.second)
            try c.expectEqual(more.handles.count, 0, "the number of handles that came later")
            received += more.bytes
        }
        try c.expectEqual(received, sent, "the bytes")
        try c.expect(c.complete(send), moves: sent.count, "the send")
    }

    private static func cancelled(_ c: CaseContext) throws {
        let pair = try c.acquire(pair: .packets)
        let file = try c.file("f", contents: [6])
        for _ in 0..<c.iterations {
            let room = c.incoming(handles: 1)
            let receive = try c.submit(.message(.receive(pair.second, room.region)))
            if Bool.random(using: &c.random) { try c.turn() }
            let send = try c.submit(.message(.send(pair.first, c.outgoing([1], passing: [file]).region)))
            c.spin()
            c.cancel(receive)
            let completion = try c.complete(receive)
            try c.expect(c.complete(send), moves: 1, "the send")
            let received =
                completion.error?.cause == .cancelled
                ? try c.receiveMessage(handles: 1, from: pair.second) : try c.received(room, completion)
            try c.expectEqual(received.handles.count, 1, "the number of handles that came")
            try c.expectEqual(c.contents(of: received.handles[0]), [6], "the contents of what came")
            try c.close(received.handles[0])
        }
    }
}
