// Files of a simulated host, as its programs and its administrator see them.

import BackendSimulated
import IOSpec
import Testing

@Suite struct FileTests {
    @Test func `a write that storage has no room for is short, then noSpace, and removing a file makes room`() throws {
        try withHost({ $0.storageBytes = 65_536 }) { host in
            let program = try FileProgram(on: host)
            let file = try program.makeFile("/f")
            #expect(try program.write([UInt8](repeating: 1, count: 100_000), to: file) == 65_536)
            #expect(throws: IOError(.noSpace)) { try program.write([1], to: file, at: 65_536) }
            #expect(throws: IOError(.noSpace)) { try program.makeDirectory("/d") }
            let other = try program.makeFile("/g")
            try program.unlink("/f")
            #expect(throws: IOError(.noSpace)) { try program.write([1], to: other) }
            try program.close(file)
            #expect(try program.write([1], to: other) == 1)
            try program.makeDirectory("/d")
            #expect(try program.write([UInt8](repeating: 1, count: 100_000), to: other) == 65_536 - 4096)
            try program.removeDirectory("/d")
            #expect(try program.write([UInt8](repeating: 1, count: 100_000), to: other, at: 65_536 - 4096) == 4096)
        }
    }

    @Test func `a file grows up to the largest size, and no further`() throws {
        try withHost({ $0.fileBytes = 100_000 }) { host in
            let program = try FileProgram(on: host)
            let file = try program.makeFile("/f")
            #expect(try program.write([UInt8](repeating: 7, count: 60_000), to: file, at: 50_000) == 50_000)
            #expect(throws: IOError(.fileTooLarge)) { try program.write([7], to: file, at: 100_000) }
            #expect(throws: IOError(.fileTooLarge)) { try program.perform(.file(.truncate(file, to: 100_001))) }
            #expect(throws: IOError(.fileTooLarge)) {
                try program.perform(.file(.allocate(file, at: 90_000, count: 10_001, keepsSize: true)))
            }
            try program.perform(.file(.allocate(file, at: 90_000, count: 10_000, keepsSize: false)))
        }
    }

    @Test func `nothing is made when there is no room for its handle`() throws {
        try withHost({ $0.handles = 2 }) { host in
            let program = try FileProgram(on: host)
            _ = try program.makeFile("/f")
            #expect(throws: IOError(.tooManyOpen)) { try program.makeFile("/g") }
            #expect(try host.names(in: "/") == ["f"])
        }
    }

    @Test func `transfers that chance cuts short are whole to the program`() throws {
        try withHost({ $0.rates.shortTransfers = 900_000 }) { host in
            let program = try FileProgram(on: host)
            let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
            let file = try program.makeFile("/f", bytes)
            #expect(try program.read(30_000, from: file) == bytes)
            let direct = try program.open("/f", [.reading, .direct])
            #expect(try program.read(8192, from: direct, at: 4096) == Array(bytes[4096..<12_288]))
        }
    }

    @Test func `a host shows its files and changes them`() throws {
        try withHost { host in
            try host.makeDirectory(at: "/d")
            try host.makeFile(at: "/d/f", contents: [1, 2], permissions: 0o600)
            try host.makeSymbolicLink(to: "d/f", at: "/l")
            try host.makeHardLink(of: "/d/f", at: "/g")
            try host.makeNamedPipe(at: "/p")
            try host.setPermissions(0o4755, at: "/l")
            let program = try FileProgram(on: host)
            let status = try program.status(at: "/g")
            #expect(status.linkCount == 2 && status.permissions == 0o4755 && status.size == 2)
            #expect(try host.contents(at: "/l") == [1, 2])
            #expect(try host.names(in: "/").sorted() == ["d", "g", "l", "p"])
            #expect(try ["/d", "/l", "/g", "/p"].map { try host.kind(at: $0) } == [.directory, .symbolicLink, .file, .pipe])
            #expect(throws: IOError(.alreadyExists)) { try host.makeFile(at: "/l") }
            try host.remove(at: "/d")
            #expect(!host.exists("/d") && host.exists("/l"))
            #expect(try program.status(at: "/g").linkCount == 1)
            #expect(throws: IOError(.notFound)) { try host.contents(at: "/l") }
        }
    }

    @Test func `two hosts have nothing in common`() throws {
        let world = SimulatedWorld(seed: 1)
        let other = world.makeHost(named: "other")
        try world.firstHost.makeFile(at: "/f")
        #expect(!other.exists("/f"))
    }

    private func withHost(_ change: (inout SimulationSettings) -> Void = { _ in }, _ body: (SimulatedHost) throws -> Void) throws {
        var settings = SimulationSettings()
        change(&settings)
        let world = SimulatedWorld(seed: 1, settings: settings)
        try withExtendedLifetime(world) { try body(world.firstHost) }
    }
}
