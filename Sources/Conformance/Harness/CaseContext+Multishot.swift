// Operations with several completions, as a case sees them.

public import IOSpec

extension CaseContext {
    /// The completions with more to follow of an operation, as far as they were seen.
    public func shots(of id: OperationID) -> [Completion] { shots[id] ?? [] }

    /// Reaps until an operation has had `count` completions with more to follow, and returns those.
    ///
    /// - Throws: a timeout when they do not come; a failure when the operation ends before.
    public func reapShots(_ count: Int, of id: OperationID) throws -> [Completion] {
        try reap(until: "completion \(count) of \(describe(id))") {
            if shots(of: id).count >= count { return true }
            guard let last = completions[id] else { return false }
            throw CaseFailure("\(describe(id)) ended after \(shots(of: id).count) of \(count) completions: it \(describe(last))")
        }
        return Array(shots(of: id).prefix(count))
    }

    /// Cancels a multishot operation, which must end by that.
    func expectCancel(of id: OperationID, ends what: @autoclosure () -> String) throws {
        cancel(id)
        try expect(complete(id), failsWith: .cancelled, what(), clause: "multishot.ends")
    }

    // MARK: Pools

    /// A pool of `count` buffers of `size` bytes, and its memory.
    public func pool(_ count: Int, each size: Int) throws -> (pool: BufferPool, memory: CaseBuffer) {
        let memory = buffer(count * size)
        return (try pool(in: memory.region, each: size), memory)
    }

    /// Makes a pool of as many buffers as `memory` holds.
    func pool(in memory: MemoryRegion, each size: Int) throws -> BufferPool {
        if let pool = try live?.backend.acquire(buffers: memory, each: size) { return pool }
        throw HarnessProblem("the case made a pool after it had dropped the backend")
    }

    /// A pool for operations that must fail, or whose buffers do not matter; the name of none where there can be no pools.
    public var anyPool: BufferPool {
        if let anyBuffers { return anyBuffers }
        let made = (try? pool(4, each: 16))?.pool ?? BufferPool(index: 0)
        anyBuffers = made
        return made
    }

    /// The buffer that a completion names.
    public func buffer(selectedBy completion: Completion) throws -> SelectedBuffer {
        guard let buffer = live?.backend.bufferInPlace(selectedBy: completion) else {
            throw CaseFailure("a completion that \(describe(completion)) must name a buffer, and names none", clause: "multishot.receive")
        }
        return buffer
    }

    /// Lets the backend fill a buffer again.
    public func giveBack(_ buffer: SelectedBuffer, to pool: BufferPool) { live?.backend.giveBack(buffer, to: pool) }

    // MARK: Registering

    /// Registers memory; the answer says whether that makes a difference.
    @discardableResult
    public func register(_ memory: MemoryRegion) throws -> Mechanism? { try live?.backend.register(memory) }

    /// Registers a handle.
    @discardableResult
    public func register(_ handle: Handle) throws -> Mechanism? { try live?.backend.register(handle) }

    /// The address of a connected peer.
    public func peerAddress(of handle: Handle) throws -> SocketAddress? { try live?.backend.peerAddressInPlace(of: handle) }
}
