// What somebody has done to the descriptor of a stream changes no operation on it.

import IOSpec

enum StreamDescriptorCases {
    static let all: [ConformanceCase] = ConformanceCase.joined(
        ConformanceCase.family(
            "stream.non-blocking", proves: "stream.receive-some", "stream.full-send",
            title: "Operations wait whether the descriptors are in non-blocking mode or not", requires: .nativeSystem, timeLimit: 30,
            body: transfersWait),
        [
            ConformanceCase(
                "stream.non-blocking.accept", proves: "stream.accept",
                title: "An accept waits although the listener is in non-blocking mode",
                requires: [.internetStreams, .nativeSystem]
            ) { c in
                let (listener, numbers) = try Native.descriptors("socket:") { try c.listener() }
                try numbers.forEach(Native.setNonBlocking)
                let accept = try c.submit(.stream(.accept(listener.handle)))
                try c.expectPending(accept)
                let client = try c.stream()
                try c.succeed(.stream(.connect(client, to: c.address(listener.address))))
                try c.expectFlow(from: client, to: c.handle(of: c.complete(accept)))
            },
            ConformanceCase(
                "stream.receive-limit", proves: "stream.receive-some", title: "A limit of time that was set on the socket ends no receive",
                requires: [.localStreams, .nativeSystem]
            ) { c in
                let (pair, numbers) = try Native.descriptors("socket:") { try c.streamPair() }
                for number in numbers { try Native.setReceiveLimit(number, milliseconds: 20) }
                let memory = c.buffer(8)
                let receive = try c.submit(.stream(.receive(pair.first, into: memory.region)))
                try c.expectPending(receive, milliseconds: 80)
                try c.send([1, 2], to: pair.second)
                try c.expect(c.complete(receive), moves: 2, "a receive that waited for longer than the limit of its socket")
            },
            ConformanceCase(
                "stream.urgent-byte", proves: "stream.receive-some", title: "An urgent byte is not among the others, and ends nothing",
                requires: [.internetStreams, .nativeSystem]
            ) { c in
                let listener = try c.listener()
                let socket = try NativeSocket(connectedTo: listener.address)
                let server = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
                try socket.send([1, 2])
                try socket.sendUrgently(9)
                try socket.send([3, 4])
                try c.expectEqual(c.receiveAll(4, from: server), [1, 2, 3, 4], "what is received around an urgent byte")
                socket.close()
                try c.expectEqual(c.receive(8, from: server), [], "the end of the stream")
            },
            ConformanceCase(
                "stream.terminal-end", proves: "file.special", "stream.receive-some",
                title: "A terminal whose other side is closed fails as the system says", requires: [.files, .pipes, .nativeSystem],
                body: terminalEnds),
        ])

    private static func transfersWait(_ c: CaseContext, _ kind: StreamKind) throws {
        let prefix = kind == .pipe ? "pipe:" : "socket:"
        let (ends, numbers) = try Native.descriptors(prefix) { try c.ends(kind) }
        try c.expect(numbers.count >= 2, "a stream has descriptors (there are \(numbers.count))")
        try numbers.forEach(Native.setNonBlocking)
        let memory = c.buffer(8)
        let receive = try c.submit(.stream(.receive(ends.receiver, into: memory.region)))
        try c.expectPending(receive)
        try c.send([1, 2, 3], to: ends.sender)
        try c.expect(c.complete(receive), moves: 3, "the receive that waited")

        let outgoing = c.pattern(kind.overwhelming, seed: 6)
        let send = try c.submit(.stream(.send(ends.sender, from: outgoing.region)))
        try c.expectPending(send, milliseconds: 40)
        let incoming = c.buffer(kind.overwhelming)
        try c.expectEqual(c.receive(into: incoming, from: ends.receiver, piece: 1 << 20), outgoing.count, "the bytes that arrived")
        try c.expectPattern(incoming, outgoing.count, seed: 6)
        try c.expect(c.complete(send), moves: outgoing.count, "the send that waited")
        for number in numbers { try c.expect(Native.isNonBlocking(number), "the mode of descriptor \(number) stays what it is") }
    }

    /// A terminal, and the descriptor of its other side.
    static func terminal(_ c: CaseContext) throws -> (handle: Handle, other: Int32) {
        let root = try c.acquire(.directory(name: "/", unconfined: true))
        let opening = try c.opening("dev/ptmx", [.reading, .writing], beneath: root)
        let (opened, numbers) = try Native.descriptors("/dev/") { try c.perform(opening) }
        if opened.error != nil || numbers.count != 1 { try c.skip(.environment("there is no /dev/ptmx")) }
        return (try c.handle(of: opened), try Native.openTerminal(controlledBy: numbers[0]))
    }

    private static func terminalEnds(_ c: CaseContext) throws {
        let (terminal, other) = try terminal(c)
        let memory = c.buffer(64)
        let waiting = try c.submit(.stream(.receive(terminal, into: memory.region(0, 32))))
        try c.expectPending(waiting)
        try Native.write(Array("hello".utf8), to: other)
        try c.expect(c.complete(waiting), moves: 5, "what was written to a terminal")
        let last = try c.submit(.stream(.receive(terminal, into: memory.region(32, 32))))
        try c.expectPending(last)
        Native.close(other)
        try c.expect(c.complete(last), failsWith: .inputOutput, "a receive of a terminal whose other side is closed")
    }
}
