// What the ring is told of before it is used: pools of buffers, memory, files.

#if URing

import CLiburing
import IOSpec

/// Each result is a negative errno value, or not.
extension Ring {
    /// Gives the kernel the places for the free buffers of a group.
    @unsafe
    func registerBuffers(_ places: UnsafeMutableRawPointer, count: Int, group: UInt16) -> Int32 {
        unsafe cliburing_register_buffer_ring(ring, places, UInt32(count), group)
    }

    func unregisterBuffers(group: UInt16) {
        _ = unsafe cliburing_unregister_buffer_ring(ring, group)
    }

    func reserveMemory(_ places: Int) -> Int32 {
        unsafe cliburing_reserve_memory(ring, UInt32(places))
    }

    /// Puts memory into its place, from which transfers find it without looking at its pages again.
    func setMemory(_ place: Int, to memory: MemoryRegion) -> Int32 {
        unsafe cliburing_set_memory(ring, UInt32(place), UInt64(memory.address), memory.count)
    }

    func reserveFiles(_ places: Int) -> Int32 {
        unsafe cliburing_reserve_files(ring, UInt32(places))
    }

    /// Puts a file into the place that has the number of its descriptor, or empties that place.
    func setFile(_ descriptor: Int32, isRegistered: Bool) -> Int32 {
        unsafe cliburing_set_file(ring, UInt32(descriptor), isRegistered ? descriptor : -1)
    }
}

#endif
