// A first-in first-out list through the slots themselves.

/// The ends of a list of slots. The links are in the slots, so that nothing is allocated; a slot is in at most one list for each of
/// its two pairs of links.
@usableFromInline struct SlotQueue {
    @usableFromInline var first: Int32
    @usableFromInline var last: Int32

    @inlinable init() {
        first = Slot.none
        last = Slot.none
    }

    @inlinable var isEmpty: Bool { first == Slot.none }

    @inline(__always)
    @inlinable mutating func append(_ index: Int32, through list: Slot.List, in slots: borrowing SlotTable) {
        slots[index][list] = Slot.Links(next: Slot.none, previous: last)
        if last == Slot.none {
            first = index
        } else {
            slots[last][list].next = index
        }
        last = index
    }

    @inlinable mutating func prepend(_ index: Int32, through list: Slot.List, in slots: borrowing SlotTable) {
        slots[index][list] = Slot.Links(next: first, previous: Slot.none)
        if first == Slot.none {
            last = index
        } else {
            slots[first][list].previous = index
        }
        first = index
    }

    @inline(__always)
    @inlinable mutating func remove(_ index: Int32, through list: Slot.List, in slots: borrowing SlotTable) {
        let removed = slots[index][list]
        if removed.previous == Slot.none {
            first = removed.next
        } else {
            slots[removed.previous][list].next = removed.next
        }
        if removed.next == Slot.none {
            last = removed.previous
        } else {
            slots[removed.next][list].previous = removed.previous
        }
        slots[index][list] = Slot.Links()
    }

    /// Deliberate fault: what came last goes first.
    @inlinable mutating func reverseEnds(through list: Slot.List, in slots: borrowing SlotTable) {
        guard first != last else { return }
        let moved = last
        remove(moved, through: list, in: slots)
        prepend(moved, through: list, in: slots)
    }
}
