// What is going to happen in a world, by time.

import IOSpec

/// A heap of actions: earlier ones first, and those of one instant in the order of their ties.
struct Agenda {
    /// What happens.
    enum Action {
        /// An operation is tried, if the slot still has the one with that serial number.
        case attempt(Station, slot: UInt32, serial: UInt64)
        /// Anything else.
        case run(() -> Void)
    }

    private struct Entry {
        let due: Instant
        let tie: UInt64
        let action: Action

        func isBefore(_ other: Entry) -> Bool { due == other.due ? tie < other.tie : due < other.due }
    }

    private var heap: [Entry] = []

    /// When the next action is due.
    var earliest: Instant { heap.first?.due ?? .never }

    mutating func insert(_ action: Action, at due: Instant, tie: UInt64) {
        heap.append(Entry(due: due, tie: tie, action: action))
        var place = heap.count - 1
        while place > 0, heap[place].isBefore(heap[(place - 1) / 2]) {
            heap.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    /// Takes the next action out if it is due.
    mutating func popDue(at present: Instant) -> Action? {
        guard let first = heap.first, first.due <= present else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return first.action
    }

    private mutating func sink() {
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count && heap[child].isBefore(heap[least]) { least = child }
            if least == place { return }
            heap.swapAt(place, least)
            place = least
        }
    }
}
