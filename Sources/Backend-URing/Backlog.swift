// Requests that found no room in the submission queue and must not be lost.

#if URing

/// A queue of tickets with a fixed capacity, so that adding to it never allocates.
@safe
struct Backlog: ~Copyable {
    private let tickets: UnsafeMutablePointer<Ticket>
    private let capacity: Int
    private var head = 0
    private(set) var count = 0

    init(capacity: Int) {
        self.capacity = capacity
        unsafe tickets = .allocate(capacity: capacity)
    }

    deinit {
        // Sound: `Ticket` is trivial, so there is nothing to deinitialise.
        unsafe tickets.deallocate()
    }

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    /// The capacity is never exceeded: a slot has at most one cancellation and one repetition here, the waker and the watches one entry each.
    mutating func append(_ ticket: Ticket) {
        precondition(count < capacity, "A slot has more requests in the backlog than it can have")
        unsafe (tickets + (head + count) % capacity).initialize(to: ticket)
        count += 1
    }

    var first: Ticket? {
        isEmpty ? nil : unsafe tickets[head]
    }

    mutating func removeFirst() {
        head = (head + 1) % capacity
        count -= 1
    }

    /// Removes `ticket` if it is here, keeping the order of the rest.
    mutating func remove(_ ticket: Ticket) {
        for _ in 0..<count {
            guard let next = first else { return }
            removeFirst()
            if next != ticket { append(next) }
        }
    }
}

#endif
