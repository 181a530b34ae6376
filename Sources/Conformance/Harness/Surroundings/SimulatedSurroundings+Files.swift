// The files of a simulated host, as its administrator makes and sees them.

import BackendSimulated
import IOSpec

extension SimulatedSurroundings {
    /// Has the host do something; what it refuses is the suite's own mistake.
    func ask<Result>(_ what: @autoclosure () -> String, _ body: (SimulatedHost) throws(IOError) -> Result) throws -> Result {
        do throws(IOError) {
            return try body(world.firstHost)
        } catch {
            throw HarnessProblem("the simulated host cannot \(what()): \(error.cause)")
        }
    }

    // MARK: Making names

    func makeDirectory(at path: String, permissions: UInt16) throws {
        try ask("make the directory \(path)") { host throws(IOError) in try host.makeDirectory(at: path, permissions: permissions) }
    }

    func makeFile(at path: String, contents: [UInt8]) throws {
        try ask("make the file \(path)") { host throws(IOError) in try host.makeFile(at: path, contents: contents) }
    }

    func makeSymbolicLink(to target: String, at path: String) throws {
        try ask("make the symbolic link \(path)") { host throws(IOError) in try host.makeSymbolicLink(to: target, at: path) }
    }

    func makeHardLink(of existing: String, at path: String) throws {
        try ask("link \(existing) to \(path)") { host throws(IOError) in try host.makeHardLink(of: existing, at: path) }
    }

    func makeNamedPipe(at path: String) throws {
        try ask("make the named pipe \(path)") { host throws(IOError) in try host.makeNamedPipe(at: path) }
    }

    func makeSocket(at path: String) throws {
        try ask("make the socket \(path)") { host throws(IOError) in try host.makeSocket(at: path) }
    }

    // MARK: Changing files

    func setPermissions(_ permissions: UInt16, at path: String) throws {
        try ask("set the permissions of \(path)") { host throws(IOError) in try host.setPermissions(permissions, at: path) }
    }

    func remove(at path: String) throws {
        try ask("remove \(path)") { host throws(IOError) in try host.remove(at: path) }
    }

    func exchange(_ first: String, _ second: String) -> Bool {
        (try? world.firstHost.exchange(first, second)) != nil
    }

    func setAside(_ count: Int, at offset: Int, ofFileAt path: String) throws -> Bool {
        let range = Int64(offset)..<Int64(offset + count)
        try ask("set storage of \(path) aside") { host throws(IOError) in try host.allocate(range, ofFileAt: path) }
        return true
    }

    func giveBack(_ count: Int, at offset: Int, ofFileAt path: String) throws -> Bool {
        let range = Int64(offset)..<Int64(offset + count)
        try ask("give storage of \(path) back") { host throws(IOError) in try host.punchHole(range, ofFileAt: path) }
        return true
    }

    // MARK: Looking

    func exists(_ path: String) -> Bool { world.firstHost.exists(path) }

    func names(in path: String) throws -> [String] {
        try ask("list \(path)") { host throws(IOError) in try host.names(in: path) }
    }

    func times(at path: String) throws -> (access: Int64, modification: Int64, change: Int64, birth: Int64) {
        let status = try ask("tell the status of \(path)") { host throws(IOError) in try host.status(at: path) }
        return (status.accessTime, status.modificationTime, status.statusChangeTime, status.birthTime)
    }

    func directAlignment(at path: String) throws -> (memory: Int, offset: Int) {
        let status = try ask("tell the status of \(path)") { host throws(IOError) in try host.status(at: path) }
        return (Int(status.directMemoryAlignment), Int(status.directOffsetAlignment))
    }

    func canLock(_ path: String) throws -> Bool {
        try ask("tell who has locked \(path)") { host throws(IOError) in try !host.isLocked(at: path) }
    }

    func devices() throws -> String {
        let path = "/dev"
        if exists(path) { return path }
        try makeDirectory(at: path)
        for (name, device) in [("null", SimulatedDevice.null), ("zero", .zero), ("full", .full)] {
            try ask("make the device \(name)") { host throws(IOError) in
                try host.makeDevice(device, at: "\(path)/\(name)", permissions: 0o666)
            }
        }
        return path
    }

    func openHandles() throws -> Set<String> { world.firstHost.openHandles }
}
