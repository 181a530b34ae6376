// Closing: what it ends, and in which order.

import IOSpec

enum CloseCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("close.every-kind", proves: "close.again", "handle.stale", requires: .files) { c in
            for (name, _, handle) in try c.handlesOfEveryKind() {
                try c.expect(c.perform(.control(.close(handle))), moves: 0, "closing \(name)")
                try c.expect(c.perform(.control(.close(handle))), failsWith: .badHandle, "closing \(name) again")
            }
        },
        ConformanceCase(
            "close.twice-at-once", proves: "close.again", title: "Of two closes that are in flight together one succeeds",
            requires: .files
        ) { c in
            let file = try c.file("f")
            let first = try c.submit(.control(.close(file)))
            let second = try c.submit(.control(.close(file)))
            try c.expect(c.complete(first), moves: 0, "the first close")
            try c.expect(c.complete(second), failsWith: .badHandle, "the second close")
        },
        ConformanceCase("close.again-spares-successor", proves: "close.again", requires: .files) { c in
            let old = try c.file("f")
            try c.close(old)
            let files = try (0..<8).map { try c.file("g\($0)", contents: [UInt8($0)]) }
            for _ in 0..<8 { try c.fails(.control(.close(old)), with: .badHandle) }
            for (index, file) in files.enumerated() {
                try c.expectEqual(c.contents(of: file), [UInt8(index)], "the contents of a file that is open")
            }
        },
        ConformanceCase("close.cancels-receive.pipe", proves: "close.cancels", requires: .pipes) { c in
            try closeEndsReceive(c, of: c.pipe().first)
        },
        ConformanceCase("close.cancels-receive.pair", proves: "close.cancels", requires: .localStreams) { c in
            try closeEndsReceive(c, of: c.streamPair().first)
        },
        ConformanceCase("close.cancels-queued", proves: "close.cancels", requires: .localStreams) { c in
            let pair = try c.streamPair()
            let memory = c.buffer(8)
            let waiting = try (0..<8).map { try c.submit(.stream(.receive(pair.first, into: memory.region($0, 1)))) }
            let close = try c.submit(.control(.close(pair.first)))
            for completion in try c.complete(waiting) { try c.expect(completion, failsWith: .cancelled, "a receive of a closed stream") }
            try c.expect(c.complete(close), moves: 0, "the close")
            try c.expectEqual(c.completionOrder.last, close, "the last completion")
        },
        ConformanceCase("close.after-reads", proves: "close.cancels", requires: .files) { try closeWithReads($0, options: .reading) },
        ConformanceCase("close.after-writes", proves: "close.cancels", "file.full-transfer", requires: .files) { c in
            let file = try c.file("f")
            let memory = c.buffer(4096, filledWith: 0x5A)
            let writes = try (0..<32).map { try c.submit(.file(.write(file, from: memory.region, at: Int64($0) * 4096))) }
            let close = try c.submit(.control(.close(file)))
            try c.expect(c.complete(close), moves: 0, "the close")
            let done = try c.complete(writes)
            try c.expectEqual(c.completionOrder.last, close, "the last completion")
            let reader = try c.open("f", .reading)
            for (index, completion) in done.enumerated() {
                if completion.error?.cause == .cancelled { continue }
                try c.expect(completion, moves: 4096, "a write before the close")
                let bytes = try c.read(4096, from: reader, at: Int64(index) * 4096)
                try c.expectEqual(bytes, [UInt8](repeating: 0x5A, count: 4096), "what a write before the close says it wrote")
            }
        },
        ConformanceCase(
            "close.before-use", proves: "handle.stale",
            title: "What is submitted after a close is badHandle, although the close is in flight",
            requires: [.files, .localStreams]
        ) { c in
            let file = try c.file("f", contents: [1, 2, 3])
            let pair = try c.streamPair()
            let memory = c.buffer(8)
            let ids = [
                try c.submit(.control(.close(file))), try c.submit(.file(.read(file, into: memory.region, at: 0))),
                try c.submit(.control(.close(pair.first))), try c.submit(.stream(.receive(pair.first, into: memory.region))),
                try c.submit(.stream(.send(pair.first, from: memory.region))),
            ]
            let done = try c.complete(ids)
            for index in [0, 2] { try c.expect(done[index], moves: 0, "a close") }
            for index in [1, 3, 4] { try c.expect(done[index], failsWith: .badHandle, "an operation after the close") }
            try c.expectUntouched(memory)
        },
        ConformanceCase(
            "close.directory-keeps-files", proves: "close.cancels", title: "Closing a directory leaves what was opened beneath it open",
            requires: .files
        ) { c in
            let outer = try c.acquire(.directory(name: c.scratchName, unconfined: false))
            let file = try c.open("f", [.reading, .writing, .creating], beneath: outer)
            try c.close(outer)
            try c.write([1, 2], to: file)
            try c.expectEqual(c.contents(of: file), [1, 2], "the contents of a file whose directory was closed")
        },
        ConformanceCase(
            "close.one-of-many", proves: "close.cancels", title: "Closing one handle of a file leaves the others working", requires: .files
        ) { c in
            let first = try c.file("f", contents: [1, 2, 3])
            let second = try c.open("f", .reading)
            let memory = c.buffer(3)
            let close = try c.submit(.control(.close(first)))
            let read = try c.submit(.file(.read(second, into: memory.region, at: 0)))
            try c.expect(c.complete(close), moves: 0, "the close")
            try c.expect(c.complete(read), moves: 3, "a read through the other handle")
        },
        ConformanceCase(
            "handle.close-on-exec.fresh", proves: "handle.close-on-exec",
            title: "A program that is started sees no descriptor that a backend made",
            requires: [.files, .internetStreams, .localStreams, .pipes, .nativeSystem], isolation: .childProcess
        ) { try nothingIsInherited($0) },
    ]

    private static func closeEndsReceive(_ c: CaseContext, of handle: Handle) throws {
        let memory = c.buffer(8)
        let receive = try c.submit(.stream(.receive(handle, into: memory.region)))
        try c.turn()
        let close = try c.submit(.control(.close(handle)))
        try c.expect(c.complete(receive), failsWith: .cancelled, "a receive of what is closed")
        try c.expect(c.complete(close), moves: 0, "the close")
        try c.expectEqual(c.completionOrder, [receive, close], "the order of the completions")
        try c.expectUntouched(memory)
    }

    private static func closeWithReads(_ c: CaseContext, options: OpenOptions) throws {
        let contents = Pattern.bytes(1 << 16, seed: 4)
        try c.close(c.file("f", contents: contents))
        let file = try c.open("f", options)
        let memories = (0..<32).map { _ in c.buffer(1 << 16) }
        let reads = try memories.map { try c.submit(.file(.read(file, into: $0.region, at: 0))) }
        let close = try c.submit(.control(.close(file)))
        try c.expect(c.complete(close), moves: 0, "the close")
        for (id, memory) in zip(reads, memories) {
            let completion = try c.complete(id)
            if completion.error?.cause == .cancelled {
                try c.expectUntouched(memory)
            } else {
                try c.expect(completion, moves: 1 << 16, "a read before the close")
                try c.expectEqual(memory.bytes, contents, "what a read before the close found")
            }
        }
        try c.expectEqual(c.completionOrder.last, close, "the last completion")
    }

    /// Compares what a program sees that is started with what this process has open since the backend was made.
    private static func nothingIsInherited(_ c: CaseContext) throws {
        c.dropBackend()
        let before = try Native.openDescriptors()
        try c.withAnotherBackend { other in
            _ = try other.handlesOfEveryKind()
            _ = try other.connectedPair(over: .internet4)
            _ = try other.connectedPair(over: .local)
            _ = try other.open("sub", [.reading, .writing, .creating])
            _ = try other.open(".", [.reading, .directory])
            _ = try other.perform(other.opening(".", [.writing, .temporary]))
            let fresh = try Native.openDescriptors().filter { before[$0.key] != $0.value }
            for (number, target) in fresh {
                try c.expect(isClosedOnExec(number), "descriptor \(number) (\(target)) is closed when a program is started")
            }
            let listing = try Native.run("/bin/ls", ["-l", "/proc/self/fd"])
            try c.expectEqual(listing.status, 0, "the exit code of the program")
            let seen = String(decoding: listing.output, as: UTF8.self).split(separator: "\n")
            for (number, target) in fresh {
                try c.expect(!seen.contains { $0.hasSuffix(" \(number) -> \(target)") }, "no program inherits \(number) (\(target))")
            }
        }
    }

    private static func isClosedOnExec(_ descriptor: Int32) throws -> Bool {
        let text = String(decoding: try Native.contents(at: "/proc/self/fdinfo/\(descriptor)"), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix("flags:") }
        let flags = line.flatMap { UInt64($0.dropFirst(6).drop { $0 == "\t" || $0 == " " }, radix: 8) } ?? 0
        return flags & 0o2_000_000 != 0
    }
}
