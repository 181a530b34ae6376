// The completions that have not been reaped yet, in order.

import IOSpec

/// A ring with room for one completion of each slot, so that it can never overflow.
@safe
struct CompletionRing: ~Copyable {
    private let elements: UnsafeMutablePointer<Completion>
    private let mask: Int
    private var head = 0
    private var tail = 0

    init(capacity: Int) {
        var size = 1
        while size < capacity { size *= 2 }
        mask = size - 1
        unsafe elements = .allocate(capacity: size)
    }

    deinit {
        unsafe elements.deallocate()
    }

    var isEmpty: Bool { head == tail }

    /// Sound because at most as many completions are in the ring as there are slots.
    @inline(__always)
    mutating func append(_ completion: Completion) {
        unsafe (elements + (tail & mask)).initialize(to: completion)
        tail &+= 1
    }

    /// - Precondition: the ring is not empty.
    @inline(__always)
    mutating func removeFirst() -> Completion {
        let completion = unsafe elements[head & mask]
        head &+= 1
        return completion
    }
}
