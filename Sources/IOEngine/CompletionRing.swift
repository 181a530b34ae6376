// The completions that have not been reaped yet, in order.

public import IOSpec

/// A ring with room for one completion of each slot, so that it can never overflow.
@safe
@usableFromInline struct CompletionRing: ~Copyable {
    @usableFromInline let elements: UnsafeMutablePointer<Completion>
    @usableFromInline let mask: Int
    @usableFromInline var head = 0
    @usableFromInline var tail = 0

    @inlinable init(capacity: Int) {
        var size = 1
        while size < capacity { size *= 2 }
        mask = size - 1
        unsafe elements = .allocate(capacity: size)
    }

    @inlinable deinit {
        unsafe elements.deallocate()
    }

    @inlinable var isEmpty: Bool { head == tail }

    @inlinable var count: Int { tail &- head }

    /// Sound because at most as many completions are in the ring as there are slots.
    @inline(__always)
    @inlinable mutating func append(_ completion: Completion) {
        unsafe (elements + (tail & mask)).initialize(to: completion)
        tail &+= 1
    }

    @inlinable mutating func removeAll() {
        head = tail
    }

    /// The completion `place` places after the first.
    ///
    /// - Precondition: `place` is below ``count``.
    @inlinable subscript(place: Int) -> Completion {
        @inline(__always) get { unsafe elements[(head &+ place) & mask] }
    }

    /// Takes the first `count` completions out.
    ///
    /// - Precondition: there are as many.
    @inline(__always)
    @inlinable mutating func removeFirst(_ count: Int) {
        head &+= count
    }
}
