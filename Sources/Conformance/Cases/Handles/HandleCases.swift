// Stale handles, and operations that a handle is not made for.

import IOSpec

enum HandleCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("handle.stale.every-operation", proves: "handle.stale", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try c.close(file)
            try everythingIsRefused(c, on: file)
        },
        ConformanceCase(
            "handle.stale.place-taken", proves: "handle.stale", title: "A stale handle never reaches the file that took its place",
            requires: .files
        ) { c in
            let stale = try c.file("old", contents: [1])
            try c.close(stale)
            let taker = try handle(c, inThePlaceOf: stale) { try c.file("new\($0)", contents: [7, 8, 9]) }
            try c.expect(taker != stale, "a handle is never given out twice")
            try everythingIsRefused(c, on: stale)
            try c.expectEqual(c.contents(of: taker), [7, 8, 9], "the contents of the file that took the place")
            try c.fails(.control(.close(stale)), with: .badHandle)
            try c.expectEqual(c.contents(of: taker), [7, 8, 9], "the contents after closing the stale handle")
        },
        ConformanceCase("handle.stale.stream-place-taken", proves: "handle.stale", requires: .localStreams) { c in
            let stale = try c.streamPair()
            try c.close(stale.first)
            try c.close(stale.second)
            let taker = try c.streamPair()
            try c.fails(.stream(.send(stale.first, from: c.buffer([6]).region)), with: .badHandle)
            try c.fails(.stream(.send(stale.second, from: c.buffer([6]).region)), with: .badHandle)
            try c.fails(.stream(.receive(stale.first, into: c.buffer(1).region)), with: .badHandle)
            try c.fails(.stream(.shutDown(stale.second, .both)), with: .badHandle)
            try c.send([7], to: taker.first)
            try c.expectEqual(c.receive(4, from: taker.second), [7], "what arrives at the stream that took the place")
        },
        ConformanceCase("handle.stale.directory", proves: "handle.stale", requires: .files) { c in
            let outer = try c.acquire(.directory(name: c.scratchName, unconfined: false))
            try c.close(outer)
            try c.fails(c.opening("f", [.writing, .creating], beneath: outer), with: .badHandle)
        },
        ConformanceCase("handle.stale.invalid", proves: "handle.stale", requires: .files) { c in
            try everythingIsRefused(c, on: .invalid)
            try c.fails(.control(.close(.invalid)), with: .badHandle)
            let forged = Handle(index: UInt32(c.limits.handles) + 5, generation: 1)
            try everythingIsRefused(c, on: forged)
            try c.fails(.control(.close(forged)), with: .badHandle)
        },
        ConformanceCase("handle.stale.address", proves: "handle.stale", "handle.wrong-kind", requires: [.files, .internetStreams]) { c in
            let listener = try c.listener().handle
            try c.close(listener)
            try addressIsRefused(c, of: listener, with: .badHandle)
            try addressIsRefused(c, of: c.file("f"), with: .wrongKind)
        },
        ConformanceCase("handle.wrong-kind.file", proves: "handle.wrong-kind", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            try operationsAreRefused(c, on: file, [.receive, .send, .accept, .connect, .shutDown, .open], with: .wrongKind)
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents")
        },
        ConformanceCase("handle.wrong-kind.directory", proves: "handle.wrong-kind", requires: .files) { c in
            try operationsAreRefused(c, on: c.directory, [.receive, .send, .accept, .connect, .shutDown], with: .wrongKind)
            try operationsAreRefused(
                c, on: c.directory, [.read, .write, .readVectored, .writeVectored, .append, .truncate], with: .isDirectory)
        },
        ConformanceCase("handle.wrong-kind.stream", proves: "handle.wrong-kind", "file.not-seekable", requires: .localStreams) { c in
            let pair = try c.streamPair()
            try operationsAreRefused(c, on: pair.first, [.read, .write, .readVectored, .writeVectored], with: .notSeekable)
            try operationsAreRefused(
                c, on: pair.first, [.open, .append, .synchronize, .synchronizeData, .truncate, .accept], with: .wrongKind)
            try c.send([7], to: pair.first)
            try c.expectEqual(c.receive(4, from: pair.second), [7], "what arrives after operations that were refused")
        },
        ConformanceCase("handle.wrong-kind.pipe", proves: "handle.wrong-kind", "file.not-seekable", requires: .pipes) { c in
            let pipe = try c.pipe()
            for end in [pipe.first, pipe.second] {
                try operationsAreRefused(c, on: end, [.read, .write, .readVectored, .writeVectored], with: .notSeekable)
                try operationsAreRefused(
                    c, on: end, [.open, .append, .synchronize, .synchronizeData, .truncate, .accept, .connect, .shutDown],
                    with: .wrongKind)
            }
        },
        ConformanceCase("handle.wrong-kind.listener", proves: "handle.wrong-kind", requires: .internetStreams) { c in
            let listener = try c.listener()
            try operationsAreRefused(
                c, on: listener.handle,
                [.open, .append, .synchronize, .synchronizeData, .truncate, .receive, .send, .connect, .shutDown], with: .wrongKind)
            let pair = try c.connect(to: listener.address, acceptedBy: listener.handle)
            try c.send([1], to: pair.client)
        },
        ConformanceCase("handle.wrong-kind.no-directory", proves: "handle.wrong-kind", requires: .files) { c in
            let paths: [OperationKind] = [
                .open, .pathStatus, .readLink, .symbolicLink, .hardLink, .rename, .unlink, .makeDirectory, .removeDirectory,
            ]
            for (_, kind, handle) in try c.handlesOfEveryKind() where kind != .directory {
                try operationsAreRefused(c, on: handle, paths, with: .wrongKind)
            }
        },
        ConformanceCase("handle.wrong-access.file", proves: "handle.wrong-access", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let writers: [OperationKind] = [.write, .writeVectored, .append, .truncate]
            try operationsAreRefused(c, on: c.open("f", .reading), writers, with: .wrongAccess)
            try operationsAreRefused(c, on: c.open("f", .writing), [.read, .readVectored], with: .wrongAccess)
            try operationsAreRefused(c, on: c.open("f", .appending), [.read, .readVectored], with: .wrongAccess)
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents after operations that were refused")
        },
        ConformanceCase("handle.wrong-access.pipe", proves: "handle.wrong-access", requires: .pipes) { c in
            let pipe = try c.pipe()
            try operationsAreRefused(c, on: pipe.first, [.send], with: .wrongAccess)
            try operationsAreRefused(c, on: pipe.second, [.receive], with: .wrongAccess)
            try c.send([7], to: pipe.second)
            try c.expectEqual(c.receive(4, from: pipe.first), [7], "what arrives after operations that were refused")
        },
    ]

    private static func everythingIsRefused(_ c: CaseContext, on handle: Handle) throws {
        for operation in c.operations(on: handle) { try c.fails(operation, with: .badHandle) }
    }

    private static func operationsAreRefused(
        _ c: CaseContext, on handle: Handle, _ kinds: [OperationKind], with cause: IOError.Cause
    ) throws {
        for operation in c.operations(on: handle) where kinds.contains(operation.kind) { try c.fails(operation, with: cause) }
    }

    /// Makes handles until one has the place of `stale`, or simply the last of fifty.
    private static func handle(_ c: CaseContext, inThePlaceOf stale: Handle, _ make: (Int) throws -> Handle) throws -> Handle {
        for attempt in 0..<49 {
            let handle = try make(attempt)
            if handle.index == stale.index { return handle }
        }
        return try make(49)
    }

    private static func addressIsRefused(_ c: CaseContext, of handle: Handle, with cause: IOError.Cause) throws {
        do {
            _ = try c.localAddress(of: handle)
        } catch let error as IOError {
            return try c.expectEqual(error.cause, cause, "the cause of asking for an address")
        }
        throw CaseFailure("asking for an address must fail with \(cause), and succeeded")
    }
}
