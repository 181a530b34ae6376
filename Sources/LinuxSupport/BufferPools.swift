// The pools of a backend that takes their buffers itself.

public import IOSpec

/// The free buffers of each pool. Taking and giving back are O(1) and allocate nothing.
@safe
public struct BufferPools: ~Copyable {
    @safe private struct Pool {
        let memory: UInt
        let size: Int
        let free: UnsafeMutablePointer<UInt16>
        let count: Int
        var freeCount: Int
    }

    private var pools: [Pool] = []

    /// No pools at all.
    public init() {}

    deinit {
        for pool in pools { unsafe pool.free.deallocate() }
    }

    /// Makes the next pool, of as many buffers of `size` bytes as `memory` holds.
    public mutating func add(_ memory: MemoryRegion, each size: Int) {
        let count = memory.count / size
        let free = UnsafeMutablePointer<UInt16>.allocate(capacity: count)
        // The last one is taken first.
        for place in 0..<count { unsafe (free + place).initialize(to: UInt16(count - 1 - place)) }
        unsafe pools.append(Pool(memory: memory.address, size: size, free: free, count: count, freeCount: count))
    }

    /// Takes a free buffer; nil when there is none.
    public mutating func take(from pool: BufferPool) -> (index: Int, region: MemoryRegion)? {
        let place = Int(pool.index)
        guard pools[place].freeCount > 0 else { return nil }
        pools[place].freeCount -= 1
        let index = unsafe Int(pools[place].free[pools[place].freeCount])
        // Sound: the pool's memory is lent as long as the backend lives, and nobody else has this part of it.
        let region = unsafe MemoryRegion(address: pools[place].memory + UInt(index * pools[place].size), count: pools[place].size)
        return (index, region)
    }

    /// Makes a buffer free again.
    ///
    /// - Precondition: it was taken.
    public mutating func give(_ index: Int, to pool: BufferPool) {
        let place = Int(pool.index)
        precondition(pools[place].freeCount < pools[place].count && index < pools[place].count, "The pool has no such buffer")
        unsafe pools[place].free[pools[place].freeCount] = UInt16(index)
        pools[place].freeCount += 1
    }
}
