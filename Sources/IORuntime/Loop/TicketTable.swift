// The cancellable waits of one loop.

import IOSpec

/// Remembers of each wait whether it was cancelled, and which operation it is for. Confined to the loop's thread. It grows, and never shrinks.
struct TicketTable: ~Copyable {
    private struct Entry {
        var generation: UInt32 = 1
        var isCancelled = false
        /// The operation, once it has been submitted.
        var operation: OperationID?
    }

    private var entries: [Entry] = []
    private var free: [Int32] = []

    init(capacity: Int) {
        entries.reserveCapacity(capacity)
        free.reserveCapacity(capacity)
    }

    mutating func take() -> Ticket {
        if let index = free.popLast() {
            return Ticket(index: index, generation: entries[Int(index)].generation)
        }
        entries.append(Entry())
        return Ticket(index: Int32(entries.count - 1), generation: 1)
    }

    mutating func give(_ ticket: Ticket) {
        let place = Int(ticket.index)
        entries[place].generation &+= 1
        entries[place].isCancelled = false
        entries[place].operation = nil
        free.append(ticket.index)
    }

    /// Notes which operation a wait is for.
    mutating func note(_ ticket: Ticket, _ operation: OperationID) {
        entries[Int(ticket.index)].operation = operation
    }

    func isCancelled(_ ticket: Ticket) -> Bool { entries[Int(ticket.index)].isCancelled }

    /// Cancels a wait, and returns the operation that is to be cancelled for it. A wait that is over is none of these.
    mutating func cancel(_ ticket: Ticket) -> OperationID? {
        guard entries.indices.contains(Int(ticket.index)), entries[Int(ticket.index)].generation == ticket.generation else { return nil }
        entries[Int(ticket.index)].isCancelled = true
        return entries[Int(ticket.index)].operation
    }
}
