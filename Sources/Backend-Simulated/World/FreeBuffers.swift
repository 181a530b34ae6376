// The free buffers of one pool.

import IOSpec

/// Memory from which receives of several shots take buffers.
struct FreeBuffers {
    private let memory: MemoryRegion
    private let size: Int
    private var free: [Int]

    init(_ memory: MemoryRegion, each size: Int) {
        self.memory = memory
        self.size = size
        free = Array((0..<memory.count / size).reversed())
    }

    var isEmpty: Bool { free.isEmpty }

    /// Takes a buffer.
    ///
    /// - Precondition: there is one.
    mutating func take() -> (index: Int, region: MemoryRegion) {
        let index = free.removeLast()
        // Sound: the pool's memory is lent as long as the backend lives, and nobody else has this part of it.
        return (index, unsafe MemoryRegion(address: memory.address + UInt(index * size), count: size))
    }

    mutating func give(_ index: Int) { free.append(index) }
}
