// Processes that are started while operations are in flight.

import IOSpec

enum ProcessCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "process.spawn.storm", proves: "process.spawn", requires: [.files, .pipes, .internetStreams],
            isolation: .childProcess, timeLimit: 60
        ) { try spawnStorm($0, programs: 50) },
        ConformanceCase(
            "process.spawn.end-of-stream", proves: "process.spawn", "handle.close-on-exec", "close.ends-stream",
            title: "A program that lives on keeps no stream of a backend open", requires: [.internetStreams, .pipes],
            isolation: .childProcess
        ) { c in
            let pair = try c.connectedPair()
            let pipe = try c.pipe()
            let program = try GatedChild(livingProgram: ())
            try c.close(pair.client)
            try c.close(pipe.second)
            let memory = c.buffer(8)
            for (receiver, name) in [(pair.server, "stream"), (pipe.first, "pipe")] {
                // The program lives until all has been seen: what it has inherited shows as an end that does not come.
                let end = try c.perform(.stream(.receive(receiver, into: memory.region)), deadline: c.after(milliseconds: 4000))
                try c.expect(end, moves: 0, "a receive at the end of a \(name)", clause: "handle.close-on-exec")
            }
            try c.expectEqual(program.open(), 0, "the exit code of the program")
        },
        ConformanceCase(
            "process.spawn.output", proves: "process.spawn", title: "A program runs as it would without a backend",
            isolation: .childProcess
        ) { c in
            let timer = try c.submit(.time(.timer(.never)))
            let result = try Native.run("/bin/echo", ["one", "two"])
            try c.expectEqual(result.status, 0, "the exit code of the program")
            try c.expectEqual(result.output, Array("one two\n".utf8), "what the program wrote")
            try c.expectPending(timer)
        },
        ConformanceCase(
            "process.fork", proves: "process.fork-parent", title: "Forks disturb no operation of the parent",
            requires: [.files, .pipes, .internetStreams], isolation: .childProcess, timeLimit: 60
        ) { try forks($0, children: 20) },
    ]

    /// Forks again and again beside operations that wait and operations that run; all complete while a child lives and when it has ended.
    private static func forks(_ c: CaseContext, children: Int) throws {
        let contents = Pattern.bytes(4096, seed: 1)
        let file = try c.file("f", contents: contents)
        let pipe = try c.pipe()
        let pair = try c.connectedPair()
        for index in 0..<children {
            let memory = c.buffer(16)
            let copy = c.buffer(4096)
            let receives = [
                try c.submit(.stream(.receive(pipe.first, into: memory.region(0, 8)))),
                try c.submit(.stream(.receive(pair.server, into: memory.region(8, 8)))),
            ]
            let timers = [try c.submit(.time(.timer(.never))), try c.submit(.time(.timer(c.after(milliseconds: Int64(index % 3)))))]
            let read = try c.submit(.file(.read(file, into: copy.region, at: 0)))
            if index % 2 == 0 { try c.turn() }
            let child = try GatedChild(forking: ())
            // Every third child is gone before the operations complete, and the others after it.
            if index % 3 == 0 { child.open() }
            try c.expect(c.complete(read), moves: 4096, "a read beside a fork")
            try c.expectEqual(copy.bytes, contents, "what it read")
            try c.expect(c.complete(timers[1]), moves: 0, "a timer beside a fork")
            try c.expectPending(receives[0], receives[1], timers[0], milliseconds: 2)
            try c.send([1, 2, 3], to: pipe.second)
            try c.send([4, 5], to: pair.client)
            try c.expect(c.complete(receives[0]), moves: 3, "the receive from the pipe")
            try c.expect(c.complete(receives[1]), moves: 2, "the receive from the stream")
            try c.expectEqual(memory.bytes(0, 3) + memory.bytes(8, 2), [1, 2, 3, 4, 5], "what they received")
            c.cancel(timers[0])
            try c.expect(c.complete(timers[0]), failsWith: .cancelled, "the timer that was cancelled")
            try c.expectEqual(child.open(), 0, "the exit code of child \(index)")
        }
    }

    /// Starts programs one after the other beside operations that wait and operations that run; none loses anything.
    private static func spawnStorm(_ c: CaseContext, programs: Int) throws {
        let file = try c.file("f", contents: Pattern.bytes(4096, seed: 1))
        let pipe = try c.pipe()
        let pair = try c.connectedPair()
        let memory = c.buffer(16)
        let waiting = [
            try c.submit(.stream(.receive(pipe.first, into: memory.region(0, 8)))),
            try c.submit(.stream(.receive(pair.server, into: memory.region(8, 8)))), try c.submit(.time(.timer(.never))),
        ]
        for index in 0..<programs {
            let copy = c.buffer(4096)
            let read = try c.submit(.file(.read(file, into: copy.region, at: 0)))
            let timer = try c.submit(.time(.timer(c.after(milliseconds: Int64(index % 3)))))
            try c.expectEqual(Native.run("/bin/true").status, 0, "the exit code of program \(index)")
            try c.expect(c.complete(read), moves: 4096, "a read beside a program that starts")
            try c.expectEqual(copy.bytes, Pattern.bytes(4096, seed: 1), "what it read")
            try c.expect(c.complete(timer), moves: 0, "a timer beside a program that starts")
            c.release(copy)
        }
        try c.expect(!waiting.contains { c.isComplete($0) }, "operations that wait go on waiting")
        try c.send([1, 2, 3], to: pipe.second)
        try c.send([4, 5], to: pair.client)
        try c.expect(c.complete(waiting[0]), moves: 3, "the receive from the pipe")
        try c.expect(c.complete(waiting[1]), moves: 2, "the receive from the stream")
        c.cancel(waiting[2])
        try c.expect(c.complete(waiting[2]), failsWith: .cancelled, "the timer")
    }
}
