// A thread that never rests, as a measure of how much of a processor such a one gets at the time.

import Synchronization

/// Uses as much of a processor as the system gives it, as long as this lives.
final class RestlessThread {
    private final class Switch: Sendable {
        let isOn = Atomic(true)
    }

    private let control = Switch()
    private let thread: BackgroundThread

    /// Begins.
    ///
    /// - Throws: ``HarnessProblem`` when there can be no more threads.
    init() throws {
        thread = try BackgroundThread { [control] in
            while control.isOn.load(ordering: .relaxed) {}
        }
    }

    /// The nanoseconds of processor time that it has used so far.
    ///
    /// Asked for from outside: what the thread itself would tell is from before it was last interrupted.
    var used: Int64 { thread.processorTime }

    deinit {
        control.isOn.store(false, ordering: .relaxed)
        thread.join()
    }
}
