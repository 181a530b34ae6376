// The waker of a sabotaged backend.

import IOSpec

/// Passes wakes on, except those that the fault loses.
struct SabotagedWaker: IOWaker {
    let base: any IOWaker
    let passesOn: @Sendable () -> Bool

    func wake() {
        if passesOn() { base.wake() }
    }
}
