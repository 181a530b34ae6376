// Transfers of length 0: they check, and move nothing.

import IOSpec

enum ZeroLengthCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("result.zero-length.file", proves: "result.zero-length", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            for offset in [Int64(0), 3, 1 << 40] {
                for operation in transfers(c, file, at: offset) {
                    try c.expect(c.perform(operation), moves: 0, "\(operation.kind) of length 0 at \(offset)")
                }
            }
            try c.expectEqual(c.contents(of: file), [1, 2, 3], "the contents after transfers of length 0")
        },
        ConformanceCase("result.zero-length.segments", proves: "result.zero-length", "file.vectored", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let memory = c.buffer(8)
            for list in [c.segments([]), c.segments([.empty, memory.region(4, 0), .empty])] {
                try c.expect(c.perform(.file(.readVectored(file, into: list, at: 0))), moves: 0, "a read into no bytes")
                try c.expect(c.perform(.file(.writeVectored(file, from: list, at: 0))), moves: 0, "a write of no bytes")
            }
            try c.expectUntouched(memory)
        },
        ConformanceCase("result.zero-length.append", proves: "result.zero-length", requires: .files) { c in
            let log = try c.open("log", [.reading, .appending, .creating])
            try c.expect(c.perform(.file(.append(log, from: .empty))), moves: 0, "an append of length 0")
            let file = try c.file("f")
            try c.fails(.file(.append(file, from: .empty)), with: .invalidArgument)
        },
        ConformanceCase("result.zero-length.access", proves: "result.zero-length", "handle.wrong-access", requires: .files) { c in
            _ = try c.file("f", contents: [1, 2, 3])
            let reader = try c.open("f", .reading)
            let writer = try c.open("f", .writing)
            try c.fails(.file(.write(reader, from: .empty, at: 0)), with: .wrongAccess)
            try c.fails(.file(.writeVectored(reader, from: c.segments([]), at: 0)), with: .wrongAccess)
            try c.fails(.file(.append(reader, from: .empty)), with: .wrongAccess)
            try c.fails(.file(.read(writer, into: .empty, at: 0)), with: .wrongAccess)
            try c.fails(.file(.readVectored(writer, into: c.segments([]), at: 0)), with: .wrongAccess)
        },
        ConformanceCase("result.zero-length.offset", proves: "result.zero-length", "result.offset-limit", requires: .files) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            for operation in transfers(c, file, at: -1) { try c.fails(operation, with: .invalidArgument) }
        },
        ConformanceCase("result.zero-length.wrong-kind", proves: "result.zero-length", "handle.wrong-kind", requires: .files) { c in
            for (name, kind, handle) in try c.handlesOfEveryKind() where kind != .file {
                let cause: IOError.Cause = kind == .directory ? .isDirectory : .notSeekable
                for operation in transfers(c, handle, at: 0) {
                    try c.expect(c.perform(operation), failsWith: cause, "\(operation.kind) of length 0 on \(name)")
                }
            }
            let file = try c.file("f")
            try c.fails(.stream(.receive(file, into: .empty)), with: .wrongKind)
            try c.fails(.stream(.send(file, from: .empty)), with: .wrongKind)
        },
        ConformanceCase("result.zero-length.stale", proves: "result.zero-length", "handle.stale", requires: .files) { c in
            let file = try c.file("f")
            try c.close(file)
            for operation in transfers(c, file, at: 0) { try c.fails(operation, with: .badHandle) }
            try c.fails(.file(.append(file, from: .empty)), with: .badHandle)
            try c.fails(.stream(.receive(file, into: .empty)), with: .badHandle)
        },
        ConformanceCase("result.zero-length.receive.pipe", proves: "result.zero-length", requires: .pipes) { c in
            let pipe = try c.pipe()
            try c.fails(.stream(.receive(pipe.second, into: .empty)), with: .wrongAccess)
            try c.fails(.stream(.send(pipe.first, from: .empty)), with: .wrongAccess)
            try emptyReceives(c, pipe.second, pipe.first)
        },
        ConformanceCase("result.zero-length.receive.pair", proves: "result.zero-length", requires: .localStreams) { c in
            let pair = try c.streamPair()
            try emptyReceives(c, pair.first, pair.second)
        },
        ConformanceCase("result.zero-length.receive.internet", proves: "result.zero-length", requires: .internetStreams) { c in
            let pair = try c.connectedPair()
            try emptyReceives(c, pair.client, pair.server)
        },
        ConformanceCase(
            "result.zero-length.beside-pending", proves: "result.zero-length",
            title: "A receive of length 0 does not wait behind a receive that waits", requires: .localStreams
        ) { c in
            let pair = try c.streamPair()
            let memory = c.buffer(4)
            let waiting = try c.submit(.stream(.receive(pair.first, into: memory.region)))
            try c.expect(c.perform(.stream(.receive(pair.first, into: .empty))), moves: 0, "a receive of length 0")
            try c.expectPending(waiting, milliseconds: 5)
            try c.send([1, 2], to: pair.second)
            try c.expect(c.complete(waiting), moves: 2, "the receive that waited")
        },
        ConformanceCase(
            "result.zero-length.send-to-nobody", proves: "result.zero-length",
            title: "A send of length 0 to a peer that is gone transfers nothing and breaks nothing", requires: [.pipes, .localStreams]
        ) { c in
            for pair in [try c.pipe(), try c.streamPair()] {
                try c.close(pair.first)
                try c.expect(c.perform(.stream(.send(pair.second, from: .empty))), moves: 0, "a send of length 0")
            }
        },
    ]

    private static func transfers(_ c: CaseContext, _ handle: Handle, at offset: Int64) -> [Operation] {
        [
            .file(.read(handle, into: .empty, at: offset)), .file(.write(handle, from: .empty, at: offset)),
            .file(.readVectored(handle, into: c.segments([]), at: offset)), .file(.writeVectored(handle, from: c.segments([]), at: offset)),
        ]
    }

    /// Receives of length 0 while nothing is there, while something is, and at the end of the stream.
    private static func emptyReceives(_ c: CaseContext, _ sender: Handle, _ receiver: Handle) throws {
        try c.expect(c.perform(.stream(.receive(receiver, into: .empty))), moves: 0, "a receive of length 0 with nothing there")
        try c.expect(c.perform(.stream(.send(sender, from: .empty))), moves: 0, "a send of length 0")
        let memory = c.buffer(8)
        let waiting = try c.submit(.stream(.receive(receiver, into: memory.region)))
        try c.expectPending(waiting, milliseconds: 10)
        try c.send([1, 2, 3], to: sender)
        try c.expect(c.complete(waiting), moves: 3, "a receive after a send of length 0, which is not the end")
        try c.send([4], to: sender)
        try c.expect(c.perform(.stream(.receive(receiver, into: .empty))), moves: 0, "a receive of length 0 with data there")
        try c.expectEqual(c.receive(8, from: receiver), [4], "what is there after a receive of length 0")
        try c.close(sender)
        try c.expect(c.perform(.stream(.receive(receiver, into: .empty))), moves: 0, "a receive of length 0 at the end")
    }
}
