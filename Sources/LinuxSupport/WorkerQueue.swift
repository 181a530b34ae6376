// Jobs in order, linked through their own records.

/// A first-in, first-out list of slots; every operation is O(1) and allocates nothing.
struct WorkerQueue {
    private var first: Int32 = -1
    private var last: Int32 = -1
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    @unsafe
    mutating func append(_ slot: Int32, in jobs: UnsafeMutablePointer<WorkerJob>) {
        unsafe jobs[Int(slot)].previous = last
        unsafe jobs[Int(slot)].next = -1
        if last >= 0 { unsafe jobs[Int(last)].next = slot } else { first = slot }
        last = slot
        count += 1
    }

    @unsafe
    mutating func popFirst(in jobs: UnsafeMutablePointer<WorkerJob>) -> Int32? {
        guard first >= 0 else { return nil }
        let slot = first
        unsafe remove(slot, in: jobs)
        return slot
    }

    /// - Precondition: the slot is in this queue.
    @unsafe
    mutating func remove(_ slot: Int32, in jobs: UnsafeMutablePointer<WorkerJob>) {
        let previous = unsafe jobs[Int(slot)].previous
        let next = unsafe jobs[Int(slot)].next
        if previous >= 0 { unsafe jobs[Int(previous)].next = next } else { first = next }
        if next >= 0 { unsafe jobs[Int(next)].previous = previous } else { last = previous }
        count -= 1
    }
}
