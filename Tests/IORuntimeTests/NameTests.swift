// Connecting by name, on each backend.

import IORuntime
import IOSpec
import Testing

@Suite struct NameTests {
    @Test("an address in numbers is its own, and nobody is asked for it", arguments: TestBackend.all)
    func numbers(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let listener = try await boot.listener(at: .loopback4())
            let port = try await listener.address().port
            try await boot.steady { io in
                let nobody = NameResolver { (host, _) async throws(IOFailure) in
                    Issue.record("\(host) is an address")
                    return []
                }
                let stream = try await io.connect(to: "127.0.0.1", port: port, resolver: nobody)
                #expect(try await stream.peerAddress().port == port)
                let resolved = try await nobody.addresses(of: "::1", port: 7)
                #expect(resolved.count == 1 && resolved[0].family == .internet6 && resolved[0].port == 7)
                #expect(resolved[0].bytes[15] == 1)
            }
        }
    }

    @Test("the machine knows itself by name", arguments: TestBackend.all)
    func localhost(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let listener = try await boot.listener(at: .loopback4())
            let port = try await listener.address().port
            try await boot.steady { io in
                let stream = try await io.connect(to: "localhost", port: port)
                #expect(try await stream.peerAddress().port == port)
                #expect(await failure(of: { try await io.connect(to: "", port: port) })?.cause == .invalidArgument)
                let lookingUp = Task(executorPreference: io.loop) { try await NameResolver.system.addresses(of: "nobody.invalid", port: 1) }
                lookingUp.cancel()
                #expect(await failure(of: { try await lookingUp.value }) != nil)
            }
        }
    }

    @Test("an address that refuses is followed by the next one at once", arguments: TestBackend.all)
    func refused(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let gone = try await boot.listener(at: .loopback4())
            let listener = try await boot.listener(at: .loopback4())
            let (nowhere, address) = (try await gone.address(), try await listener.address())
            try await gone.close()
            try await boot.steady { io in
                let stream = try await io.connect(to: "host", port: 1, resolver: .knowing([nowhere, nowhere, address]))
                #expect(try await stream.peerAddress().port == address.port)
                let refused = await failure(of: { try await io.connect(to: "host", port: 1, resolver: .knowing([nowhere, nowhere])) })
                #expect(refused?.cause == .connectionRefused)
                #expect(await failure(of: { try await io.connect(to: "host", port: 1, resolver: .knowing([])) })?.cause == .notFound)
                let unknown = NameResolver { (_, _) async throws(IOFailure) in throw IOFailure(IOError(.notFound), .connect) }
                #expect(await failure(of: { try await io.connect(to: "host", port: 1, resolver: unknown) })?.cause == .notFound)
            }
        }
    }

    @Test("an address that does not answer is not waited for alone, and is given up for one that does", arguments: TestBackend.all)
    func silent(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let full = try await boot.listener(at: .loopback4(), backlog: 1)
            let listener = try await boot.listener(at: .loopback4())
            let (silent, address) = (try await full.address(), try await listener.address())
            try await boot.steady { io in
                let loop = io.loop
                let crowd = (0..<6).map { _ in Task(executorPreference: loop) { try await Stream.connect(to: silent, on: loop) } }
                try await loop.sleep(for: .milliseconds(20))
                let before = await loop.inFlight
                let start = loop.clock.now
                let stream = try await io.connect(to: "host", port: 1, resolver: .knowing([silent, address]))
                #expect(start.duration(to: loop.clock.now) >= .milliseconds(250))
                #expect(try await stream.peerAddress().port == address.port)
                // Whoever lost is over.
                #expect(await loop.inFlight <= before)
                try await listener.accept().close()
                #expect(await failure(of: { try await listener.accept(until: .distantPast) })?.cause == .timedOut)
                for task in crowd { task.cancel() }
                for task in crowd { _ = await task.result }
            }
        }
    }

    @Test("a deadline ends a lookup, too", arguments: TestBackend.all)
    func deadline(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            await boot.steady { io in
                let loop = io.loop
                let slow = NameResolver { (_, _) async throws(IOFailure) in
                    // Knows nothing of deadlines, as most that is asked.
                    try? await Task.sleep(for: .seconds(3600))
                    return []
                }
                let deadline = loop.clock.now.advanced(by: .milliseconds(10))
                let late = await failure(of: { try await io.connect(to: "host", port: 1, until: deadline, resolver: slow) })
                #expect(late?.cause == .timedOut)
                #expect(loop.clock.now >= deadline)
            }
        }
    }
}

extension NameResolver {
    fileprivate static func knowing(_ addresses: [SocketAddress]) -> NameResolver {
        NameResolver { (_, _) async throws(IOFailure) in addresses }
    }
}
