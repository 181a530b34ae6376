// The operations that wait for a slot of the backend.

import IOSpec

/// In order. Their deadlines are the loop's affair: the backend does not know them yet.
struct HeldQueue {
    private var operations: [HeldOperation] = []

    var isEmpty: Bool { operations.isEmpty }

    /// The earliest deadline.
    var earliest: Instant { operations.reduce(.never) { min($0, $1.submission.deadline) } }

    mutating func append(_ operation: HeldOperation) { operations.append(operation) }

    /// Takes the first ones out, as long as `submit` takes them.
    mutating func drain(_ submit: (HeldOperation) -> Bool) {
        let rest = operations.firstIndex { !submit($0) } ?? operations.count
        operations.removeFirst(rest)
    }

    /// Takes the one out that is meant.
    mutating func remove(where isMeant: (HeldOperation) -> Bool) -> HeldOperation? {
        operations.firstIndex(where: isMeant).map { operations.remove(at: $0) }
    }

    /// Takes those out whose deadline has come.
    mutating func removeExpired(at present: Instant) -> [HeldOperation] {
        let expired = operations.filter { $0.submission.deadline <= present }
        operations.removeAll { $0.submission.deadline <= present }
        return expired
    }

    mutating func removeAll() -> [HeldOperation] {
        defer { operations = [] }
        return operations
    }
}
