// What the reference model allows of names.

import IOSpec
import Testing

@Suite("The model of names")
struct ModelNameTests {
    private static let root = ModelUnderTest.root

    /// A file `a`, a directory `d` with a file `f` in it, and a link `l` to `d`.
    private func tree() throws -> ModelUnderTest {
        var test = ModelUnderTest.withRoot()
        _ = try test.open("a", as: 2)
        try test.perform(.makeDirectory(beneath: Self.root, path: "d"))
        _ = try test.open("d/f", as: 3)
        try test.perform(.symbolicLink(beneath: Self.root, path: "l", target: "d"))
        return test
    }

    private static func opening(_ path: String, _ options: OpenOptions = .reading) -> SymbolicOperation {
        .open(beneath: root, path: path, options, makes: Symbol(90))
    }

    private static func renaming(_ path: String, _ toPath: String, _ mode: RenameMode = .replacing) -> SymbolicOperation {
        .rename(beneath: root, path: path, toDirectory: root, toPath: toPath, mode)
    }

    private static let mistakes: [(SymbolicOperation, [IOError.Cause])] = [
        (opening("x"), [.notFound]), (opening("a/x"), [.notDirectory]), (opening("a/"), [.notDirectory]),
        (opening(".."), [.outsideDirectory]),
        (opening("d/../../x"), [.outsideDirectory]), (opening("/a"), [.outsideDirectory]), (opening(""), [.invalidArgument]),
        (opening("d", .writing), [.isDirectory]), (opening("a", .directory), [.notDirectory]),
        (opening("l", [.reading, .noFollow]), [.symbolicLinkLoop]), (opening("a", [.writing, .creating, .exclusive]), [.alreadyExists]),
        (opening("a", [.reading, .truncating]), [.invalidArgument]), (opening(String(repeating: "x", count: 256)), [.nameTooLong]),
        (opening("x/y", [.writing, .creating]), [.notFound]), (opening("f/", [.writing, .creating]), [.isDirectory]),
        (.unlink(beneath: root, path: "d"), [.isDirectory]), (.unlink(beneath: root, path: "x"), [.notFound]),
        (.unlink(beneath: root, path: "l/"), [.notDirectory]),
        (.removeDirectory(beneath: root, path: "d"), [.directoryNotEmpty]), (.removeDirectory(beneath: root, path: "a"), [.notDirectory]),
        (.removeDirectory(beneath: root, path: "."), [.invalidArgument]), (.removeDirectory(beneath: root, path: "l"), [.notDirectory]),
        (.makeDirectory(beneath: root, path: "a"), [.alreadyExists]), (.makeDirectory(beneath: root, path: "x/y"), [.notFound]),
        (.symbolicLink(beneath: root, path: "l", target: "x"), [.alreadyExists]),
        (.symbolicLink(beneath: root, path: "x/", target: "x"), [.notFound]), (.readLink(beneath: root, path: "a"), [.invalidArgument]),
        (.hardLink(beneath: root, path: "d", toDirectory: root, toPath: "x"), [.permissionDenied]),
        (.hardLink(beneath: root, path: "l/", toDirectory: root, toPath: "x"), [.permissionDenied]),
        (.hardLink(beneath: root, path: "a", toDirectory: root, toPath: "d"), [.alreadyExists]),
        (.hardLink(beneath: root, path: "x", toDirectory: root, toPath: "a"), [.notFound, .alreadyExists]),
        (renaming("x", "y"), [.notFound]), (renaming("a", "d"), [.isDirectory]), (renaming("d", "a"), [.notDirectory]),
        (renaming("d", "d/x"), [.invalidArgument]), (renaming("d/f", "d"), [.directoryNotEmpty, .isDirectory]),
        (renaming(".", "x"), [.busy]),
        (renaming("a", "d", .exclusive), [.alreadyExists]), (renaming("a", "x", .exchanging), [.notFound]),
        (renaming("a/", "x"), [.notDirectory]), (renaming("..", "x"), [.outsideDirectory]),
    ]

    @Test("has its cause for each mistake, and refuses success and any other cause", arguments: mistakes)
    func mistake(operation: SymbolicOperation, causes: [IOError.Cause]) throws {
        let test = try tree()
        for cause in causes { #expect(test.refusedClause { try $0.fail(operation, cause) } == nil, "\(cause)") }
        #expect(test.refusedClause { try $0.perform(operation) } != nil)
        for cause in IOError.Cause.allCases where !causes.contains(cause) {
            #expect(test.refusedClause { try $0.fail(operation, cause) } != nil, "\(cause)")
        }
    }

    @Test("succeeds where nothing is wrong, and then sees what was done")
    func effects() throws {
        var test = try tree()
        try test.complete(test.submit(.pathStatus(beneath: Self.root, path: "l/f", followsLink: false)), size: 0)
        try test.perform(Self.renaming("l/f", "d/g"))
        try test.fail(Self.opening("d/f"), .notFound)
        try test.perform(.hardLink(beneath: Self.root, path: "d/g", toDirectory: Self.root, toPath: "h"))
        try test.complete(test.submit(.status(Symbol(3))), size: 0, links: 2)
        try test.perform(.unlink(beneath: Self.root, path: "d/g"))
        try test.perform(.removeDirectory(beneath: Self.root, path: "d"))
        try test.fail(Self.opening("l/x", [.writing, .creating]), .notFound)
        try test.complete(test.submit(.list(Self.root)), names: ["a": .file, "h": .file, "l": .symbolicLink])
        try test.perform(Self.renaming("a", "l", .exchanging))
        try test.perform(.readLink(beneath: Self.root, path: "a"), 1, bytes: Array("d".utf8))
        #expect(test.refusedClause { try $0.perform(.readLink(beneath: Self.root, path: "a"), 1, bytes: [1]) } == "link.read")
    }

    @Test("makes a file through a link that leads nowhere, and ends in a loop of links")
    func links() throws {
        var test = try tree()
        try test.perform(.symbolicLink(beneath: Self.root, path: "n", target: "d/new"))
        _ = try test.open("n", as: 5)
        try test.complete(test.submit(.pathStatus(beneath: Self.root, path: "d/new", followsLink: false)), size: 0)
        try test.perform(.symbolicLink(beneath: Self.root, path: "o", target: "p"))
        try test.perform(.symbolicLink(beneath: Self.root, path: "p", target: "o"))
        try test.fail(Self.opening("o", [.writing, .creating]), .symbolicLinkLoop)
        try test.fail(Self.opening("o/x"), .symbolicLinkLoop)
    }

    @Test("lets exactly one of many makers of a name succeed")
    func race() throws {
        var test = try tree()
        let makers = (0..<4).map { _ in test.submit(.makeDirectory(beneath: Self.root, path: "m")) }
        try test.complete(makers[2], failing: .alreadyExists)
        try test.complete(makers[0])
        #expect(test.refusedClause { try $0.complete(makers[1]) } == "path.errors")
        try test.complete(makers[1], failing: .alreadyExists)
        try test.complete(makers[3], failing: .alreadyExists)
        var none = try tree()
        let losers = (0..<2).map { _ in none.submit(.makeDirectory(beneath: Self.root, path: "m")) }
        try none.complete(losers[0], failing: .alreadyExists)
        #expect(none.refusedClause { try $0.complete(losers[1], failing: .alreadyExists) } == "path.errors")
    }

    @Test("lists what is there all the while, once, and may list what comes and goes")
    func listing() throws {
        var test = try tree()
        let all: [String: FileStatus.Kind] = ["a": .file, "d": .directory, "l": .symbolicLink]
        #expect(test.refusedClause { try $0.complete($0.submit(.list(Self.root)), names: ["a": .file]) } == "directory.list")
        #expect(test.refusedClause { try $0.complete($0.submit(.list(Self.root)), names: all.merging(["x": .file]) { $1 }) } != nil)
        #expect(test.refusedClause { try $0.complete($0.submit(.list(Self.root)), names: all.merging(["a": .directory]) { $1 }) } != nil)
        let unlink = test.submit(.unlink(beneath: Self.root, path: "a"))
        let list = test.submit(.list(Self.root))
        try test.complete(unlink)
        #expect(test.refusedClause { try $0.complete(list, names: all) } == nil)
        try test.complete(list, names: ["d": .directory, "l": .symbolicLink])
        #expect(test.refusedClause { try $0.complete($0.submit(.list(Self.root)), names: all) } == "directory.list")
    }

    @Test("follows a path in steps, between which others change names")
    func steps() throws {
        var test = try tree()
        let status = test.submit(.pathStatus(beneath: Self.root, path: "d/f", followsLink: false))
        try test.perform(Self.renaming("d", "e"))
        #expect(test.refusedClause { try $0.complete(status, size: 0) } == nil)
        #expect(test.refusedClause { try $0.complete(status, failing: .notFound) } == nil)
        #expect(test.refusedClause { try $0.complete(status, failing: .notDirectory) } == "path.errors")
    }

    @Test("removes a directory from under its handle")
    func removed() throws {
        var test = try tree()
        try test.perform(.makeDirectory(beneath: Self.root, path: "e"))
        let handle = try test.open("e", .directory, as: 7)
        try test.perform(.removeDirectory(beneath: Self.root, path: "e"))
        try test.fail(.makeDirectory(beneath: handle, path: "x"), .notFound)
        try test.fail(.list(handle), .notFound)
        try test.complete(test.submit(.status(handle)), size: 0, kind: .directory, links: 0)
    }

    @Test("lets an open beside a rename find what was moved, or make its name anew")
    func reopened() throws {
        var test = try tree()
        let rename = test.submit(Self.renaming("a", "x"))
        let open = test.submit(Self.opening("a", [.writing, .creating]))
        try test.complete(open)
        try test.complete(rename)
        let status = test.submit(.pathStatus(beneath: Self.root, path: "a", followsLink: false))
        #expect(test.refusedClause { try $0.complete(status, failing: .notFound) } == nil)
        #expect(test.refusedClause { try $0.complete(status, size: 0) } == nil)
        #expect(test.refusedClause { try $0.complete(status, failing: .notDirectory) } == "path.errors")
    }

    @Test("finds no file behind a slash, also when it changes places with itself")
    func slashes() throws {
        var test = try tree()
        try test.perform(Self.renaming("a", "a", .exchanging))
        try test.fail(Self.renaming("a", "a/", .exchanging), .notDirectory)
        #expect(test.refusedClause { try $0.perform(Self.renaming("a", "a/", .exchanging)) } == "path.errors")
    }

    @Test("follows links that are made meanwhile")
    func newLinks() throws {
        var test = ModelUnderTest.withRoot()
        _ = test.submit(.symbolicLink(beneath: Self.root, path: "a", target: "d"))
        _ = test.submit(.symbolicLink(beneath: Self.root, path: "d", target: "a//d"))
        let status = test.submit(.pathStatus(beneath: Self.root, path: "a", followsLink: true))
        #expect(test.refusedClause { try $0.complete(status, failing: .symbolicLinkLoop) } == nil)
        #expect(test.refusedClause { try $0.complete(status, failing: .notFound) } == nil)
        #expect(test.refusedClause { try $0.complete(status, failing: .notDirectory) } == "path.errors")
    }

    @Test("removes a directory from under what looks beneath its handle at the same time")
    func removedMeanwhile() throws {
        var test = try tree()
        try test.perform(.makeDirectory(beneath: Self.root, path: "e"))
        let handle = try test.open("e", .directory, as: 7)
        _ = test.submit(.removeDirectory(beneath: Self.root, path: "e"))
        let make = test.submit(.makeDirectory(beneath: handle, path: "x"))
        #expect(test.refusedClause { try $0.complete(make, failing: .notFound) } == nil)
        #expect(test.refusedClause { try $0.complete(make) } == nil)
        #expect(test.refusedClause { try $0.complete(make, failing: .notDirectory) } == "path.errors")
    }

    @Test("lets a listing wait for an earlier one of the same handle, and for nothing else")
    func listingsInOrder() throws {
        var test = ModelUnderTest.withRoot()
        let timer = test.submit(.timer(microseconds: 100))
        let first = test.submit(.list(Self.root), isLinked: true)
        let second = test.submit(.list(Self.root))
        try test.model.settle()
        #expect(test.refusedClause { try $0.complete(second, names: [:]) } == nil)
        try test.complete(timer)
        try test.complete(first, names: [:])
        #expect(test.refusedClause { try $0.model.settle() } == "completion.bounded-progress")
    }
}
