// Datagrams, on each backend.

import IORuntime
import IOSpec
import Testing

@Suite struct DatagramTests {
    @Test("a datagram comes with the address of its sender, to which an answer finds its way", arguments: TestBackend.all)
    func addresses(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let server = try await boot.datagramSocket(at: .loopback4())
            let address = try await server.address()
            try await boot.steady { io in
                let client = try await io.datagramSocket(.internet4)
                var buffer = [UInt8](repeating: 0, count: 8)
                try await client.send([1, 2, 3], to: address)
                let question = try await server.receive(into: &buffer)
                #expect(question.count == 3 && !question.isTruncated)
                #expect(Array(buffer[..<3]) == [1, 2, 3])
                let sender = try #require(question.sender)
                #expect(sender.family == .internet4 && sender.port != 0)
                try await server.send([4], to: sender)
                let answer = try await client.receive(into: &buffer)
                #expect(answer.count == 1 && buffer[0] == 4)
                #expect(answer.sender?.port == address.port)
                try await client.close()
                try await server.close()
            }
        }
    }

    @Test("what a buffer has no room for is told", arguments: TestBackend.all)
    func truncation(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let (first, second) = try await io.datagramPair()
                try await first.send([UInt8](repeating: 7, count: 100))
                try await first.send([])
                try await first.send([9])
                var buffer = [UInt8](repeating: 0, count: 10)
                let long = try await second.receive(into: &buffer)
                #expect(long.isTruncated && long.count == 10 && long.length == 100)
                #expect(buffer == [UInt8](repeating: 7, count: 10))
                let empty = try await second.receive(into: &buffer)
                #expect(empty.count == 0 && !empty.isTruncated)
                let next = try await second.receive(into: &buffer)
                #expect(next.count == 1 && buffer[0] == 9)
            }
        }
    }

    @Test("a connected socket needs no address, and hears its peer only", arguments: TestBackend.all)
    func connected(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let first = try await boot.datagramSocket(at: .loopback4())
            let second = try await boot.datagramSocket(at: .loopback4())
            let stranger = try await boot.datagramSocket(at: .loopback4())
            let (address, peer) = (try await first.address(), try await second.address())
            try await boot.steady { io in
                try await first.connect(to: peer)
                try await stranger.send([66], to: address)
                try await second.send([1], to: address)
                try await first.send([2])
                var buffer = [UInt8](repeating: 0, count: 8)
                #expect(try await second.receive(into: &buffer).count == 1)
                #expect(buffer[0] == 2)
                #expect(try await first.receive(into: &buffer).count == 1)
                #expect(buffer[0] == 1)
                try await first.setOption(.broadcast, to: 1)
                #expect(try await first.option(.broadcast) == 1)
                #expect(await failure(of: { try await first.send([1], to: .loopback6(port: 1)) })?.cause == .invalidArgument)
            }
        }
    }

    @Test("a wait for a datagram ends by its deadline", arguments: TestBackend.all)
    func deadline(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let (first, _) = try await io.datagramPair()
                var buffer = [UInt8](repeating: 0, count: 8)
                do throws(IOFailure) {
                    _ = try await first.receive(into: &buffer, until: io.loop.clock.now.advanced(by: .milliseconds(1)))
                    Issue.record("nothing was sent")
                } catch {
                    #expect(error.cause == .timedOut)
                }
            }
        }
    }
}
