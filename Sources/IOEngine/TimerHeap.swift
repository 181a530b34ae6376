// The instants that operations wait for, earliest first.

public import IOSpec

/// A binary heap of slots, ordered by when they fire and then by submission; inserting and removing is O(log n).
///
/// Each slot knows its place, so that a deadline goes as soon as its operation is over.
@safe
@usableFromInline struct TimerHeap: ~Copyable {
    @usableFromInline var places: UnsafeMutablePointer<Int32>
    @usableFromInline var capacity = 64
    @usableFromInline var count = 0

    /// Deliberate fault: equal instants fire last first.
    @usableFromInline let reversesTies: Bool

    @inlinable init(reversesTies: Bool) {
        self.reversesTies = reversesTies
        unsafe places = .allocate(capacity: 64)
    }

    @inlinable deinit {
        unsafe places.deallocate()
    }

    @inlinable var isEmpty: Bool { count == 0 }

    /// When the first one fires; never if there is none.
    @inlinable func earliest(in slots: borrowing SlotTable) -> Instant {
        count == 0 ? .never : slots[self[0]].fires
    }

    /// The first slot that fires at or before `now`, taken out; or ``Slot/none``.
    @inlinable mutating func popExpired(at now: Instant, in slots: borrowing SlotTable) -> Int32 {
        guard count > 0, slots[self[0]].fires <= now else { return Slot.none }
        let index = self[0]
        remove(index, in: slots)
        return index
    }

    @inlinable mutating func insert(_ index: Int32, in slots: borrowing SlotTable) {
        if count == capacity { grow() }
        count += 1
        siftUp(index, from: count - 1, in: slots)
    }

    @inlinable mutating func remove(_ index: Int32, in slots: borrowing SlotTable) {
        let place = Int(slots[index].heapIndex)
        slots[index].heapIndex = Slot.none
        count -= 1
        guard place < count else { return }
        let moved = self[count]
        siftUp(moved, from: place, in: slots)
        siftDown(moved, from: Int(slots[moved].heapIndex), in: slots)
    }

    /// Sound as long as `place` is below `capacity`, which `count` never exceeds.
    @inlinable subscript(place: Int) -> Int32 {
        get { unsafe places[place] }
        nonmutating set { unsafe places[place] = newValue }
    }

    @inlinable func put(_ index: Int32, at place: Int, in slots: borrowing SlotTable) {
        self[place] = index
        slots[index].heapIndex = Int32(place)
    }

    @inlinable func comesFirst(_ left: Int32, _ right: Int32, in slots: borrowing SlotTable) -> Bool {
        if slots[left].fires != slots[right].fires { return slots[left].fires < slots[right].fires }
        return (slots[left].sequence < slots[right].sequence) != reversesTies
    }

    @inlinable func siftUp(_ index: Int32, from start: Int, in slots: borrowing SlotTable) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard comesFirst(index, self[parent], in: slots) else { break }
            put(self[parent], at: place, in: slots)
            place = parent
        }
        put(index, at: place, in: slots)
    }

    @inlinable func siftDown(_ index: Int32, from start: Int, in slots: borrowing SlotTable) {
        var place = start
        while 2 * place + 1 < count {
            var child = 2 * place + 1
            if child + 1 < count, comesFirst(self[child + 1], self[child], in: slots) { child += 1 }
            guard comesFirst(self[child], index, in: slots) else { break }
            put(self[child], at: place, in: slots)
            place = child
        }
        put(index, at: place, in: slots)
    }

    @inline(never)
    @inlinable mutating func grow() {
        let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2)
        unsafe larger.initialize(from: places, count: count)
        unsafe places.deallocate()
        unsafe places = larger
        capacity *= 2
    }
}
