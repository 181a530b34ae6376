// A copy by blocks, several of which are under way at once.

import IOSpec

/// One copy. It lives on the loop of its source.
///
/// Blocks are numbered in the order of their bytes. Whatever ends the copy, the end of the source or a failure, ends it at a block: those before it go on until they are over, those after
/// it count no more. So what the copy comes to is what it would come to one block after the other.
actor BlockCopy {
    /// What becomes of a block when it is filled.
    private enum Filling {
        case more
        case end
        case failed(IOFailure)
    }

    private let source: ByteSource
    private let sink: ByteSink
    private let shape: CopyShape
    private let progress: (@Sendable (Int) -> Void)?
    private let executor: LoopSerialExecutor

    /// The next block that somebody takes.
    private var next = 0
    /// The bytes that were received of what has an order.
    private var received: Int64 = 0
    private let receiving = Turns()
    private let sending = Turns()
    /// The block at which the copy ends, and why, if that is a failure.
    private var end = Int.max
    private var failure: IOFailure?
    private var arrived = ArrivedBlocks()

    init(from source: ByteSource, to sink: ByteSink, _ shape: CopyShape, _ progress: (@Sendable (Int) -> Void)?) {
        self.source = source
        self.sink = sink
        self.shape = shape
        self.progress = progress
        executor = source.open.loop.serialExecutor
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Copies, and returns how many bytes.
    func run() async throws(IOFailure) -> Int {
        if shape.blocks == 1 {
            await work()
        } else {
            await withDiscardingTaskGroup { group in
                for _ in 0..<shape.blocks { group.addTask { await self.work() } }
            }
        }
        if let failure { throw failure.after(arrived.byteCount) }
        return arrived.byteCount
    }

    /// Moves one block after the other through memory of its own.
    private func work() async {
        let memory = LentBlock(count: shape.blockSize, on: source.open.loop)
        defer { extendLifetime(memory) }
        while next < end {
            let block = next
            next += 1
            await move(block, through: memory.region)
        }
    }

    private func move(_ block: Int, through room: MemoryRegion) async {
        guard let (position, count, filling) = await fill(block, room) else { return }
        switch filling {
        case .more: break
        case .end: finish(after: block, nil)
        case .failed(let failure): finish(after: block, failure)
        }
        if count > 0 { await put(block, room.prefix(count), at: position) }
    }

    // MARK: From the source

    private func fill(_ block: Int, _ room: MemoryRegion) async -> (position: Int64, count: Int, Filling)? {
        if source.offset != nil {
            let position = Int64(block) * Int64(shape.blockSize)
            let (count, filling) = await read(into: room, at: position)
            return (position, count, filling)
        }
        if await !receiving.turn(of: block) { return nil }
        let position = received
        do throws(IOFailure) {
            let count = try await source.take(into: room, at: position)
            received += Int64(count)
            // Behind the end nobody looks for more.
            if count > 0 { receiving.pass() }
            return (position, count, count == 0 ? .end : .more)
        } catch {
            return (position, 0, .failed(error))
        }
    }

    /// Reads until the room is full, the source ends or a read fails; one that is cut short says nothing yet.
    private func read(into room: MemoryRegion, at position: Int64) async -> (Int, Filling) {
        var count = 0
        while count < room.count {
            do throws(IOFailure) {
                let moved = try await source.take(into: room.dropping(count), at: position + Int64(count))
                if moved == 0 { return (count, .end) }
                count += moved
            } catch {
                return (count, .failed(error))
            }
        }
        return (count, .more)
    }

    // MARK: To the sink

    private func put(_ block: Int, _ bytes: MemoryRegion, at position: Int64) async {
        let isOrdered = sink.offset == nil
        if isOrdered, await !sending.turn(of: block) { return }
        do throws(IOFailure) { try await sink.put(bytes, at: position) } catch { return finish(at: block, error) }
        if arrived.add(block, bytes.count) { progress?(arrived.byteCount) }
        if isOrdered { sending.pass() }
    }

    // MARK: Order, and the end

    /// This block is the last one, as far as it was filled.
    private func finish(after block: Int, _ failure: IOFailure?) {
        // What a write of the next block may have moved lies behind a gap.
        if block + 1 == end { self.failure = failure } else { finish(at: block + 1, failure) }
    }

    /// Nothing counts from this block on. The failure of a write may have moved part of it.
    private func finish(at block: Int, _ failure: IOFailure?) {
        if block >= end { return }
        end = block
        self.failure = failure
        receiving.close(from: block)
        sending.close(from: block)
        arrived.close(from: block)
    }
}
