// An operation of a history that was submitted.

import IOSpec

/// What is known of an operation in flight.
struct RunningOperation {
    /// Its number in the history.
    let number: Int
    /// What it is.
    let symbolic: SymbolicOperation
    /// What the backend was given.
    let operation: Operation
    /// The memory that it moves bytes from or to.
    var memory: LentMemory?
    /// The bytes that it must not change.
    var sent: [UInt8]?
    /// What it fills with something else than bytes: a status, a listing, a message.
    var record: CaseBuffer?
    /// What it fills with the handles that come.
    var passed: CaseBuffer?
    /// All that was lent to it.
    var lent: [LentRange] = []
    /// How many completions with more to follow it had, and what they brought.
    var shots = 0
    var received: [UInt8] = []
    /// When it ends by itself at the latest, where that is soon.
    var due = Instant.distantPast
}
