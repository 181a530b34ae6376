// What the kernel says no to is told in portable words, each time in the same one.

import IOSpec

enum PortableCases {
    static let all: [ConformanceCase] = [
        ConformanceCase(
            "result.portable.files", proves: "result.portable", title: "What the file system refuses has its portable cause",
            requires: .files
        ) { c in
            let file = try c.file("f")
            try c.fails(c.opening("missing", .reading), with: .notFound)
            try c.fails(c.opening("f", [.writing, .creating, .exclusive]), with: .alreadyExists)
            try c.fails(c.opening("f/g", .reading), with: .notDirectory)
            try c.close(file)
            try c.fails(.file(.synchronize(file)), with: .badHandle)
        },
        ConformanceCase(
            "result.portable.streams", proves: "result.portable", title: "What a peer refuses has its portable cause",
            requires: [.internetStreams, .localStreams]
        ) { c in
            let listener = try c.listener()
            try c.close(listener.handle)
            try c.fails(.stream(.connect(c.stream(), to: c.address(listener.address))), with: .connectionRefused)
            try c.fails(.stream(.connect(c.stream(.local), to: c.address(c.freeAddress(.local)))), with: .notFound)
            try c.fails(.stream(.send(c.stream(), from: c.buffer([1]).region)), with: .notConnected)
            let pair = try c.streamPair()
            try c.close(pair.second)
            try c.fails(.stream(.send(pair.first, from: c.buffer([1]).region)), with: .brokenPipe)
        },
        ConformanceCase(
            "result.portable.ended", proves: "result.portable", title: "What was ended early has its portable cause",
            requires: .localStreams
        ) { c in
            let pair = try c.streamPair()
            let memory = c.buffer(8)
            let receive = try c.submit(.stream(.receive(pair.first, into: memory.region)))
            try c.turn()
            c.cancel(receive)
            try c.expect(c.complete(receive), failsWith: .cancelled, "a receive that was cancelled")
            try c.fails(.stream(.receive(pair.first, into: memory.region)), with: .timedOut, deadline: c.after(milliseconds: 5))
        },
    ]
}
