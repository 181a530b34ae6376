// What the reference model allows of the contents of files.

import IOSpec
import Testing

@Suite("The model of files")
struct ModelFileTests {
    private let payload = Payload(seed: 3, count: 100)

    private func written() throws -> (ModelUnderTest, Symbol) {
        var test = ModelUnderTest.withRoot()
        let file = try test.open("a", as: 2)
        try test.write(payload, to: file)
        return (test, file)
    }

    @Test("reads what was written, short at the end, and nothing behind it")
    func reading() throws {
        var (test, file) = try written()
        try test.read(payload.bytes, from: file)
        try test.read(Array(payload.bytes[40...]), from: file, at: 40, asking: 500)
        try test.read([], from: file, at: 100, asking: 10)
        try test.read([], from: file, at: 1 << 40, asking: 10)
        try test.model.settle()
    }

    @Test("refuses other bytes, other counts and failures of a read")
    func wrongReads() throws {
        let (test, file) = try written()
        #expect(test.refusedClause { try $0.read([UInt8](repeating: 1, count: 100), from: file) } == "file.positional")
        #expect(test.refusedClause { try $0.read(Array(payload.bytes[..<50]), from: file, asking: 100) } == "file.full-transfer")
        #expect(test.refusedClause { try $0.read([], from: file, at: 10, asking: 10) } == "file.full-transfer")
        #expect(test.refusedClause { try $0.read(payload.bytes + [0], from: file) } == "file.end-of-file")
        #expect(test.refusedClause { try $0.fail(.read(file, count: 1, at: 0, pieces: 1), .notFound) } != nil)
    }

    @Test("has zeros where nothing was written, and behind a cut")
    func holes() throws {
        var (test, file) = try written()
        try test.write(Payload(seed: 4, count: 1), to: file, at: 199)
        try test.read([UInt8](repeating: 0, count: 99), from: file, at: 100)
        try test.perform(.truncate(file, to: 10))
        try test.perform(.truncate(file, to: 20))
        try test.read(Array(payload.bytes[..<10]) + [UInt8](repeating: 0, count: 10), from: file, asking: 50)
        #expect(test.refusedClause { try $0.read(Array(payload.bytes[..<20]), from: file) } == "file.positional")
        #expect(test.refusedClause { try $0.complete($0.submit(.status(file)), size: 10) } == "file.status")
        try test.complete(test.submit(.status(file)), size: 20)
    }

    @Test("takes and gives back storage without changing more")
    func space() throws {
        var (test, file) = try written()
        try test.perform(.allocate(file, at: 50, count: 100, keepsSize: true))
        try test.read([], from: file, at: 100, asking: 1)
        try test.perform(.allocate(file, at: 50, count: 100, keepsSize: false))
        try test.read([UInt8](repeating: 0, count: 50), from: file, at: 100, asking: 60)
        try test.perform(.punchHole(file, at: 10, count: 5))
        var bytes = payload.bytes
        bytes.replaceSubrange(10..<15, with: [0, 0, 0, 0, 0])
        try test.read(bytes, from: file)
        #expect(test.refusedClause { try $0.read(payload.bytes, from: file) } == "file.positional")
        #expect(test.refusedClause { try $0.perform(.allocate(file, at: 0, count: 0, keepsSize: true)) } == "space.range")
        try test.fail(.allocate(file, at: 0, count: 0, keepsSize: true), .invalidArgument)
    }

    @Test("lets writes beside each other come in either order, or mixed, and keeps to what is over")
    func concurrentWrites() throws {
        var (test, file) = try written()
        let first = Payload(seed: 5, count: 100)
        let second = Payload(seed: 6, count: 100)
        let writes = [test.submit(.write(file, first, at: 0, pieces: 1)), test.submit(.write(file, second, at: 0, pieces: 1))]
        let early = test.submit(.read(file, count: 100, at: 0, pieces: 1))
        for write in writes { try test.complete(write, 100) }
        for bytes in [payload.bytes, first.bytes, second.bytes] {
            #expect(test.refusedClause { try $0.complete(early, 100, bytes: bytes) } == nil)
        }
        try test.complete(early, 100, bytes: payload.bytes)
        for bytes in [first.bytes, second.bytes, Array(first.bytes[..<50]) + second.bytes[50...]] {
            #expect(test.refusedClause { try $0.read(bytes, from: file) } == nil)
        }
        #expect(test.refusedClause { try $0.read(payload.bytes, from: file) } == "file.positional")
    }

    @Test("lets a read see what is still being written")
    func readBesideWrite() throws {
        var (test, file) = try written()
        let longer = Payload(seed: 9, count: 300)
        let write = test.submit(.write(file, longer, at: 0, pieces: 1))
        #expect(test.refusedClause { try $0.read(payload.bytes, from: file, asking: 400) } == nil)
        #expect(test.refusedClause { try $0.read(longer.bytes, from: file, asking: 400) } == nil)
        #expect(test.refusedClause { try $0.read(Array(longer.bytes[..<200]), from: file, asking: 400) } == nil)
        #expect(test.refusedClause { try $0.read(longer.bytes + [0], from: file, asking: 400) } != nil)
        try test.complete(write, 300)
        #expect(test.refusedClause { try $0.read(payload.bytes, from: file, asking: 400) } != nil)
        try test.read(longer.bytes, from: file, asking: 400)
    }

    @Test("appends at the end, in any order, and loses nothing")
    func appending() throws {
        var test = ModelUnderTest.withRoot()
        let logs = [try test.open("a", [.reading, .appending, .creating], as: 2), try test.open("a", [.reading, .appending], as: 3)]
        let payloads = [Payload(seed: 1, count: 10), Payload(seed: 2, count: 20)]
        let appends = [test.submit(.append(logs[0], payloads[0])), test.submit(.append(logs[1], payloads[1]))]
        try test.complete(appends[0], 10)
        try test.complete(appends[1], 20)
        for bytes in [payloads[0].bytes + payloads[1].bytes, payloads[1].bytes + payloads[0].bytes] {
            #expect(test.refusedClause { try $0.read(bytes, from: logs[0], asking: 99) } == nil)
        }
        #expect(test.refusedClause { try $0.read(payloads[1].bytes, from: logs[0], asking: 99) } != nil)
        #expect(test.refusedClause { try $0.read([UInt8](repeating: 0, count: 30), from: logs[0]) } != nil)
        try test.fail(.write(logs[0], payloads[0], at: 0, pieces: 1), .invalidArgument)
        #expect(test.refusedClause { try $0.write(payloads[0], to: logs[0]) } == "file.append")
        try test.perform(.append(logs[0], payloads[0]), 10)
        try test.read(payloads[0].bytes, from: logs[1], at: 30, asking: 50)
    }

    @Test("fails by the handle, its access and the arguments")
    func mistakes() throws {
        var (test, file) = try written()
        let reader = try test.open("a", .reading, as: 3)
        try test.fail(.write(reader, payload, at: 0, pieces: 1), .wrongAccess)
        try test.fail(.truncate(reader, to: 0), .wrongAccess)
        try test.fail(.read(file, count: 1, at: -1, pieces: 1), .invalidArgument)
        try test.fail(.receive(file, count: 1, pieces: 1), .wrongKind)
        try test.fail(.read(ModelUnderTest.root, count: 1, at: 0, pieces: 1), .isDirectory)
        try test.fail(.list(file), .notDirectory)
        try test.fail(.read(Symbol(77), count: 1, at: 0, pieces: 1), .badHandle)
        try test.fail(.append(file, payload), .invalidArgument)
        #expect(test.refusedClause { try $0.write(payload, to: reader) } == "handle.wrong-access")
        #expect(test.refusedClause { try $0.fail(.status(file), .badHandle) } == "file.status")
        #expect(test.refusedClause { try $0.perform(.status(Symbol(77))) } == "handle.stale")
    }

    @Test("takes back a write that says that it was cancelled, unless it was seen")
    func cancelled() throws {
        var (test, file) = try written()
        let other = Payload(seed: 8, count: 100)
        let write = test.submit(.write(file, other, at: 0, pieces: 1))
        #expect(test.refusedClause { try $0.complete(write, failing: .cancelled) } == "completion.no-interrupt")
        test.model.cancel(write)
        var seen = test
        try seen.read(other.bytes, from: file)
        #expect(seen.refusedClause { try $0.complete(write, failing: .cancelled) } == "cancel.result-wins")
        try test.complete(write, failing: .cancelled)
        #expect(test.refusedClause { try $0.read(other.bytes, from: file) } != nil)
        try test.read(payload.bytes, from: file)
    }

    @Test("lets a write that was cut short have written its beginning only")
    func cutShort() throws {
        var (test, file) = try written()
        let other = Payload(seed: 8, count: 100)
        let write = test.submit(.write(file, other, at: 50, pieces: 1))
        #expect(test.refusedClause { try $0.complete(write, 10) } == "file.full-transfer")
        test.model.cancel(write)
        try test.complete(write, 10)
        try test.read(Array(payload.bytes[..<50]) + other.bytes[..<10] + payload.bytes[60...], from: file, asking: 200)
    }

    @Test("sees each file operation complete without waiting")
    func settling() throws {
        var (test, file) = try written()
        _ = test.submit(.read(file, count: 1, at: 0, pieces: 1))
        #expect(test.refusedClause { try $0.model.settle() } == "completion.bounded-progress")
    }

    @Test(
        "lets a file grow between two appends",
        arguments: [SymbolicOperation.truncate(Symbol(2), to: 2), .allocate(Symbol(2), at: 0, count: 2, keepsSize: false)])
    func growingBetweenAppends(growth: SymbolicOperation) throws {
        var test = ModelUnderTest.withRoot()
        let file = try test.open("a", [.reading, .appending, .creating], as: 2)
        let payloads = [Payload(seed: 9, count: 1), Payload(seed: 13, count: 1)]
        let grow = test.submit(growth)
        let appends = payloads.map { test.submit(.append(file, $0)) }
        for append in appends { try test.complete(append, 1) }
        try test.complete(grow)
        let (first, second) = (payloads[0].bytes[0], payloads[1].bytes[0])
        for bytes in [[first, second], [first, 0, second], [0, 0, first, second], [second, 0, first]] {
            #expect(test.refusedClause { try $0.read(bytes, from: file, asking: 9) } == nil, "\(bytes)")
        }
        #expect(test.refusedClause { try $0.read([first, 7, second], from: file, asking: 9) } != nil)
    }
}
