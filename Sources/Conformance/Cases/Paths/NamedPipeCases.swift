// Opening a named pipe waits for its peer, and can be given up.

import IOSpec

enum NamedPipeCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("path.named-pipe.reader-waits", proves: "path.named-pipe", requires: needs) { c in
            try peersMeet(c, first: .reading, second: .writing)
        },
        ConformanceCase("path.named-pipe.writer-waits", proves: "path.named-pipe", requires: needs) { c in
            try peersMeet(c, first: .writing, second: .reading)
        },
        ConformanceCase("path.named-pipe.creating-waits", proves: "path.named-pipe", "path.create", requires: needs) { c in
            try peersMeet(c, first: [.writing, .creating, .truncating], second: .reading)
        },
        ConformanceCase("path.named-pipe.through-link", proves: "path.named-pipe", requires: needs) { c in
            try makePipe(c)
            try c.surroundings.makeSymbolicLink(to: "p", at: c.nativePath("l"))
            let reader = try c.submit(c.opening("l", .reading))
            try c.expectPending(reader)
            let writer = try c.open("p", .writing)
            try expectFlow(c, from: writer, to: c.handle(of: c.complete(reader)))
        },
        ConformanceCase("path.named-pipe.kind", proves: "path.named-pipe", "file.status", "handle.wrong-kind", requires: needs) { c in
            try makePipe(c)
            let reader = try c.submit(c.opening("p", .reading))
            let writer = try c.open("p", .writing)
            let handle = try c.handle(of: c.complete(reader))
            try c.expectEqual(c.status(of: handle).kind, .pipe, "the kind of a named pipe")
            try c.fails(.file(.read(handle, into: c.buffer(1).region, at: 0)), with: .notSeekable)
            try c.fails(.stream(.send(handle, from: c.buffer(1).region)), with: .wrongAccess)
            try c.close(writer)
            try c.expectEqual(c.receive(8, from: handle), [], "what is received at the end")
        },
        ConformanceCase("path.named-pipe-cancel.reader", proves: "path.named-pipe-cancel", "cancel.prompt", requires: needs) { c in
            try openIsGivenUp(c, .reading, peer: .writing)
        },
        ConformanceCase("path.named-pipe-cancel.writer", proves: "path.named-pipe-cancel", "cancel.prompt", requires: needs) { c in
            try openIsGivenUp(c, .writing, peer: .reading)
        },
        ConformanceCase("path.named-pipe-cancel.reader-deadline", proves: "path.named-pipe-cancel", "time.deadline", requires: needs) { c in
            try openIsGivenUp(c, .reading, peer: .writing, milliseconds: 20)
        },
        ConformanceCase("path.named-pipe-cancel.writer-deadline", proves: "path.named-pipe-cancel", "time.deadline", requires: needs) { c in
            try openIsGivenUp(c, .writing, peer: .reading, milliseconds: 20)
        },
        ConformanceCase("path.named-pipe-cancel.directory-closed", proves: "path.named-pipe-cancel", "close.cancels", requires: needs) {
            c in
            try makePipe(c)
            let directory = try c.acquire(.directory(name: c.scratchName, unconfined: false))
            let open = try c.submit(c.opening("p", .reading, beneath: directory))
            try c.expectPending(open)
            let close = try c.submit(.control(.close(directory)))
            try c.expect(c.complete(open), failsWith: .cancelled, "an open whose directory is closed")
            try c.expect(c.complete(close), moves: 0, "the close of the directory")
        },
        ConformanceCase(
            "path.named-pipe-cancel.race", proves: "path.named-pipe-cancel", "cancel.race", kind: .stochastic(iterations: 60),
            requires: needs, timeLimit: 30
        ) { c in
            try makePipe(c)
            _ = try c.directory
            let before = try c.surroundings.openHandles().count
            for _ in 0..<c.iterations { try cancelMeetsPeer(c) }
            try c.expectEqual(c.surroundings.openHandles().count, before, "the number of open handles after all handles were closed")
        },
        ConformanceCase(
            "path.named-pipe.blocks-nobody", proves: "completion.bounded-progress", "path.named-pipe",
            title: "A hundred opens that wait do not keep files waiting", requires: needs, needs: [.manyDescriptors], timeLimit: 20
        ) { try blockedOpensDoNotBlock($0) },
        ConformanceCase(
            "path.named-pipe.left-waiting", proves: "shutdown.terminal", "path.named-pipe-cancel",
            title: "Shutting down ends opens that wait, and leaves nothing open", requires: needs
        ) { c in
            try makePipe(c)
            let opens = try (0..<16).map { _ in try c.submit(c.opening("p", .reading)) }
            try c.expectPending(opens[0])
            c.shutDown()
            for completion in try c.complete(opens) { try c.expect(completion, failsWith: .cancelled, "an open that waits") }
        },
    ]

    private static let needs: Capabilities = [.files, .namedPipes]

    private static func makePipe(_ c: CaseContext) throws { try c.surroundings.makeNamedPipe(at: c.nativePath("p")) }

    private static func expectFlow(_ c: CaseContext, from writer: Handle, to reader: Handle) throws {
        try c.send([1, 2, 3], to: writer)
        try c.expectEqual(c.receive(8, from: reader), [1, 2, 3], "what goes through the named pipe")
    }

    private static func peersMeet(_ c: CaseContext, first: OpenOptions, second: OpenOptions) throws {
        try makePipe(c)
        let waiting = try c.submit(c.opening("p", first))
        try c.expectPending(waiting, milliseconds: 30)
        let other = try c.open("p", second)
        let opened = try c.handle(of: c.complete(waiting))
        if first.contains(.reading) { try expectFlow(c, from: other, to: opened) } else { try expectFlow(c, from: opened, to: other) }
    }

    /// An open that is given up is over, has no descriptor, and no peer meets it any more.
    private static func openIsGivenUp(_ c: CaseContext, _ options: OpenOptions, peer: OpenOptions, milliseconds: Int64? = nil) throws {
        try makePipe(c)
        _ = try c.directory
        let before = try c.surroundings.openHandles()
        let deadline = milliseconds.map { c.after(milliseconds: $0) } ?? .never
        let open = try c.submit(c.opening("p", options), deadline: deadline)
        if milliseconds == nil {
            try c.expectPending(open)
            c.cancel(open)
        }
        try c.expect(c.complete(open), failsWith: milliseconds == nil ? .cancelled : .timedOut, "an open that is given up")
        try c.expect(c.now >= deadline || deadline == .never, "the deadline has come")
        try c.reap(until: "the end of what the open had open") {
            try c.surroundings.openHandles().isSubset(of: before)
        }
        let late = try c.submit(c.opening("p", peer))
        try c.expectPending(late)
        let again = try c.open("p", options)
        let met = try c.handle(of: c.complete(late))
        if options == .reading { try expectFlow(c, from: met, to: again) } else { try expectFlow(c, from: again, to: met) }
    }

    /// A cancel races with the peer: either both opens succeed, or one is cancelled and the other waits on.
    private static func cancelMeetsPeer(_ c: CaseContext) throws {
        let reader = try c.submit(c.opening("p", .reading))
        if c.random.next() % 2 == 0 { try c.turn() }
        let writer = try c.submit(c.opening("p", .writing))
        if c.random.next() % 3 == 0 { try c.turn() }
        c.cancel(reader)
        let read = try c.complete(reader)
        if let error = read.error {
            try c.expectEqual(error.cause, .cancelled, "the cause of an open that was cancelled")
            c.cancel(writer)
        }
        let written = try c.complete(writer)
        if let error = written.error {
            try c.expect(read.error != nil, "a writer whose reader is there is opened (it failed with \(c.describe(error)))")
            try c.expectEqual(error.cause, .cancelled, "the cause of an open that was cancelled")
        } else {
            try c.close(c.handle(of: written))
        }
        if read.error == nil { try c.close(c.handle(of: read)) }
    }

    private static func blockedOpensDoNotBlock(_ c: CaseContext) throws {
        for index in 0..<100 { try c.surroundings.makeNamedPipe(at: c.nativePath("p\(index)")) }
        let opens = try (0..<100).map { try c.submit(c.opening("p\($0)", $0 % 2 == 0 ? .reading : .writing)) }
        try c.turn()
        for round in 0..<3 {
            let file = try c.file("f\(round)", contents: [1, 2, 3])
            try c.succeed(.file(.synchronize(file)))
            try c.expectEqual(c.status(of: file).size, 3, "the size of a file beside opens that wait")
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents of a file beside opens that wait")
            try c.close(file)
        }
        try c.expect(!opens.contains { c.isComplete($0) }, "the opens wait for their peers")
        opens.forEach(c.cancel)
        for completion in try c.complete(opens) { try c.expect(completion, failsWith: .cancelled, "an open that waits") }
    }
}
