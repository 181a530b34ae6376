// A pool of buffers that a history receives into.

import IOSpec

/// A pool, its memory, and the buffers that the program has, with what was in them when it got them.
final class HistoryPool {
    let pool: BufferPool
    private let count: Int
    private let size: Int
    private let memory: LentMemory
    private let context: CaseContext
    private var taken: [(buffer: SelectedBuffer, bytes: [UInt8])] = []

    init(_ count: Int, each size: Int, of context: CaseContext) throws {
        memory = LentMemory(count * size, pieces: 1, from: context)
        pool = try context.pool(in: memory.regions[0], each: size)
        self.count = count
        self.size = size
        self.context = context
    }

    /// The buffer that a completion names, which is the program's from now on, and what is in it.
    func take(_ shot: Completion) throws -> (index: Int, bytes: [UInt8]) {
        let buffer = try context.buffer(selectedBy: shot)
        guard buffer.index < count, buffer.count <= size else {
            throw CaseFailure(
                "buffer \(buffer.index) with \(buffer.count) bytes is told of a pool of \(count) buffers of \(size)",
                clause: "multishot.receive")
        }
        let bytes = memory.bytes(buffer.index * size, buffer.count)
        taken.append((buffer, bytes))
        return (buffer.index, bytes)
    }

    /// Checks what belongs to the program and what to nobody.
    func check() throws {
        guard memory.areGuardsIntact else {
            throw CaseFailure("memory beside a pool of \(count) buffers of \(size) was written", clause: "multishot.receive")
        }
        for (buffer, bytes) in taken where memory.bytes(buffer.index * size, buffer.count) != bytes {
            throw CaseFailure("buffer \(buffer.index) was written while the program had it", clause: "multishot.receive")
        }
    }

    /// Gives back all buffers that the program has.
    func giveBack() throws {
        try check()
        for (buffer, _) in taken { context.giveBack(buffer, to: pool) }
        taken = []
    }
}
