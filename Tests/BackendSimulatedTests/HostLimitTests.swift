// What a simulated host keeps from its programs.

import BackendSimulated
import IOSpec
import Testing

@Suite struct HostLimitTests {
    private let world = SimulatedWorld(seed: 1)
    private let program: FileProgram

    init() throws {
        program = try FileProgram(on: world.firstHost)
    }

    private var host: SimulatedHost { world.firstHost }

    @Test func `a directory with storage of its own has its own room, and gives no name to others`() throws {
        try host.makeDirectory(at: "/small")
        try host.makeStorage(ofBytes: 65_536, at: "/small")
        let file = try program.makeFile("/small/f")
        #expect(try program.write([UInt8](repeating: 1, count: 100_000), to: file) == 65_536 - 4096)
        let other = try program.makeFile("/f")
        #expect(try program.write([UInt8](repeating: 1, count: 100_000), to: other) == 100_000)
        #expect(throws: IOError(.crossDevice)) { try program.rename("/small/f", to: "/g") }
        #expect(throws: IOError(.crossDevice)) { try program.link("/f", to: "/small/g") }
        #expect(try program.status(at: "/small/f").device != program.status(at: "/f").device)
    }

    @Test func `storage that was made read-only stays as it is, for all but the administrator`() throws {
        try host.makeDirectory(at: "/fixed")
        try host.makeStorage(ofBytes: 65_536, at: "/fixed")
        try host.makeFile(at: "/fixed/f", contents: [1])
        try host.makeReadOnly(at: "/fixed")
        for options: OpenOptions in [.writing, [.reading, .writing], .appending] {
            #expect(throws: IOError(.readOnly)) { try program.open("/fixed/f", options) }
        }
        #expect(throws: IOError(.readOnly)) { try program.makeFile("/fixed/g") }
        #expect(throws: IOError(.readOnly)) { try program.unlink("/fixed/f") }
        #expect(try program.read(4, from: program.open("/fixed/f", .reading)) == [1])
        try host.remove(at: "/fixed/f")
        #expect(try host.names(in: "/fixed") == [])
    }

    @Test func `a user without privileges has the rights of others, and those of the owner to what it made`() throws {
        try host.makeDirectory(at: "/ours", permissions: 0o755)
        try host.setPermissions(0o777, at: "/ours")
        try host.makeFile(at: "/ours/f", contents: [1], permissions: 0o604)
        host.restrictPrograms(true)
        #expect(try program.read(4, from: program.open("/ours/f", .reading)) == [1])
        #expect(throws: IOError(.permissionDenied)) { try program.open("/ours/f", .writing) }
        #expect(throws: IOError(.permissionDenied)) { try program.makeFile("/f") }
        let own = try program.makeFile("/ours/g", [2])
        try program.perform(.file(.setPermissions(own, 0o400)))
        #expect(throws: IOError(.permissionDenied)) { try program.open("/ours/g", .writing) }
        try host.setPermissions(0o600, at: "/ours")
        #expect(throws: IOError(.permissionDenied)) { try program.status(at: "/ours/g") }
        host.restrictPrograms(false)
        #expect(try program.read(4, from: program.open("/ours/g", [.reading, .writing])) == [2])
    }

    @Test func `a limit of files, and of handles, holds until it is lifted`() throws {
        let file = try program.makeFile("/f")
        host.limitFiles(to: 100)
        #expect(try program.write([UInt8](repeating: 1, count: 200), to: file) == 100)
        #expect(throws: IOError(.fileTooLarge)) { try program.write([1], to: file, at: 100) }
        host.limitFiles(to: nil)
        #expect(try program.write([1], to: file, at: 100) == 1)
        let open = host.openHandles
        host.refuseHandles(true)
        #expect(throws: IOError(.tooManyOpen)) { try program.open("/f", .reading) }
        #expect(host.openHandles == open)
        host.refuseHandles(false)
        _ = try program.open("/f", .reading)
        #expect(host.openHandles.count == open.count + 1)
    }

    @Test func `devices take and give what theirs do`() throws {
        for (name, device) in [("/null", SimulatedDevice.null), ("/zero", .zero), ("/full", .full)] {
            try host.makeDevice(device, at: name)
        }
        let handles = try ["/null", "/zero", "/full"].map { try program.open($0, [.reading, .writing, .truncating]) }
        #expect(try handles.map { try program.read(3, from: $0, at: 1 << 40) } == [[], [0, 0, 0], [0, 0, 0]])
        #expect(try handles.prefix(2).map { try program.write([1, 2], to: $0) } == [2, 2])
        #expect(throws: IOError(.noSpace)) { try program.write([1, 2], to: handles[2]) }
        #expect(try program.status(at: "/null").kind == .characterDevice)
    }
}
