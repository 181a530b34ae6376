// What is free once a close is over, and what is over although something else keeps the file open.

import IOSpec

enum CloseReleaseCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "close.lets-go.program", proves: "close.lets-go", title: "A program that was just written and closed can be run",
            requires: [.files, .nativeSystem], isolation: .childProcess, timeLimit: 20
        ) { c in
            let program = try Native.contents(at: "/bin/true")
            for round in 0..<20 {
                let name = "program\(round)"
                let file = try c.open(name, [.writing, .creating, .exclusive], permissions: 0o755)
                try c.write(program, to: file)
                try c.close(file)
                try run(c, name)
            }
        },
        ConformanceCase(
            "close.lets-go.storage", proves: "close.lets-go", title: "The storage of a file without a name is free once it is closed",
            requires: .files
        ) { c in
            let place = try c.nativePath("small")
            try c.surroundings.makeDirectory(at: place)
            let directory = try c.surroundings.withSmallStorage(at: place, bytes: 65_536) {
                let directory = try c.acquire(.directory(name: place, unconfined: false))
                for round in 0..<20 {
                    let file = try c.open("f", [.writing, .creating, .exclusive], beneath: directory)
                    let memory = c.buffer([UInt8](repeating: UInt8(round), count: 49_152))
                    let isFree = try soon(c) { try c.perform(.file(.write(file, from: memory.region, at: 0))).result == 49_152 }
                    try c.expect(isFree, "the storage of the file before is free in round \(round)", clause: "close.lets-go")
                    try c.surroundings.remove(at: "\(place)/f")
                    try c.close(file)
                }
                return directory
            }
            try c.close(directory)
        },
        ConformanceCase(
            "close.with-copy", proves: "close.cancels", "handle.stale",
            title: "A closed stream whose descriptor lives on in a copy is heard of no more, and keeps no processor busy",
            requires: [.localStreams, .nativeSystem], isolation: .childProcess, body: closesBesideCopy),
    ]

    /// Whether something is so within a time in which the system's own threads, which may have served a file, have surely let go of it. A thread of a ring drops its
    /// reference after the completion is there, and nothing tells when.
    private static func soon(_ c: CaseContext, _ isSo: () throws -> Bool) throws -> Bool {
        let end = c.after(milliseconds: 2000)
        while c.now < end {
            if try isSo() { return true }
            try c.turn()
        }
        return try isSo()
    }

    private static func run(_ c: CaseContext, _ name: String) throws {
        var last: HarnessProblem?
        let runs = try soon(c) {
            do {
                try c.expectEqual(Native.run(c.nativePath(name)).status, 0, "the exit code of \(name)")
                return true
            } catch let problem as HarnessProblem {
                last = problem
                if problem.description.contains("Permission") {
                    try c.skip(.environment("programs cannot be run in the scratch directory"))
                }
                return false
            }
        }
        if runs { return }
        let reason = last?.description ?? "it does not"
        throw CaseFailure("a program whose file was written and closed must run: \(reason)", clause: "close.lets-go")
    }

    private static func closesBesideCopy(_ c: CaseContext) throws {
        let (pair, numbers) = try Native.descriptors("socket:") { try c.streamPair() }
        let copies = try numbers.map { try Native.duplicate($0) }
        defer { copies.forEach(Native.close) }
        let memory = c.buffer(8)
        let receive = try c.submit(.stream(.receive(pair.first, into: memory.region)))
        try c.expectPending(receive)
        try c.close(pair.first)
        try c.expect(c.complete(receive), failsWith: .cancelled, "a receive of a stream that was closed")

        // The copy keeps the connection alive: its peer can send, and nobody may look.
        try c.send([1, 2, 3], to: pair.second)
        let seen = c.completionOrder.count
        try c.expectIdle(what: "a backend whose closed stream has news", clause: "close.cancels")
        try c.expectEqual(c.completionOrder.count, seen, "the completions after a close")
        try c.expectUntouched(memory, "a receive of a stream that was closed")
        let others = try c.streamPair()
        try c.expectFlow(from: others.first, to: others.second)
    }
}
