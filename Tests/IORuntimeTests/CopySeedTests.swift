// Copies in worlds where transfers are cut short and fail.

import BackendSimulated
import IORuntime
import IOSpec
import Testing

@Suite(.serialized) struct CopySeedTests {
    @Test("whatever is cut short, everything arrives", arguments: 0..<60 as Range<UInt64>)
    func shortTransfers(_ seed: UInt64) async throws {
        var settings = SimulationSettings()
        settings.rates.shortTransfers = 400_000
        let bytes = pattern(Int(seed &* 7_919_137 % 700_000))
        try await run(seed, settings) { root, io in
            let source = try await root.make("source", bytes)
            let target = try await root.make("target", [])
            #expect(try await copy(from: .file(source), to: .file(target)) == bytes.count)
            #expect(try await target.readAll() == bytes)
            let (first, second) = try await io.streamPair()
            let pipe = try await io.pipe()
            let far = try await root.make("far", [])
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask { try await passOn(.file(source), .stream(first)) { try await first.shutDown(.sending) } }
                group.addTask { try await passOn(.stream(second), .pipe(pipe.writeEnd)) { try await pipe.writeEnd.close() } }
                group.addTask { try await copy(from: .pipe(pipe.readEnd), to: .file(far)) }
                for try await moved in group { #expect(moved == bytes.count) }
            }
            #expect(try await far.readAll() == bytes)
            let (third, fourth) = try await io.streamPair()
            let back = try await io.pipe()
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask { try await passOn(.file(source), .pipe(back.writeEnd)) { try await back.writeEnd.close() } }
                group.addTask { try await passOn(.pipe(back.readEnd), .stream(third)) { try await third.shutDown(.sending) } }
                group.addTask { try await copyByBlocks(from: .stream(fourth), to: .file(target, at: 5)) }
                for try await moved in group { #expect(moved == bytes.count) }
            }
            #expect(Array(try await target.readAll().dropFirst(5)) == bytes)
        }
    }

    @Test("whatever fails, as many bytes as are told have arrived", arguments: 0..<80 as Range<UInt64>)
    func faults(_ seed: UInt64) async throws {
        var settings = SimulationSettings()
        settings.rates.shortTransfers = 300_000
        settings.rates.noSpace = 60_000
        settings.rates.resets = 20_000
        let bytes = pattern(500_000 + Int(seed &* 104_729 % 800_000))
        try await run(seed, settings) { root, io in
            let source = try await root.open("source", [.reading, .writing, .creating])
            try await persist(bytes, in: source)
            let target = try await root.make("target", [])
            let moved = try await outcome(bytes.count, [.noSpace]) { try await copy(from: .file(source), to: .file(target)) }
            #expect(Array(try await target.readAll().prefix(moved)) == Array(bytes[..<moved]))
            let (first, second) = try await io.streamPair()
            let far = try await root.make("far", [])
            async let sent = outcome(bytes.count, [.connectionReset, .brokenPipe]) {
                try await passOn(.file(source), .stream(first)) { try await first.shutDown(.sending) }
            }
            let arrived = try await outcome(bytes.count, [.noSpace, .connectionReset]) {
                try await copy(from: .stream(second), to: .file(far))
            }
            try await second.close()
            #expect(try await sent >= arrived)
            #expect(Array(try await far.readAll().prefix(arrived)) == Array(bytes[..<arrived]))
        }
    }

    private func run(
        _ seed: UInt64, _ settings: SimulationSettings, _ body: @Sendable (Directory, borrowing Steady) async throws -> Void
    ) async throws {
        try await IORuntime.run(RuntimeConfiguration(backend: .fastWorld(seed: seed, settings: settings), loops: 1)) { boot in
            let root = try await boot.directory("/", unconfined: true)
            try await boot.steady { io in try await body(root, io) }
        }
    }

    /// Writes everything, however often that fails.
    private func persist(_ bytes: [UInt8], in file: File) async throws {
        var written = 0
        while written < bytes.count {
            do throws(IOFailure) {
                try await file.write(Array(bytes[written...]), at: Int64(written))
                return
            } catch {
                try #require(error.cause == .noSpace)
                written += error.bytesMoved
            }
        }
    }

    /// How many bytes were moved: all of them, or as many as a failure of one of these causes tells.
    private func outcome(_ whole: Int, _ causes: Set<IOError.Cause>, _ copy: () async throws -> Int) async throws -> Int {
        do {
            let moved = try await copy()
            #expect(moved == whole || causes.contains(.connectionReset))
            return moved
        } catch let failure as IOFailure {
            #expect(causes.contains(failure.cause), "\(failure)")
            return failure.bytesMoved
        }
    }
}
