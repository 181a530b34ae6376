// The pools whose free buffers the kernel takes by itself.

#if URing

import CLiburing
import CLinuxIO
import IOSpec
import LinuxSupport

/// For each pool the memory that is shared with the kernel, in which free buffers are listed.
///
/// The kernel takes buffers from there as bytes come; only this type puts some there. It is dropped after the ring has nothing in flight any more, so that nobody looks
/// at the memory afterwards.
@safe
struct BufferRings: ~Copyable {
    @safe private struct Pool {
        let places: UnsafeMutableRawPointer
        let placeCount: Int
        let memory: UInt
        let size: Int
        var freeCount = 0
    }

    /// The bytes of one place, and the alignment of the first.
    private static var placeBytes: Int { 16 }
    private static var pageBytes: Int { linuxio_page_bytes() }

    private var pools: [Pool] = []

    deinit {
        for pool in pools { unsafe linuxio_free(pool.places) }
    }

    /// Whether the kernel takes buffers from rings, found by giving it one.
    static func isSupported(by ring: borrowing Ring) -> Bool {
        guard let places = unsafe linuxio_allocate_aligned(pageBytes, pageBytes) else { return false }
        defer { unsafe linuxio_free(places) }
        if unsafe ring.registerBuffers(places, count: 1, group: 0) < 0 { return false }
        ring.unregisterBuffers(group: 0)
        return true
    }

    /// Makes the next pool, of as many buffers of `size` bytes as `memory` holds, all of them free.
    mutating func add(_ pool: BufferPool, in memory: MemoryRegion, each size: Int, registeredWith ring: borrowing Ring) throws(IOError) {
        let count = memory.count / size
        var placeCount = 1
        while placeCount < count { placeCount *= 2 }
        guard let places = unsafe linuxio_allocate_aligned(Self.pageBytes, placeCount * Self.placeBytes) else {
            throw IOError(.outOfResources)
        }
        let result = unsafe ring.registerBuffers(places, count: placeCount, group: UInt16(pool.index))
        if result < 0 {
            unsafe linuxio_free(places)
            throw IOError(.outOfResources, detail: UInt16(-result))
        }
        unsafe pools.append(Pool(places: places, placeCount: placeCount, memory: memory.address, size: size))
        for index in 0..<count { give(index, to: Int(pool.index)) }
    }

    /// Notes that the kernel has taken a buffer, as a completion says.
    mutating func noteTaking(from pool: Int) { pools[pool].freeCount -= 1 }

    /// Whether a buffer is free, but for those that were taken by completions that have not been seen.
    func hasFree(in pool: Int) -> Bool { pools[pool].freeCount > 0 }

    /// Lists a buffer as free. There are at least as many places as buffers, and each buffer is in one place at most.
    mutating func give(_ index: Int, to pool: Int) {
        pools[pool].freeCount += 1
        let address = pools[pool].memory + UInt(index * pools[pool].size)
        unsafe cliburing_put_buffer(
            pools[pool].places, UInt32(pools[pool].placeCount), UInt64(address), UInt32(pools[pool].size), UInt16(index))
    }
}

#endif
