// A pool of buffers as a case uses it.

import IOSpec

/// A pool, its memory, and the buffers that the case has.
final class PooledBuffers {
    let pool: BufferPool
    let size: Int
    private let memory: CaseBuffer
    private let context: CaseContext
    private var taken: [SelectedBuffer] = []

    /// Makes a pool of `count` buffers of `size` bytes.
    init(_ c: CaseContext, _ count: Int, each size: Int) throws {
        (pool, memory) = try c.pool(count, each: size)
        self.size = size
        context = c
    }

    /// The operation that receives into the pool.
    func receiving(from handle: Handle) -> Operation { .stream(.receiveMultishot(handle, pool)) }

    /// What is in the buffer that a completion names. The case has the buffer from now on.
    func take(_ shot: Completion) throws -> [UInt8] {
        let buffer = try context.buffer(selectedBy: shot)
        try context.expect(
            (1...size).contains(buffer.count) && (buffer.index + 1) * size <= memory.count,
            "a buffer of the pool has at most \(size) bytes (buffer \(buffer.index) is said to have \(buffer.count))",
            clause: "multishot.receive"
        )
        try context.expect(
            !taken.contains { $0.index == buffer.index }, "buffer \(buffer.index) is not taken while the program has it",
            clause: "multishot.receive")
        taken.append(buffer)
        return memory.bytes(buffer.index * size, buffer.count)
    }

    /// What is in a buffer.
    func bytes(of buffer: SelectedBuffer) throws -> [UInt8] { memory.bytes(buffer.index * size, buffer.count) }

    /// Gives back all buffers that the case has.
    func giveBack() {
        for buffer in taken { context.giveBack(buffer, to: pool) }
        taken = []
    }

    /// What is in the buffer that a completion names, which is given back at once.
    func contents(_ shot: Completion) throws -> [UInt8] {
        let bytes = try take(shot)
        context.giveBack(taken.removeLast(), to: pool)
        return bytes
    }
}

extension CaseContext {
    /// Reaps until a multishot receive has brought `count` bytes beyond its first `skipped` shots, and returns them with the shots; the case has the buffers.
    func receive(_ count: Int, by id: OperationID, into buffers: PooledBuffers, after skipped: Int = 0) throws -> (
        bytes: [UInt8], shots: Int
    ) {
        var bytes: [UInt8] = []
        var seen = skipped
        while bytes.count < count {
            for shot in try reapShots(seen + 1, of: id)[seen...] { bytes += try buffers.take(shot) }
            seen += 1
        }
        return (bytes, seen)
    }

    /// Receives until there are `count` bytes, or the operation has ended by itself, and cancels it then; each buffer is given back at once.
    func receiveUntil(_ count: Int, from handle: Handle, into buffers: PooledBuffers) throws -> (bytes: [UInt8], last: Completion?) {
        let id = try submit(buffers.receiving(from: handle))
        var bytes: [UInt8] = []
        var seen = 0
        while bytes.count < count {
            try reap(until: "bytes for \(describe(id))") { isComplete(id) || shots(of: id).count > seen }
            let isOver = isComplete(id)
            for shot in shots(of: id)[seen...] { bytes += try buffers.contents(shot) }
            seen = shots(of: id).count
            if isOver { return (bytes, try complete(id)) }
        }
        cancel(id)
        try expect(complete(id), failsWith: .cancelled, "a multishot receive that was cancelled", clause: "multishot.ends")
        for shot in shots(of: id)[seen...] { bytes += try buffers.contents(shot) }
        return (bytes, nil)
    }

    /// What making a pool throws; nil when it succeeds.
    func errorOfPool(_ bytes: Int, each size: Int) throws -> IOError? {
        do {
            _ = try live?.backend.acquire(buffers: buffer(bytes).region, each: size)
            return nil
        } catch {
            return error
        }
    }

    /// All that a multishot receive brings from its first completion on that was not looked at, until it ends; each buffer is given back at once.
    func receiveAll(by id: OperationID, into buffers: PooledBuffers, after skipped: Int = 0) throws -> (bytes: [UInt8], last: Completion) {
        var bytes: [UInt8] = []
        var seen = skipped
        while true {
            let isOver = isComplete(id)
            for shot in shots(of: id)[seen...] {
                bytes += try buffers.contents(shot)
                seen += 1
            }
            if isOver { return (bytes, try complete(id)) }
            try reap(until: "the end of \(describe(id))") { isComplete(id) || shots(of: id).count > seen }
        }
    }
}
