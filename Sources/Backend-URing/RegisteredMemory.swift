// The memory that the kernel knows already, by address.

#if URing

import CLinuxIO
import IOSpec

/// The areas of memory in the ring's table, and the free places there.
struct RegisteredMemory: ~Copyable {
    private struct Area {
        let start: UInt
        let end: UInt
        let place: Int
    }

    /// The areas that the table has places for.
    static var capacity: Int { 256 }
    /// The most bytes that the kernel takes as one area.
    static var maximumArea: Int { 1 << 30 }

    /// In the order of their places. Programs register a few large areas, and the one that is registered first is found first.
    private var areas: [Area] = []
    private var hasTable = false

    /// Where the area is that holds the whole region, or nil.
    func place(of region: MemoryRegion) -> UInt16? {
        for area in areas where area.start <= region.address && region.address <= area.end {
            if UInt(region.count) <= area.end - region.address { return UInt16(area.place) }
        }
        return nil
    }

    /// Gives memory to the kernel, in areas that it takes, all of them or none.
    ///
    /// - Returns: whether the kernel has taken it.
    /// - Throws: `.outOfResources` when a limit does not allow it.
    mutating func add(_ memory: MemoryRegion, to ring: borrowing Ring) throws(IOError) -> Bool {
        if !hasTable {
            if try !isTaken(ring.reserveMemory(Self.capacity)) { return false }
            hasTable = true
        }
        let before = areas.count
        var rest = memory
        while rest.count > 0 {
            // Sound: it lies inside memory that is lent as long as the backend lives.
            let area = unsafe MemoryRegion(address: rest.address, count: min(rest.count, Self.maximumArea))
            let result = areas.count < Self.capacity ? ring.setMemory(areas.count, to: area) : -ENOMEM
            if result < 0 {
                remove(downTo: before, from: ring)
                return try isTaken(result)
            }
            areas.append(Area(start: area.address, end: area.address + UInt(area.count), place: areas.count))
            rest = rest.dropping(area.count)
        }
        return true
    }

    private mutating func remove(downTo count: Int, from ring: borrowing Ring) {
        while areas.count > count {
            areas.removeLast()
            _ = ring.setMemory(areas.count, to: .empty)
        }
    }

    /// What cannot be taken for another reason than a limit is used as before: memory of a device, and kernels without a table that can be filled later.
    private func isTaken(_ result: Int32) throws(IOError) -> Bool {
        switch -result {
        case ENOMEM, EAGAIN, EMFILE, ENOBUFS: throw IOError(.outOfResources, detail: UInt16(-result))
        default: return result >= 0
        }
    }
}

#endif
