// A thread that never rests, as a measure of how much of a processor such a one gets at the time.

import CConformance
import Synchronization

/// Uses as much of a processor as the system gives it, as long as this lives.
final class RestlessThread {
    private final class Meter: Sendable {
        let isOn = Atomic(true)
        let used = Atomic<Int64>(0)
    }

    private let meter = Meter()
    private let thread: BackgroundThread

    /// Begins.
    ///
    /// - Throws: ``HarnessProblem`` when there can be no more threads.
    init() throws {
        thread = try BackgroundThread { [meter] in
            while meter.isOn.load(ordering: .relaxed) {
                meter.used.store(conformance_thread_processor_nanoseconds(), ordering: .relaxed)
            }
        }
    }

    /// The nanoseconds of processor time that it has used so far.
    var used: Int64 { meter.used.load(ordering: .relaxed) }

    deinit {
        meter.isOn.store(false, ordering: .relaxed)
        thread.join()
    }
}
