// What the reference model allows at the limits of sizes, segments, paths and time.

import IOSpec
import Testing

@Suite("The model of limits")
struct ModelLimitTests {
    private static let root = ModelUnderTest.root
    private static let most = Limits.maximumSegments
    private static let beyond: Int64 = 1 << 44

    @Test("refuses more segments than there may be, or tells another mistake of the same transfer")
    func segments() throws {
        var test = ModelUnderTest.withRoot()
        let writable = try test.open("a", [.writing, .creating], as: 2)
        let readable = try test.open("a", [.reading], as: 3)
        test.model.acquire(.pair(.pipe), makes: [Symbol(4), Symbol(5)])
        let tooMany: [(SymbolicOperation, Set<IOError.Cause>)] = [
            (.read(readable, count: 1, at: 0, pieces: Self.most + 1), [.invalidArgument]),
            (.read(writable, count: 1, at: 0, pieces: Self.most + 1), [.invalidArgument, .wrongAccess]),
            (.write(readable, Payload(seed: 1, count: 1), at: 0, pieces: Self.most + 1), [.invalidArgument, .wrongAccess]),
            (.read(Self.root, count: 1, at: 0, pieces: Self.most + 1), [.invalidArgument, .isDirectory]),
            (.receive(Symbol(4), count: 1, pieces: Self.most + 1), [.invalidArgument]),
            (.receive(Symbol(5), count: 1, pieces: Self.most + 1), [.invalidArgument, .wrongAccess]),
            (.receive(readable, count: 1, pieces: Self.most + 1), [.invalidArgument, .wrongKind]),
        ]
        for (operation, causes) in tooMany {
            for cause in [.invalidArgument, .wrongAccess, .wrongKind, .isDirectory] as [IOError.Cause] {
                #expect(test.refusedClause { try $0.fail(operation, cause) } == nil || !causes.contains(cause), "\(operation) \(cause)")
                #expect(test.refusedClause { try $0.fail(operation, cause) } != nil || causes.contains(cause), "\(operation) \(cause)")
            }
            #expect(test.refusedClause { try $0.perform(operation) } != nil)
        }
        #expect(test.refusedClause { try $0.perform(tooMany[0].0, 0) } == "result.segment-limit")
        try test.perform(.read(readable, count: 1, at: 0, pieces: Self.most))
    }

    @Test("lacks storage beyond what a file can be only where storage is asked for beforehand")
    func sizes() throws {
        var test = ModelUnderTest.withRoot()
        let file = try test.open("a", as: 2)
        try test.fail(.allocate(file, at: Self.beyond, count: 1, keepsSize: false), .noSpace)
        for operation in [
            .allocate(file, at: Self.beyond, count: 1, keepsSize: false), .truncate(file, to: Self.beyond),
            .write(file, Payload(seed: 1, count: 1), at: Self.beyond, pieces: 1), .punchHole(file, at: Self.beyond, count: 1),
        ] as [SymbolicOperation] {
            #expect(test.refusedClause { try $0.fail(operation, .fileTooLarge) } == nil, "\(operation)")
            if case .allocate = operation { continue }
            #expect(test.refusedClause { try $0.fail(operation, .noSpace) } != nil, "\(operation)")
        }
        #expect(test.refusedClause { try $0.fail(.truncate(file, to: 5), .fileTooLarge) } == "file.truncate")
        let log = try test.open("b", [.appending, .creating], as: 3)
        let append = SymbolicOperation.append(log, Payload(seed: 1, count: 1))
        #expect(test.refusedClause { try $0.fail(append, .fileTooLarge) } == "file.append")
        try test.perform(.truncate(log, to: Self.beyond))
        try test.fail(append, .fileTooLarge)
    }

    @Test("reads no part of a link whose target has no room", arguments: [0, 1])
    func longTargets(excess: Int) throws {
        var test = ModelUnderTest.withRoot()
        let target = String(repeating: "a", count: Observation.linkRoom + excess)
        try test.perform(.symbolicLink(beneath: Self.root, path: "l", target: target))
        let read = test.submit(.readLink(beneath: Self.root, path: "l"))
        let part = Array(target.utf8.prefix(Observation.linkRoom))
        #expect((test.refusedClause { try $0.complete(read, part.count, bytes: part) } == nil) == (excess == 0))
        #expect((test.refusedClause { try $0.complete(read, failing: .invalidArgument) } == nil) == (excess > 0))
    }

    @Test("lets no timer wait whose instant has passed", arguments: [-5, 0, 5])
    func pastTimers(delay: Int) {
        var test = ModelUnderTest()
        _ = test.submit(.timer(microseconds: delay))
        #expect(test.refusedClause { try $0.model.settle() } == (delay > 0 ? nil : "time.past-fires"))
    }

    @Test("stays in a directory as often as a path says so")
    func longPaths() throws {
        var test = ModelUnderTest.withRoot()
        let dots = String(repeating: "./", count: 100)
        try test.perform(.makeDirectory(beneath: Self.root, path: "\(dots)d"))
        _ = try test.open("\(dots)d/\(dots)a", as: 2)
        try test.complete(test.submit(.pathStatus(beneath: Self.root, path: "d/./a", followsLink: true)), size: 0)
        try test.fail(.pathStatus(beneath: Self.root, path: "d/a/.", followsLink: true), .notDirectory)
        try test.fail(.unlink(beneath: Self.root, path: "\(dots)d/\(dots)b"), .notFound)
        try test.perform(.symbolicLink(beneath: Self.root, path: "l", target: "\(dots)d/."))
        try test.complete(test.submit(.pathStatus(beneath: Self.root, path: "l/\(dots)a", followsLink: true)), size: 0)
        #expect(test.refusedClause { try $0.fail(.removeDirectory(beneath: Self.root, path: "d/."), .notFound) } != nil)
    }
}
