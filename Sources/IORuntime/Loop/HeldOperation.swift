// An operation that its backend has no slot for yet.

import IOSpec

/// A submission that waits for its turn, and who waits for it.
struct HeldOperation {
    let submission: Submission
    let waiter: Waiter
}
