// Streams and pipes, on each backend.

import IORuntime
import IOSpec
import Testing

@Suite struct StreamTests {
    @Test("a pipe goes one way, comes to its end, and breaks", arguments: TestBackend.all)
    func pipes(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let pipe = try await io.pipe()
                try await pipe.writeEnd.send([1, 2, 3])
                try await pipe.writeEnd.close()
                var buffer = [UInt8](repeating: 0, count: 2)
                #expect(try await pipe.readEnd.receive(into: &buffer) == 2)
                #expect(try await pipe.readEnd.receiveExactly(into: &buffer) == 1)
                #expect(buffer == [3, 2])
                #expect(try await pipe.readEnd.receive(into: &buffer) == 0)
                try await pipe.close()
                let broken = try await io.pipe()
                try await broken.readEnd.close()
                #expect(await failure(of: { try await broken.writeEnd.send([1]) })?.cause == .brokenPipe)
            }
        }
    }

    @Test("after one half has ended the other goes on", arguments: TestBackend.all)
    func halfClose(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let (first, second) = try await io.streamPair()
                try await first.send([1])
                try await first.shutDown(.sending)
                var buffer = [UInt8](repeating: 0, count: 8)
                #expect(try await second.receiveExactly(into: &buffer) == 1)
                #expect(try await second.receive(into: &buffer) == 0)
                try await second.send([2, 3])
                #expect(try await first.receive(into: &buffer) == 2)
                #expect(await failure(of: { try await first.send([4]) })?.cause == .brokenPipe)
                try await second.close()
                #expect(try await first.receive(into: &buffer) == 0)
            }
        }
    }

    @Test("pieces arrive one after the other, whatever their lengths, and however slowly they are taken", arguments: TestBackend.all)
    func vectored(_ backend: TestBackend) async throws {
        let lengths = [0, 1, 300_000, 0, 70_001, 3]
        let pieces = lengths.enumerated().map { place, length in (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ place) } }
        try await backend.run { boot in
            try await boot.steady { io in
                let (first, second) = try await io.streamPair()
                async let sent: Void = {
                    try await first.send(pieces)
                    let (header, body) = (pieces[1], pieces[5])
                    try await first.send(unsafe header.span.bytes, unsafe body.span.bytes)
                    try await first.send([[UInt8]]())
                    try await first.shutDown(.sending)
                }()
                var received = [UInt8](repeating: 0, count: lengths.reduce(0, +))
                #expect(try await second.receiveExactly(into: &received) == received.count)
                #expect(received == Array(pieces.joined()))
                let rest = try await receiveTwo(second)
                #expect(rest == pieces[1] + pieces[5])
                try await sent
            }
        }
    }

    @Test("a send that is cut short tells how far it came, and a receive what it has", arguments: TestBackend.all)
    func cutShort(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let (first, second) = try await io.streamPair()
                let deadline = io.loop.clock.now.advanced(by: .milliseconds(20))
                let bytes = [UInt8](repeating: 5, count: 8_000_000)
                let cut = try #require(await failure(of: { try await first.send([bytes, bytes], until: deadline) }))
                #expect(cut.cause == .timedOut && cut.bytesMoved > 0 && cut.bytesMoved < 16_000_000)
                try await first.close()
                var buffer = [UInt8](repeating: 0, count: cut.bytesMoved + 1)
                #expect(try await second.receiveExactly(into: &buffer) == cut.bytesMoved)
            }
        }
    }

    @Test("a connection knows its two addresses and its options", arguments: TestBackend.all)
    func addresses(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let listener = try await boot.listener(at: .loopback4())
            let address = try await listener.address()
            try await boot.steady { io in
                let client = try await io.connect(to: address)
                let server = try await listener.accept()
                #expect(try await client.peerAddress().port == address.port)
                #expect(try await client.localAddress().port == server.peerAddress().port)
                try await client.setOption(.keepAliveIdle, to: 77)
                #expect(try await client.option(.keepAliveIdle) == 77)
                #expect(await failure(of: { try await client.setOption(.noDelay, to: 5) })?.cause == .invalidArgument)
            }
        }
    }

    @Test("whoever closes what somebody else is closing returns when it is closed", arguments: TestBackend.all)
    func closedTwice(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let loop = io.loop
                let (first, second) = try await io.streamPair()
                let receiving = Task(executorPreference: loop) {
                    var buffer = [UInt8](repeating: 0, count: 8)
                    return try await first.receive(into: &buffer)
                }
                while await loop.inFlight == 0 { await Task.yield() }
                try await withThrowingDiscardingTaskGroup { group in
                    for _ in 0..<3 {
                        group.addTask {
                            try await first.close()
                            // What closing awaits is over, too.
                            #expect(await loop.inFlight == 0)
                        }
                    }
                }
                #expect(await failure(of: { try await receiving.value })?.cause == .cancelled)
                try await first.close()
                var buffer = [UInt8](repeating: 0, count: 8)
                #expect(try await second.receive(into: &buffer) == 0)
            }
        }
    }
}

/// Receives what comes until the end into two buffers, the first of one byte.
private func receiveTwo(_ stream: Stream) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
        var short = [UInt8](repeating: 0, count: 1)
        var long = [UInt8](repeating: 0, count: 16)
        var shortSpan = short.mutableSpan
        var longSpan = long.mutableSpan
        var first = unsafe shortSpan.mutableBytes
        var second = unsafe longSpan.mutableBytes
        let count = try await stream.receive(into: &first, &second)
        if count == 0 { return bytes }
        bytes += (short + long)[..<count]
    }
}
