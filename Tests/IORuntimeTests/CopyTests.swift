// Copies between all kinds of things, on each backend.

import IORuntime
import IOSpec
import Synchronization
import Testing

@Suite struct CopyTests {
    @Test("a file is copied whole, or a range of it, to where it belongs", arguments: TestBackend.all)
    func files(_ backend: TestBackend) async throws {
        try await backend.inScratch { directory, _ in
            for size in [0, 1, 4095, 4096, 8191, 262_144, 262_145, 2_500_000] {
                let bytes = pattern(size)
                let source = try await directory.make("source", bytes)
                let target = try await directory.make("target", [])
                let told = Progress()
                #expect(try await copy(from: .file(source), to: .file(target)) { told.note($0) } == size)
                #expect(try await target.readAll() == bytes)
                #expect(told.isRising && told.last == size)
                let part = try await directory.make("part", [9, 9, 9])
                #expect(try await copy(from: .file(source, 1..<300_000), to: .file(part, at: 2)) == max(0, min(size, 300_000) - 1))
                #expect(try await part.readAll() == [9, 9] + (size < 2 ? [9] : bytes[1..<min(size, 300_000)]))
            }
        }
    }

    @Test("what goes through a stream or a pipe arrives in order, by whichever way", arguments: TestBackend.all)
    func ordered(_ backend: TestBackend) async throws {
        let bytes = pattern(1_200_000)
        try await backend.inScratch { directory, io in
            let source = try await directory.make("source", bytes)
            let (first, second) = try await io.streamPair()
            let pipe = try await io.pipe()
            let (third, fourth) = try await io.streamPair()
            let last = try await io.pipe()
            let target = try await directory.make("target", [])
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask { try await passOn(.file(source), .stream(first)) { try await first.shutDown(.sending) } }
                group.addTask { try await passOn(.stream(second), .pipe(pipe.writeEnd)) { try await pipe.writeEnd.close() } }
                group.addTask { try await passOn(.pipe(pipe.readEnd), .stream(third)) { try await third.shutDown(.sending) } }
                group.addTask { try await passOn(.stream(fourth), .pipe(last.writeEnd)) { try await last.writeEnd.close() } }
                group.addTask { try await copy(from: .pipe(last.readEnd), to: .file(target, at: 3)) }
                for try await moved in group { #expect(moved == bytes.count) }
            }
            #expect(try await target.readAll() == [0, 0, 0] + bytes)
        }
    }

    @Test("no more is taken than was asked for", arguments: TestBackend.all)
    func limits(_ backend: TestBackend) async throws {
        try await backend.inScratch { directory, io in
            let (first, second) = try await io.streamPair()
            let pipe = try await io.pipe()
            try await first.send(pattern(1000))
            try await pipe.writeEnd.send(pattern(1000))
            let log = try await directory.open("log", [.reading, .appending, .creating])
            #expect(try await copy(from: .stream(second, atMost: 10), to: .end(of: log)) == 10)
            #expect(try await copy(from: .pipe(pipe.readEnd, atMost: 20), to: .end(of: log)) == 20)
            #expect(try await copy(from: .pipe(pipe.readEnd, atMost: 30), to: .stream(first)) == 30)
            #expect(try await copy(from: .stream(second, atMost: 0), to: .stream(first)) == 0)
            #expect(try await log.readAll() == pattern(10) + pattern(20))
            var rest = [UInt8](repeating: 0, count: 990)
            #expect(try await second.receiveExactly(into: &rest) == 990)
            #expect(rest == Array(pattern(1000)[10...]))
            var spliced = [UInt8](repeating: 0, count: 30)
            #expect(try await second.receiveExactly(into: &spliced) == 30)
            #expect(spliced == Array(pattern(1000)[20..<50]))
        }
    }

    @Test("a copy that fails midway tells how many bytes arrived", arguments: TestBackend.all)
    func failures(_ backend: TestBackend) async throws {
        let bytes = pattern(3_000_000)
        try await backend.inScratch { directory, io in
            let loop = io.loop
            let source = try await directory.make("source", bytes)
            for isBroken in [true, false] {
                let (first, second) = try await io.streamPair()
                let copying = Task(executorPreference: loop) {
                    await failure(of: { try await copy(from: .file(source), to: .stream(first)) })
                }
                var received = [UInt8](repeating: 0, count: 700_000)
                #expect(try await second.receiveExactly(into: &received) == 700_000)
                if isBroken { try await second.close() } else { copying.cancel() }
                let copied = try #require(await copying.value)
                #expect(isBroken ? [.brokenPipe, .connectionReset].contains(copied.cause) : copied.cause == .cancelled)
                #expect(copied.bytesMoved >= 700_000 && copied.bytesMoved < bytes.count)
                #expect(received == Array(bytes[..<700_000]))
            }
            let target = try await directory.open("read-only", [.reading, .creating])
            let refused = try #require(await failure(of: { try await copy(from: .file(source), to: .file(target)) }))
            #expect(refused.cause == .wrongAccess && refused.bytesMoved == 0)
        }
    }

    @Test("a copy goes from one loop to another, and may be awaited anywhere", arguments: TestBackend.all) @MainActor
    func loops(_ backend: TestBackend) async throws {
        let bytes = pattern(1_500_000)
        var configuration = backend.configuration
        configuration.loops = 2
        let parent = backend.directory
        try await IORuntime.run(configuration) { boot in
            let loops = boot.loops
            let near = try await boot.directory(parent, unconfined: true)
            let far = try await boot.directory(parent, unconfined: true, on: loops[1])
            let source = try await near.openTemporary()
            let (first, second) = (try await far.openTemporary(), try await far.openTemporary())
            let pipe = try await boot.steady { io in try await io.pipe() }
            try await source.write(bytes, at: 0)
            try await onMainActor {
                let copied = try await copy(from: .file(source), to: .file(first))
                async let sent = passOn(.file(source), .pipe(pipe.writeEnd)) { try await pipe.writeEnd.close() }
                let received = try await copy(from: .pipe(pipe.readEnd), to: .file(second))
                let passed = try await sent
                #expect([copied, passed, received] == [bytes.count, bytes.count, bytes.count])
            }
            #expect(try await first.readAll() == bytes)
            #expect(try await second.readAll() == bytes)
        }
    }

    @Test("a copy that is cancelled has copied what it says", arguments: TestBackend.all)
    func cancellation(_ backend: TestBackend) async throws {
        let bytes = pattern(2_000_000)
        try await backend.inScratch { directory, io in
            let source = try await directory.make("source", bytes)
            for turns in [0, 1, 2, 5, 10, 20] {
                let target = try await directory.make("target", [])
                let copying = Task(executorPreference: io.loop) { try await copy(from: .file(source), to: .file(target)) }
                for _ in 0..<turns { try await io.loop.nop() }
                copying.cancel()
                let failure = await failure(of: { try await copying.value })
                let moved = failure?.bytesMoved ?? bytes.count
                if let failure { #expect(failure.cause == .cancelled) }
                #expect(Array(try await target.readAll().prefix(moved)) == Array(bytes[..<moved]))
            }
        }
    }
}

@MainActor private func onMainActor(_ body: @MainActor () async throws -> Void) async throws { try await body() }

/// What was told of a copy.
private final class Progress: Sendable {
    private let told = Mutex<[Int]>([])

    func note(_ count: Int) { told.withLock { $0.append(count) } }

    var isRising: Bool { told.withLock { zip($0, $0.dropFirst()).allSatisfy { $0 < $1 } } }
    var last: Int { told.withLock { $0.last ?? 0 } }
}

/// Bytes of which no two neighbouring blocks are alike.
func pattern(_ count: Int) -> [UInt8] { Array(longPattern[..<count]) }

private let longPattern = unsafe [UInt8](unsafeUninitializedCapacity: 3_000_000) { bytes, count in
    for place in 0..<3_000_000 { unsafe bytes[place] = UInt8(truncatingIfNeeded: place &* 7 &+ (place >> 8) &* 13 &+ (place >> 16) &* 101) }
    count = 3_000_000
}

/// Copies, and ends the sink.
func passOn(_ source: ByteSource, _ sink: ByteSink, _ end: @Sendable () async throws -> Void) async throws -> Int {
    let moved = try await copy(from: source, to: sink)
    try await end()
    return moved
}

extension Directory {
    /// A file with these bytes and no others.
    func make(_ name: String, _ bytes: [UInt8]) async throws -> File {
        let file = try await open(name, [.reading, .writing, .creating, .truncating])
        if !bytes.isEmpty { try await file.write(bytes, at: 0) }
        return file
    }
}
