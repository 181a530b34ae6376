// A program of the runtime among the services of a process.

import IORuntime
import IORuntimeServices
import IOSpec
import Logging
import ServiceLifecycle
import Testing

@Suite struct ServiceTests {
    @Test func aServiceThatReturnsEndsItsGroup() async throws {
        let service = IOService(RuntimeConfiguration(backend: .simulated(seed: 1), loops: 1)) { boot in
            try await boot.steady { io in try await io.loop.sleep(for: .milliseconds(1)) }
        }
        try await group(of: service).run()
    }

    @Test func aGracefulShutdownIsSeenByTheProgram() async throws {
        let (started, start) = AsyncStream<Void>.makeStream()
        let service = IOService(RuntimeConfiguration(backend: .epoll, loops: 1)) { boot in
            let listener = try await boot.listener(at: .loopback4())
            await boot.steady { _ in
                start.finish()
                _ = await withGracefulShutdownHandler {
                    // Whoever waits for a connection is told that the listener is gone.
                    await #expect(throws: IOFailure.self) { try await listener.accept() }
                } onGracefulShutdown: {
                    Task { try await listener.close() }
                }
            }
        }
        let group = group(of: service)
        async let run: Void = group.run()
        for await _ in started {}
        await group.triggerGracefulShutdown()
        try await run
    }

    @Test func aRuntimeThatDoesNotStartFailsItsGroup() async throws {
        let service = IOService(RuntimeConfiguration(backend: .epoll, loops: 0)) { _ in Issue.record("there is no loop") }
        await #expect(throws: StartFailure.self) { try await group(of: service).run() }
    }

    private func group(of service: IOService) -> ServiceGroup {
        ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [.init(service: service, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }))
    }
}
