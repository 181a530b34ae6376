// How an operation is named that can be cancelled before it has been submitted.

import IOSpec

/// The place of a cancellable wait in its loop's table, and which wait of that place it is.
struct Ticket: BitwiseCopyable, Hashable, Sendable {
    let index: Int32
    let generation: UInt32

    /// Of an operation that nobody cancels.
    static var none: Ticket { Ticket(index: -1, generation: 0) }
    var isNone: Bool { index < 0 }
}
