// What results say, and to whom a buffer belongs when.

import IOSpec

enum BufferCases {
    static let all: [ConformanceCase] = [
        ConformanceCase("buffer.cancelled-receive.pipe", proves: "buffer.owned-until-completion", "cancel.prompt", requires: .pipes) { c in
            let pipe = try c.pipe()
            try receivesIntoNothing(c, from: pipe.first, to: pipe.second) { c.cancel($0) }
        },
        ConformanceCase("buffer.cancelled-receive.pair", proves: "buffer.owned-until-completion", "cancel.prompt", requires: .localStreams)
        { c in
            let pair = try c.streamPair()
            try receivesIntoNothing(c, from: pair.first, to: pair.second) { c.cancel($0) }
        },
        ConformanceCase(
            "buffer.cancelled-receive.internet", proves: "buffer.owned-until-completion", "cancel.prompt", requires: .internetStreams
        ) { c in
            let pair = try c.connectedPair()
            try receivesIntoNothing(c, from: pair.server, to: pair.client) { c.cancel($0) }
        },
        ConformanceCase("buffer.timed-out-receive.pipe", proves: "buffer.owned-until-completion", "time.deadline", requires: .pipes) { c in
            let pipe = try c.pipe()
            try receivesIntoNothing(c, from: pipe.first, to: pipe.second, deadline: c.after(milliseconds: 10))
        },
        ConformanceCase(
            "buffer.timed-out-receive.internet", proves: "buffer.owned-until-completion", "time.deadline", requires: .internetStreams
        ) { c in
            let pair = try c.connectedPair()
            try receivesIntoNothing(c, from: pair.server, to: pair.client, deadline: c.after(milliseconds: 10))
        },
        ConformanceCase(
            "buffer.reused-after-read", proves: "buffer.owned-until-completion",
            title: "A buffer that is filled anew after its completion keeps what the program put there", requires: .files
        ) { try buffersStayAfterReads($0) },
        ConformanceCase(
            "buffer.reused-after-write", proves: "buffer.owned-until-completion",
            title: "A buffer may be overwritten as soon as its write has completed", requires: .files
        ) { try buffersAreFreeAfterWrites($0) },
        ConformanceCase(
            "buffer.reused-after-send", proves: "buffer.owned-until-completion",
            title: "A buffer may be overwritten as soon as its send has completed", requires: .internetStreams
        ) { c in
            let pair = try c.connectedPair()
            let memory = c.buffer(4096)
            for seed in UInt64(0)..<8 {
                memory.fill(pattern: seed)
                try c.expect(c.perform(.stream(.send(pair.client, from: memory.region))), moves: 4096, "a send")
                memory.fill(with: 0xEE)
            }
            let expected = (UInt64(0)..<8).flatMap { Pattern.bytes(4096, seed: $0) }
            try c.expectEqual(c.receiveAll(expected.count, from: pair.server), expected, "what arrives although buffers were overwritten")
        },
        ConformanceCase(
            "result.portable.errors", proves: "result.portable", "completion.own-error",
            title: "Every kind of mistake has a portable cause, and the oracle has a word for each", requires: .files
        ) { c in
            let stale = try c.file("f")
            try c.close(stale)
            for handle in [stale, .invalid, try c.directory, try c.file("g", contents: [1])] {
                for operation in c.operations(on: handle) {
                    // What goes on until it is ended is ended.
                    let deadline = operation.kind.isMultishot ? c.after(milliseconds: 2) : .never
                    let completion = try c.perform(operation, deadline: deadline)
                    try c.expect(completion.error?.cause != .other, "\(operation.kind) has a portable cause")
                }
            }
        },
        ConformanceCase("result.detail.not-found", proves: "result.detail", level: .should, requires: [.files, .nativeSystem]) { c in
            let completion = try c.perform(c.opening("missing", .reading))
            try c.expect(completion, failsWith: .notFound)
            let detail = completion.error?.detail ?? 0
            if detail == 0 { return c.nonStrict("the native number of notFound is not carried") }
            try c.expectEqual(detail, 2, "the native number of notFound")
        },
        ConformanceCase("result.moved-is-reported.end-of-file", proves: "result.moved-is-reported", "file.end-of-file", requires: .files) {
            c in
            let file = try c.file("f", contents: Pattern.bytes(5000, seed: 3))
            let memory = c.buffer(8192)
            try c.expect(c.perform(.file(.read(file, into: memory.region, at: 1000))), moves: 4000, "a read across the end")
            try c.expect(c.perform(.file(.read(file, into: memory.region, at: 5000))), moves: 0, "the next read, at the end")
        },
    ]

    /// A receive that ends without data leaves its buffer alone for ever after, and takes nothing.
    private static func receivesIntoNothing(
        _ c: CaseContext, from receiver: Handle, to sender: Handle, deadline: Instant = .never, end: (OperationID) -> Void = { _ in }
    ) throws {
        let canary = c.buffer(64)
        let id = try c.submit(.stream(.receive(receiver, into: canary.region)), deadline: deadline)
        try c.turn()
        end(id)
        try c.expect(c.complete(id), failsWith: deadline == .never ? .cancelled : .timedOut, "a receive with nothing there")
        let bytes = Pattern.bytes(48, seed: 9)
        try c.send(bytes, to: sender)
        for _ in 0..<5 { try c.turn() }
        try c.expectUntouched(canary, clause: "buffer.owned-until-completion")
        try c.expectEqual(c.receiveAll(48, from: receiver), bytes, "what the next receives find")
        try c.expectUntouched(canary, clause: "buffer.owned-until-completion")
    }

    private static func buffersStayAfterReads(_ c: CaseContext) throws {
        let file = try c.file("f", contents: Pattern.bytes(1 << 16, seed: 1))
        let memories = (0..<32).map { _ in c.buffer(1 << 16) }
        var ids: [OperationID: CaseBuffer] = [:]
        for memory in memories { ids[try c.submit(.file(.read(file, into: memory.region, at: 0)))] = memory }
        while !ids.isEmpty {
            for id in try c.reap(until: c.after(milliseconds: 100)) {
                guard let memory = ids.removeValue(forKey: id) else { continue }
                try c.expect(c.complete(id), moves: 1 << 16, "a read")
                try c.expectEqual(memory[12_345], Pattern.byte(at: 12_345, seed: 1), "a byte that was read")
                memory.fill(with: 0xA5)
            }
        }
        for _ in 0..<5 { try c.turn() }
        for memory in memories { try c.expectUntouched(memory, clause: "buffer.owned-until-completion") }
    }

    private static func buffersAreFreeAfterWrites(_ c: CaseContext) throws {
        let file = try c.file("f")
        let memories = (UInt64(0)..<32).map { seed in
            let memory = c.buffer(4096)
            memory.fill(pattern: seed)
            return memory
        }
        var ids: [OperationID: CaseBuffer] = [:]
        for (index, memory) in memories.enumerated() {
            ids[try c.submit(.file(.write(file, from: memory.region, at: Int64(index) * 4096)))] = memory
        }
        while !ids.isEmpty {
            for id in try c.reap(until: c.after(milliseconds: 100)) {
                try c.expect(c.complete(id), moves: 4096, "a write")
                ids.removeValue(forKey: id)?.fill(with: 0xEE)
            }
        }
        let expected = (UInt64(0)..<32).flatMap { Pattern.bytes(4096, seed: $0) }
        try c.expectEqual(c.contents(of: file), expected, "the contents although buffers were overwritten")
    }
}
