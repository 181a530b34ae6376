// What programs of the runtime rely on, on each backend.

import IORuntime
import IOSpec
import Testing

@Suite struct RuntimeTests {
    @Test("a program boots, transfers, and returns what it found", arguments: TestBackend.all)
    func filesAndBytes(_ backend: TestBackend) async throws {
        let directory = backend.directory
        let read = try await backend.run { boot in
            let root = try await boot.directory(directory, unconfined: true)
            return try await boot.steady { _ in
                let name = "runtime-\(UInt64.random(in: 0 ... .max))"
                let file = try await root.open(name, [.reading, .writing, .creating])
                try await file.write([1, 2, 3, 4, 5], at: 0)
                try await file.synchronize()
                var buffer = [UInt8](repeating: 0, count: 8)
                let count = try await file.read(into: &buffer, at: 1)
                let size = try await file.status().size
                try await file.close()
                try await root.remove(name)
                return (bytes: Array(buffer[..<count]), size: size)
            }
        }
        #expect(read.bytes == [2, 3, 4, 5])
        #expect(read.size == 5)
    }

    @Test("a file is written whole or not at all, and read whole", arguments: TestBackend.all)
    func wholeFiles(_ backend: TestBackend) async throws {
        let directory = backend.directory
        try await backend.run { boot in
            let root = try await boot.directory(directory, unconfined: true)
            let name = "whole-\(UInt64.random(in: 0 ... .max))"
            try await root.makeDirectory(name)
            let here = try await root.openDirectory(name)
            let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
            for contents in [[], bytes, [1, 2, 3]] {
                try await here.writeAtomically(contents, to: "f")
                #expect(try await here.read("f") == contents)
                #expect(try await here.status(of: "f").size == Int64(contents.count))
            }
            await #expect(throws: IOFailure.self) { try await here.writeAtomically([1], to: "none/f") }
            try await here.remove("f")
            // Nothing partial is left, so that the directory is empty.
            try await root.removeDirectory(name)
            do throws(IOFailure) {
                _ = try await root.read(name)
                Issue.record("it was removed")
            } catch {
                #expect(error.cause == .notFound)
                #expect(error.description.contains(name))
            }
        }
    }

    @Test("an echo server answers each of its clients, one task receiving while another sends", arguments: TestBackend.all)
    func echo(_ backend: TestBackend) async throws {
        let answers = try await backend.run { boot in
            let listener = try await boot.listener(at: .loopback4())
            let address = try await listener.address()
            return try await boot.steady { io in
                let loop = io.loop
                return try await withThrowingTaskGroup(of: [UInt8].self) { group in
                    let server = Task(executorPreference: loop) {
                        await withDiscardingTaskGroup { connections in
                            while let stream = try? await listener.accept() {
                                connections.addTask { try? await sendBack(stream) }
                            }
                        }
                    }
                    for number in 1...5 as ClosedRange<UInt8> {
                        group.addTask { try await ask(number, address, on: loop) }
                    }
                    var answers: [[UInt8]] = []
                    for try await answer in group { answers.append(answer) }
                    server.cancel()
                    await server.value
                    return answers.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
                }
            }
        }
        #expect(answers == (1...5).map { [UInt8](repeating: $0, count: 1000) })
    }

    @Test("a task that is cancelled while it receives gets its error, and the stream goes on", arguments: TestBackend.all)
    func cancellation(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let (first, second) = try await io.streamPair()
                let receiving = Task(executorPreference: io.loop) {
                    var buffer = [UInt8](repeating: 0, count: 8)
                    return try await first.receive(into: &buffer)
                }
                try await io.loop.sleep(for: .milliseconds(5))
                receiving.cancel()
                let result = await receiving.result
                #expect { try result.get() } throws: { ($0 as? IOFailure)?.cause == .cancelled }
                try await second.send([7, 8])
                var buffer = [UInt8](repeating: 0, count: 8)
                #expect(try await first.receive(into: &buffer) == 2)
                #expect(Array(buffer[..<2]) == [7, 8])
            }
        }
    }

    @Test("operations can be awaited from anywhere", arguments: TestBackend.all) @MainActor
    func foreign(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let (loop, pair) = try await boot.steady { io in (io.loop, try await io.streamPair()) }
            let received = try await onMainActor {
                #expect(!loop.isCurrent)
                try await pair.0.send([1, 2, 3])
                var buffer = [UInt8](repeating: 0, count: 8)
                let count = try await pair.1.receive(into: &buffer)
                return Array(buffer[..<count])
            }
            #expect(received == [1, 2, 3])
            let waiting = Task { @MainActor in
                var buffer = [UInt8](repeating: 0, count: 8)
                return try await pair.0.receive(into: &buffer)
            }
            try await loop.sleep(for: .milliseconds(5))
            waiting.cancel()
            let result = await waiting.result
            #expect { try result.get() } throws: { ($0 as? IOFailure)?.cause == .cancelled }
        }
    }

    @Test("an actor that lives on a loop runs there, and awaits operations without a hop", arguments: TestBackend.all)
    func actors(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            let loop = boot.loops[0]
            let counter = Counter(loop)
            for _ in 0..<10 { try await counter.count() }
            #expect(await counter.number == 10)
        }
    }

    @Test("a deadline ends a wait", arguments: TestBackend.all)
    func deadline(_ backend: TestBackend) async throws {
        try await backend.run { boot in
            try await boot.steady { io in
                let (first, second) = try await io.streamPair()
                var buffer = [UInt8](repeating: 0, count: 8)
                let deadline = await io.loop.now.advanced(by: .milliseconds(5))
                do throws(IOFailure) {
                    _ = try await first.receive(into: &buffer, until: deadline)
                    Issue.record("nothing was sent")
                } catch {
                    #expect(error.cause == .timedOut)
                }
                #expect(await io.loop.now >= deadline)
                try await second.close()
            }
        }
    }

    @Test("more operations than the backend has slots all get their turn", arguments: TestBackend.all)
    func manyOperations(_ backend: TestBackend) async throws {
        var configuration = backend.configuration
        configuration.size.operations = 4
        try await IORuntime.run(configuration) { boot in
            let loop = boot.loops[0]
            try await withThrowingDiscardingTaskGroup { group in
                for _ in 0..<100 { group.addTask { try await loop.sleep(for: .microseconds(10)) } }
            }
        }
    }
}

/// Counts on the thread of a loop.
private actor Counter {
    private let loop: EventLoop
    private(set) var number = 0

    init(_ loop: EventLoop) { self.loop = loop }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe loop.serialExecutor.asUnownedSerialExecutor() }

    func count() async throws {
        #expect(loop.isCurrent)
        try await loop.nop()
        #expect(loop.isCurrent)
        number += 1
    }
}

@MainActor private func onMainActor<Value: Sendable>(_ body: @MainActor () async throws -> Value) async throws -> Value {
    try await body()
}

private func sendBack(_ stream: Stream) async throws {
    var buffer = [UInt8](repeating: 0, count: 64)
    while true {
        let count = try await stream.receive(into: &buffer)
        if count == 0 { return try await stream.close() }
        try await stream.send(Array(buffer[..<count]))
    }
}

private func ask(_ number: UInt8, _ address: SocketAddress, on loop: EventLoop) async throws -> [UInt8] {
    let stream = try await Stream.connect(to: address, on: loop)
    async let sending: Void = {
        try await stream.send([UInt8](repeating: number, count: 1000))
        try await stream.shutDown(.sending)
    }()
    var answer: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 100)
    while true {
        let count = try await stream.receive(into: &buffer)
        if count == 0 { break }
        answer += buffer[..<count]
    }
    try await sending
    try await stream.close()
    return answer
}
