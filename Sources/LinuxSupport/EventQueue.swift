// Events that a kernel interface has and its caller has no room for yet.

public import IOSpec

/// Events, first in, first out. Memory is allocated once: a slot has at most one event at a time, so there are never more than slots.
@safe
public struct EventQueue: ~Copyable {
    private let events: UnsafeMutablePointer<KernelEvent>
    private let capacity: Int
    private var first = 0
    /// The events in the queue.
    public private(set) var count = 0

    /// An empty queue for the events of `operations` slots.
    public init(operations: Int) {
        capacity = operations
        unsafe events = .allocate(capacity: operations)
    }

    deinit {
        unsafe events.deallocate()
    }

    /// Appends an event.
    ///
    /// - Precondition: there are fewer events than slots.
    public mutating func append(_ event: KernelEvent) {
        precondition(count < capacity, "A slot has more than one event")
        let index = (first + count) % capacity
        unsafe (events + index).initialize(to: event)
        count += 1
    }

    /// Moves events out, as many as there are and fit.
    public mutating func drain(into output: inout OutputSpan<KernelEvent>) {
        while count > 0, !output.isFull {
            output.append(unsafe events[first])
            first = (first + 1) % capacity
            count -= 1
        }
    }
}
