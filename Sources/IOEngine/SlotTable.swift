// The slots of all operations, in one piece of memory that never moves.

public import IOSpec

/// A fixed number of slots; taking and giving back is O(1) and never allocates.
///
/// The engine's unsafe memory is here and in the other tables: an index is only ever one that `take` gave out, or comes from a token or identity and is checked
/// with ``isLive(_:)`` first.
@safe
@usableFromInline struct SlotTable: ~Copyable {
    @usableFromInline let slots: UnsafeMutablePointer<Slot>
    @usableFromInline let capacity: Int
    /// Slots at and above were never used and are not initialised.
    @usableFromInline var used = 0
    @usableFromInline var firstFree = Slot.none
    @usableFromInline var liveCount = 0

    @inlinable init(capacity: Int) {
        self.capacity = capacity
        // On the bounds of cache lines, so that no slot shares one with another.
        let memory = UnsafeMutableRawPointer.allocate(byteCount: capacity * MemoryLayout<Slot>.stride, alignment: 64)
        unsafe slots = memory.bindMemory(to: Slot.self, capacity: capacity)
    }

    @inlinable deinit {
        // Sound: `Slot` is trivial, so there is nothing to deinitialise.
        unsafe UnsafeMutableRawPointer(slots).deallocate()
    }

    @inlinable var freeCount: Int { capacity - liveCount }

    /// Whether the kernel interface has an operation whose last event has not come; O(capacity).
    @inlinable var hasStarted: Bool {
        for index in 0..<Int32(used) where self[index].state == .started { return true }
        return false
    }

    /// Sound as long as `index` is below `used`, which holds for every index that was taken.
    @inlinable subscript(index: Int32) -> Slot {
        @inline(__always) _read { yield unsafe slots[Int(index)] }
        @inline(__always) nonmutating _modify { yield unsafe &slots[Int(index)] }
    }

    /// The index of a free slot, or ``Slot/none`` when all are taken.
    @inline(__always)
    @inlinable mutating func take() -> Int32 {
        let index = firstFree
        guard index != Slot.none else { return takeUnused() }
        firstFree = self[index].stateLinks.next
        liveCount &+= 1
        return index
    }

    @inline(never)
    @inlinable mutating func takeUnused() -> Int32 {
        guard used < capacity else { return Slot.none }
        let index = used
        unsafe (slots + index).initialize(to: Slot())
        used += 1
        liveCount += 1
        return Int32(index)
    }

    /// Makes the slot free; from now on its identity is never valid again.
    @inline(__always)
    @inlinable mutating func give(_ index: Int32) {
        self[index].generation &+= 1
        self[index].state = .free
        self[index].stateLinks.next = firstFree
        firstFree = index
        liveCount &-= 1
    }

    /// Whether `identity` names an operation that has not been reaped.
    @inlinable func isLive(_ identity: OperationID) -> Bool {
        guard identity.slot < used else { return false }
        let slot = self[Int32(identity.slot)]
        return slot.generation == identity.generation && slot.state != .free
    }
}
