// Deadlines of whole bodies, and clocks.

import IORuntime
import IOSpec
import Testing

@Suite struct DeadlineTests {
    @Test("a deadline ends whatever a body waits for, in its child tasks, too", arguments: TestBackend.all)
    func ends(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let loop = io.loop
                let (first, second) = try await io.streamPair()
                let deadline = loop.clock.now.advanced(by: .milliseconds(5))
                let timedOut = SharedNumber()
                try await withDeadline(deadline) {
                    try await first.send([1])
                    await withDiscardingTaskGroup { group in
                        for _ in 0..<3 {
                            group.addTask {
                                if await failure(of: { try await loop.sleep(for: .seconds(3600)) })?.cause == .timedOut { timedOut.add(1) }
                            }
                        }
                    }
                    // What need not wait is done, and what must is not.
                    #expect(await failure(of: { try await receiveOne(first) })?.cause == .timedOut)
                    #expect(try await receiveOne(second) == 1)
                    try await second.close()
                }
                #expect(timedOut.value == 3)
                #expect(loop.clock.now >= deadline)
                #expect(try await receiveOne(first) == nil)
            }
        }
    }

    @Test("of two deadlines the earlier one counts, and what is thrown keeps its type", arguments: TestBackend.all)
    func nested(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            await boot.steady { io in
                let loop = io.loop
                let deadline = loop.clock.now.advanced(by: .milliseconds(5))
                do throws(IOFailure) {
                    try await withDeadline(deadline) { () async throws(IOFailure) in
                        try await withDeadline(.never) { () async throws(IOFailure) in try await loop.sleep(until: .never) }
                    }
                } catch {
                    #expect(error.cause == .timedOut)
                }
                #expect(loop.clock.now >= deadline)
                #expect(
                    await failure(of: { try await loop.withTimeout(.milliseconds(1)) { try await loop.sleep(until: .never) } })?.cause
                        == .timedOut)
                #expect(await loop.withTimeout(.seconds(3600)) { 5 } == 5)
            }
        }
    }

    @Test("what is written whole or not at all keeps to that under a deadline that has passed", arguments: TestBackend.all)
    func tidiesUp(_ backend: TestBackend) async throws {
        try await backend.inScratch { directory, _ in
            await withDeadline(.distantPast) {
                for _ in 0..<10 { try? await directory.writeAtomically([UInt8](repeating: 1, count: 100_000), to: "f") }
            }
            var names: [String] = []
            for try await entry in directory.entries { names.append(entry.name) }
            #expect(names.isEmpty || names == ["f"])
            if names == ["f"] { #expect(try await directory.status(of: "f").size == 100_000) }
        }
    }

    @Test("the standard library sleeps and measures by the clock of a loop", arguments: TestBackend.all)
    func clock(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let clock = boot.loops[0].clock
            let start = clock.now
            try await Task.sleep(until: start.advanced(by: .milliseconds(3)), clock: clock)
            #expect(start.duration(to: clock.now) >= .milliseconds(3))
            let elapsed = try await clock.measure { try await Task.sleep(for: .milliseconds(2), clock: clock) }
            #expect(elapsed >= .milliseconds(2))
            let before = clock.now
            let (inside, elsewhere) = await (clock.now, Task { @MainActor in clock.now }.value)
            #expect(before <= inside && inside <= elsewhere && elsewhere <= clock.now)
            let sleeping = Task { try await Task.sleep(until: .never, clock: clock) }
            sleeping.cancel()
            let result = await sleeping.result
            #expect(throws: CancellationError.self) { try result.get() }
        }
    }

    @Test("where time is virtual, an hour of it is soon over")
    func virtualTime() async throws {
        let start = ContinuousClock.now
        try await IORuntime.run(RuntimeConfiguration(backend: .fastWorld(seed: 1), loops: 1)) { boot in
            let clock = boot.loops[0].clock
            let elapsed = try await clock.measure { try await Task.sleep(for: .seconds(600), clock: clock) }
            #expect(elapsed >= .seconds(600) && elapsed < .seconds(660))
        }
        #expect(start.duration(to: .now) < .seconds(300))
    }
}

/// The next byte of a stream, or nil at its end.
private func receiveOne(_ stream: Stream) async throws -> UInt8? {
    var buffer = [UInt8](repeating: 0, count: 1)
    return try await stream.receive(into: &buffer) == 0 ? nil : buffer[0]
}
