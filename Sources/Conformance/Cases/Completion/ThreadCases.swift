// Operations of which there are more than a system has threads to spare, or that can have no thread at all.

import IOSpec

enum ThreadCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "completion.bounded-many-opens", proves: "completion.bounded-progress", "path.named-pipe",
            title: "1,500 blocked opens hold up neither a file nor the open that lets them go",
            requires: [.namedPipes, .files], needs: [.manyDescriptors], timeLimit: 60,
            configuration: .init(operations: 2048, handles: 2048)
        ) { try manyOpens($0) },
        ConformanceCase(
            "completion.bounded-many-splices", proves: "completion.bounded-progress", "splice.waits",
            title: "A splice from a file goes on beside 1,100 blocked opens",
            requires: [.namedPipes, .files, .splicing, .pipes], needs: [.manyDescriptors], timeLimit: 60,
            configuration: .init(operations: 2048, handles: 2048)
        ) { c in
            try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
            let file = try c.file("f", contents: [1, 2, 3])
            let pipe = try c.pipe()
            let opens = try (0..<1100).map { _ in try c.submit(c.opening("p", .reading)) }
            try expectPending(c, opens)
            let splice = try c.submit(.stream(.splice(from: file, to: pipe.second, count: 3, at: 0)))
            try c.expect(c.complete(splice), moves: 3, "a splice beside blocked opens", clause: "completion.bounded-progress")
            try c.expectEqual(c.receive(8, from: pipe.first), [1, 2, 3], "what was spliced")
            opens.forEach(c.cancel)
            for completion in try c.complete(opens) { try c.expect(completion, failsWith: .cancelled, "a blocked open") }
        },
        ConformanceCase(
            "availability.denied.threads", proves: "availability.probed", "completion.bounded-progress",
            title: "What can have no thread says so, or does without", requires: [.namedPipes, .nativeSystem],
            isolation: .childProcess
        ) { try withoutThreads($0) },
    ]

    private static func manyOpens(_ c: CaseContext) throws {
        try c.surroundings.makeNamedPipe(at: c.nativePath("p"))
        let opens = try (0..<1500).map { _ in try c.submit(c.opening("p", .reading)) }
        try expectPending(c, opens)
        try c.expectEqual(c.contents(of: c.file("f", contents: [1, 2, 3])), [1, 2, 3], "a file beside blocked opens")
        // It goes on after all the others, and is what they wait for.
        let writer = try c.submit(c.opening("p", .writing))
        for (index, completion) in try c.complete(opens + [writer]).enumerated() {
            try c.expect(
                completion.error == nil, "open \(index) goes on once both ends are there (it \(c.describe(completion)))",
                clause: "completion.bounded-progress")
        }
    }

    /// Checks that opens wait, where the process can have a thread for each.
    private static func expectPending(_ c: CaseContext, _ opens: [OperationID]) throws {
        try c.expectPending(opens[0], milliseconds: 100)
        for id in opens where c.isComplete(id) {
            let completion = try c.complete(id)
            if completion.error?.cause == .outOfResources, !Native.canStartThread {
                try c.skip(.environment("the process can have no more threads"))
            }
            throw CaseFailure("an open without a peer must wait, and \(c.describe(completion))", clause: "completion.bounded-progress")
        }
    }

    /// One open waits when no thread can be made any more. What is submitted then must not wait for a thread that never comes.
    private static func withoutThreads(_ c: CaseContext) throws {
        for name in ["waits", "late"] { try c.surroundings.makeNamedPipe(at: c.nativePath(name)) }
        let waiting = try c.submit(c.opening("waits", .reading))
        // Where its thread is not there by then it may find none.
        try c.reap(until: c.after(milliseconds: 50))
        try Native.denyThreads(error: tryAgain)
        let late = try c.submit(c.opening("late", .reading), deadline: c.after(milliseconds: 4000))
        let peer = try Native.openDescriptor(c.nativePath("late"), flags: readingAndWriting)
        defer { Native.close(peer) }
        let completion = try c.complete(late)
        if completion.error != nil { try c.expect(completion, failsWith: .outOfResources, "an open that can have no thread") }
        try c.succeed(.control(.nop))
        c.cancel(waiting)
        try c.expect(c.complete(waiting), failsWithOneOf: [.cancelled, .outOfResources], "the open that waits")
    }

    private static var tryAgain: Int32 { 11 }
    private static var readingAndWriting: Int32 { 2 }
}
