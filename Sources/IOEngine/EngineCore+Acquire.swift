// The boot phase: handles that are acquired and not opened.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    @inlinable mutating func acquire(_ resource: Resource) throws(IOError) -> Handle {
        switch resource {
        case .listener(_, let backlog) where backlog < 0, .packetListener(_, let backlog) where backlog < 0:
            throw IOError(.invalidArgument)
        case .datagram(let family, let address) where address.map { $0.family != family } ?? false:
            throw IOError(.invalidArgument)
        default:
            return try adopt(try kernel.acquire(resource), connection: .unconnected)
        }
    }

    @inlinable mutating func acquire(pair: PairedResource) throws(IOError) -> HandlePair {
        let native = try kernel.acquire(pair: pair)
        let first: Handle
        do throws(IOError) {
            first = try adopt(native.first, connection: .connected)
        } catch {
            kernel.discard(native.second)
            throw error
        }
        do throws(IOError) {
            return HandlePair(first: first, second: try adopt(native.second, connection: .connected))
        } catch {
            handles.remove(Int32(bitPattern: first.index))
            kernel.discard(native.first)
            throw error
        }
    }

    @inlinable func localAddress(of handle: Handle) throws(IOError) -> SocketAddress {
        try kernel.localAddress(of: try socket(handle))
    }

    @inlinable func peerAddress(of handle: Handle) throws(IOError) -> SocketAddress {
        let native = try socket(handle)
        if native.kind == .listener { throw IOError(.wrongKind) }
        return try kernel.peerAddress(of: native)
    }

    @inlinable func socket(_ handle: Handle) throws(IOError) -> NativeHandle {
        let index = handles.index(of: handle)
        if index == Slot.none { throw IOError(.badHandle) }
        switch handles[index].native.kind {
        case .stream, .listener, .datagram, .packets: return handles[index].native
        case .file, .directory, .pipe, .process, .foreign: throw IOError(.wrongKind)
        }
    }

    // MARK: Memory and places in tables

    @inlinable mutating func acquire(buffers memory: MemoryRegion, each size: Int) throws(IOError) -> BufferPool {
        guard size >= 1, size <= BufferPool.maximumSize, memory.count >= size, memory.count / size <= BufferPool.maximumCount else {
            throw IOError(.invalidArgument)
        }
        if pools.count == BufferPool.maximumPools { throw IOError(.outOfResources) }
        let pool = BufferPool(index: UInt8(pools.count))
        try kernel.acquire(pool, in: memory, each: size)
        pools.append(PoolRecord(count: memory.count / size))
        return pool
    }

    @inlinable mutating func giveBack(_ buffer: SelectedBuffer, to pool: BufferPool) {
        let place = Int(pool.index)
        precondition(place < pools.count && buffer.index < pools[place].count, "The backend has no such buffer")
        // A pool never holds more buffers than it has, whatever is given back twice.
        precondition(pools[place].lent > 0, "The program has no buffer of that pool")
        pools[place].lent -= 1
        kernel.giveBack(buffer.index, to: pool)
    }

    @inlinable mutating func register(_ memory: MemoryRegion) throws(IOError) -> Mechanism {
        if memory.count <= 0 { throw IOError(.invalidArgument) }
        return try kernel.register(memory)
    }

    @inlinable mutating func register(_ handle: Handle) throws(IOError) -> Mechanism {
        let index = handles.index(of: handle)
        if index == Slot.none { throw IOError(.badHandle) }
        if handles[index].operations > 0 { throw IOError(.busy) }
        if handles[index].native.traits.contains(.registered) { return .native }
        return try kernel.register(&handles[index].native)
    }

    @inlinable mutating func adopt(_ native: NativeHandle, connection: HandleRecord.Connection) throws(IOError) -> Handle {
        let index = handles.hasRoom ? handles.insert(native, connection: connection) : Slot.none
        if let handle = handles.handle(at: index) { return handle }
        kernel.discard(native)
        throw IOError(.tooManyOpen)
    }
}
