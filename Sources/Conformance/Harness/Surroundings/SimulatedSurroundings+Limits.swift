// What a simulated host can take away from its programs.

import BackendSimulated
import IOSpec

extension SimulatedSurroundings {
    func withSmallStorage<Result>(at path: String, bytes: Int, _ body: () throws -> Result) throws -> Result {
        try ask("have storage of \(bytes) bytes at \(path)") { host throws(IOError) in try host.makeStorage(ofBytes: bytes, at: path) }
        return try body()
    }

    func withReadOnlyStorage<Result>(at path: String, prepare: () throws -> Void, _ body: () throws -> Result) throws -> Result {
        try withSmallStorage(at: path, bytes: 1 << 20) {
            try prepare()
            try ask("keep \(path) from being changed") { host throws(IOError) in try host.makeReadOnly(at: path) }
            return try body()
        }
    }

    func withFileSizeLimit<Result>(_ bytes: Int, _ body: () throws -> Result) throws -> Result {
        let host = world.firstHost
        host.limitFiles(to: Int64(bytes))
        defer { host.limitFiles(to: nil) }
        return try body()
    }

    func withoutFreeHandles<Result>(_ body: () throws -> Result) throws -> Result {
        let host = world.firstHost
        host.refuseHandles(true)
        defer { host.refuseHandles(false) }
        return try body()
    }

    func handleLimit() throws -> Int { world.settings.handles }

    /// The host is alone in its world, and has no network to leave.
    func leaveNetwork() throws {}

    /// The host's administrator makes what no program makes.
    var actsForSuperuser: Bool { true }

    func asOrdinaryUser<Result>(_ body: () throws -> Result) throws -> Result {
        let host = world.firstHost
        host.restrictPrograms(true)
        defer { host.restrictPrograms(false) }
        return try body()
    }
}
