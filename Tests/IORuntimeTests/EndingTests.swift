// The end of a runtime, and tasks that do not keep to their loop.

import IORuntime
import IOSpec
import Testing

@Suite struct EndingTests {
    @Test("a task that never ends does not hold the end of its runtime up", arguments: TestBackend.all)
    func endless(_ backend: TestBackend) async throws {
        let (endless, loop) = try await backend.run { boot in
            let listener = try await boot.listener(at: .loopback4())
            let loop = boot.loops[0]
            let endless = Task(executorPreference: loop) {
                var failures = 0
                while !Task.isCancelled, failures < 1_000_000 {
                    do { try await listener.accept().close() } catch { failures += 1 }
                    await Task.yield()
                }
            }
            try await loop.sleep(for: .milliseconds(2))
            return (endless, loop)
        }
        // The loop is gone, and the task goes on elsewhere.
        #expect(!loop.isCurrent)
        endless.cancel()
        await endless.value
    }

    @Test("an actor of a loop that has ended goes on, one call after the other", arguments: TestBackend.all)
    func actors(_ backend: TestBackend) async throws {
        let tally = try await backend.run { boot in
            let tally = Tally(boot.loops[0])
            await tally.count()
            return tally
        }
        await withDiscardingTaskGroup { group in
            for _ in 0..<1000 { group.addTask { await tally.count() } }
        }
        #expect(await tally.number == 1001)
    }

    @Test("what a program still has open when its runtime has ended is of no use, and harmless", arguments: TestBackend.all)
    func leftovers(_ backend: TestBackend) async throws {
        let pair = try await backend.run { boot in try await boot.steady { io in try await io.streamPair() } }
        do throws(IOFailure) {
            try await pair.0.send([1])
            Issue.record("the runtime has ended")
        } catch {
            #expect(error.cause == .badHandle)
        }
    }

    @Test("tasks that begin on a loop's thread and go on elsewhere do no harm", arguments: TestBackend.all)
    func elsewhere(_ backend: TestBackend) async throws {
        let received = try await backend.run { boot in
            let loop = boot.loops[0]
            return try await boot.steady { io in
                let (first, second) = try await io.streamPair()
                let plain = Plain()
                return try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<20 {
                        group.addTask {
                            // In a default actor, whose calls run on whatever thread is at hand.
                            try await plain.sleep(on: loop)
                            try await first.send([UInt8](repeating: 1, count: 100))
                            return 0
                        }
                    }
                    group.addTask {
                        var count = 0
                        var buffer = [UInt8](repeating: 0, count: 64)
                        while count < 2000 { count += try await second.receive(into: &buffer) }
                        return count
                    }
                    return try await group.reduce(0, +)
                }
            }
        }
        #expect(received == 2000)
    }

    @Test("operations beyond what may wait get their turn, are cancelled and time out all the same", arguments: TestBackend.all)
    func held(_ backend: TestBackend) async throws {
        var configuration = backend.configuration
        configuration.size.operations = 8
        try await IORuntime.run(configuration) { boot in
            try await boot.steady { io in
                let loop = io.loop
                let (first, second) = try await io.streamPair()
                let waiting = (0..<16).map { _ in
                    Task(executorPreference: loop) {
                        var buffer = [UInt8](repeating: 0, count: 1)
                        return try await first.receive(into: &buffer)
                    }
                }
                while await loop.inFlight < 7 { await Task.yield() }
                // What does not wait for others finds a slot, and a deadline of what has none is kept.
                try await loop.nop()
                let deadline = await loop.now.advanced(by: .milliseconds(2))
                do throws(IOFailure) {
                    var buffer = [UInt8](repeating: 0, count: 1)
                    _ = try await second.receive(into: &buffer, until: deadline)
                    Issue.record("nothing was sent")
                } catch {
                    #expect(error.cause == .timedOut)
                }
                waiting[15].cancel()
                let cancelled = await waiting[15].result
                #expect { try cancelled.get() } throws: { ($0 as? IOFailure)?.cause == .cancelled }
                try await second.shutDown(.sending)
                for task in waiting.dropLast() { #expect(try await task.value == 0) }
            }
        }
    }

    @Test("a file that could not be written whole leaves nothing, also when its task is cancelled", arguments: TestBackend.all)
    func cancelledWrite(_ backend: TestBackend) async throws {
        let directory = backend.directory
        try await backend.run { boot in
            let root = try await boot.directory(directory, unconfined: true)
            let name = "cancelled-\(UInt64.random(in: 0 ... .max))"
            try await root.makeDirectory(name)
            let here = try await root.openDirectory(name)
            for delay in 0..<20 {
                let writing = Task(executorPreference: boot.loops[0]) {
                    try await here.writeAtomically([UInt8](repeating: 1, count: 10_000), to: "f")
                }
                for _ in 0..<delay { try await boot.loops[0].nop() }
                writing.cancel()
                _ = await writing.result
            }
            try? await here.remove("f")
            try await root.removeDirectory(name)
        }
    }
}

/// Counts on the thread of a loop, and elsewhere after its end.
private actor Tally {
    private let executor: LoopSerialExecutor
    private(set) var number = 0

    init(_ loop: EventLoop) { executor = loop.serialExecutor }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    func count() {
        let before = number
        // Long enough for another call to come between, were there one at the same time.
        for _ in 0..<100 { withExtendedLifetime(number) {} }
        number = before + 1
    }
}

/// An actor without a thread of its own.
private actor Plain {
    func sleep(on loop: EventLoop) async throws {
        for _ in 0..<5 { try await loop.sleep(for: .microseconds(50)) }
    }
}
