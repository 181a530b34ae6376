// What a crash of a host leaves of its files.

import IOSpec
import Testing

@testable import BackendSimulated

@Suite struct CrashTests {
    @Test func `what was synchronized survives every crash, name and contents`() throws {
        try forManySeeds { host, seed in
            try prepare(host) { program in
                try program.makeDirectory("/d")
                let file = try program.makeFile("/d/f", [1, 2, 3])
                try program.synchronize(file)
                try program.synchronize(directory: "/d")
                _ = try program.makeFile("/d/g", [4])
            }
            crash(host, seed)
            #expect(try host.contents(at: "/d/f") == [1, 2, 3])
        }
    }

    @Test func `what was not synchronized is lost in some crashes and kept in others`() throws {
        var lost = 0
        var kept = 0
        try forManySeeds { host, seed in
            try prepare(host) { program in _ = try program.makeFile("/f", [1, 2, 3]) }
            crash(host, seed)
            if !host.exists("/f") { lost += 1 } else if try host.contents(at: "/f") == [1, 2, 3] { kept += 1 }
        }
        #expect(lost > 0 && kept > 0 && lost + kept < 200)
    }

    @Test func `a name that is replaced leads to the old file or to the new one after a crash`() throws {
        var outcomes: Set<[UInt8]> = []
        try forManySeeds { host, seed in
            try host.makeFile(at: "/f", contents: [1])
            try prepare(host) { program in
                try program.synchronize(program.makeFile("/next", [2]))
                try program.rename("/next", to: "/f")
            }
            crash(host, seed)
            outcomes.insert(try host.contents(at: "/f"))
        }
        #expect(outcomes == [[1], [2]])
    }

    @Test func `no crash takes the last name of a file that was in storage, wherever it was moved and linked`() throws {
        try forManySeeds { host, seed in
            try host.makeDirectory(at: "/a")
            try host.makeDirectory(at: "/b")
            try host.makeFile(at: "/a/f", contents: [1, 2, 3])
            try prepare(host) { program in
                try program.makeDirectory("/c")
                try program.rename("/a/f", to: "/c/f")
                try program.removeDirectory("/a")
                try program.link("/c/f", to: "/b/f")
                try program.unlink("/c/f")
            }
            crash(host, seed)
            let places = ["/a/f", "/b/f", "/c/f"].filter { host.exists($0) }
            #expect(!places.isEmpty, "with seed \(seed)")
            for place in places { #expect(try host.contents(at: place) == [1, 2, 3]) }
        }
    }

    @Test func `a synchronized directory takes with it what its names hang on`() throws {
        try forManySeeds { host, seed in
            try host.makeDirectory(at: "/a")
            try host.makeDirectory(at: "/b")
            try host.makeFile(at: "/a/f", contents: [1, 2, 3])
            try prepare(host) { program in
                try program.link("/a/f", to: "/b/f")
                try program.unlink("/a/f")
                try program.synchronize(directory: "/a")
            }
            crash(host, seed)
            #expect(!host.exists("/a/f"))
            #expect(try host.contents(at: "/b/f") == [1, 2, 3])
        }
    }

    @Test func `no crash leaves directories inside each other, out of reach`() throws {
        try forManySeeds { host, seed in
            for path in ["/a", "/y", "/y/sub", "/y/sub/x", "/y/sub/x/z"] { try host.makeDirectory(at: path) }
            try prepare(host) { program in
                try program.rename("/y/sub/x", to: "/a/x")
                try program.rename("/y", to: "/a/x/z/y")
            }
            crash(host, seed)
            #expect(["/y/sub/x/z", "/a/x/z"].contains { host.exists($0) }, "with seed \(seed)")
            #expect(["/y/sub", "/a/x/z/y/sub"].contains { host.exists($0) }, "with seed \(seed)")
        }
    }

    @Test func `many changes of one name are lost from the last one on`() throws {
        var outcomes: Set<[UInt8]> = []
        try forManySeeds { host, seed in
            try host.makeFile(at: "/f", contents: [0])
            for byte in UInt8(1)...4 { try host.makeFile(at: "/\(byte)", contents: [byte]) }
            try prepare(host) { program in
                for byte in UInt8(1)...4 {
                    try program.rename("/\(byte)", to: "/f")
                    try program.synchronize(program.makeFile("/\(byte)", [10 + byte]))
                }
            }
            crash(host, seed)
            let last = try #require(try host.contents(at: "/f").first)
            outcomes.insert([last])
            // What was moved later has its first name.
            for byte in UInt8(1)...4 where byte > last { #expect(try host.contents(at: "/\(byte)") == [byte], "with seed \(seed)") }
        }
        #expect(outcomes.count == 5)
    }

    @Test func `permissions that were not synchronized are the old ones or the new ones`() throws {
        var outcomes: Set<UInt16> = []
        try forManySeeds { host, seed in
            try host.makeFile(at: "/f")
            try prepare(host) { program in
                let file = try program.open("/f", .reading)
                for permissions: UInt16 in [0o640, 0o600] {
                    try program.perform(.file(.setPermissions(file, permissions)))
                    try program.perform(.file(permissions == 0o640 ? .synchronize(file) : .synchronizeData(file)))
                }
            }
            crash(host, seed)
            outcomes.insert(try FileProgram(on: host).status(at: "/f").permissions)
        }
        #expect(outcomes == [0o600, 0o640])
    }

    @Test func `after a crash names and storage are counted as they are`() throws {
        try forManySeeds { host, seed in
            try prepare(host) { program in
                for name in ["a", "b", "c", "d"] { _ = try program.makeFile("/\(name)", [UInt8](repeating: 1, count: 10_000)) }
                try program.link("/a", to: "/e")
                try program.unlink("/b")
                try program.makeDirectory("/directory")
            }
            crash(host, seed)
            let program = try FileProgram(on: host)
            var used: Int64 = 0
            var names: [UInt64: UInt32] = [:]
            for name in try host.names(in: "/") {
                let status = try program.status(at: "/\(name)")
                if names[status.identity, default: 0] == 0 { used += status.allocatedSize }
                names[status.identity, default: 0] += 1
            }
            for name in try host.names(in: "/") where name != "directory" {
                let status = try program.status(at: "/\(name)")
                #expect(status.linkCount == names[status.identity])
            }
            #expect(host.tree.usedBytes == Int(used))
        }
    }

    @Test func `the oldest of very many changes of names are in storage, though nobody asked`() throws {
        try forManySeeds(10) { host, seed in
            try prepare(host) { program in for index in 0..<300 { try program.makeDirectory("/d\(index)") } }
            crash(host, seed)
            #expect(host.exists("/d0") && host.exists("/d43"))
        }
    }

    private func forManySeeds(_ count: UInt64 = 200, _ body: (SimulatedHost, UInt64) throws -> Void) throws {
        for seed in 1...count {
            let world = SimulatedWorld(seed: seed)
            try withExtendedLifetime(world) { try body(world.firstHost, seed) }
        }
    }

    /// Runs a program to its end.
    private func prepare(_ host: SimulatedHost, _ body: (FileProgram) throws -> Void) throws {
        let program = try FileProgram(on: host)
        try body(program)
    }

    private func crash(_ host: SimulatedHost, _ seed: UInt64) {
        var chance = SeededRandom(seed: seed)
        host.world.exclusively { host.tree.crash(&chance) }
    }
}
