// The one part of a backend that another thread may touch.

/// Ends the wait of a backend, from any thread.
public protocol IOWaker: Sendable {
    /// Lets the current `reap`, or the next one when none is waiting, return without a completion. Any number of wakes before that
    /// return may count as one. Harmless after the backend is gone (clause `wake.not-lost`).
    func wake()
}
