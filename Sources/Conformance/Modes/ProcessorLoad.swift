// Threads that keep every processor busy.

import Glibc
import Synchronization

/// One busy thread for each processor, of this process's own, so that none of them outlives it; they end with ``end()``.
final class ProcessorLoad: Sendable {
    /// Whether the threads are to go on; shared by all of them.
    private final class Switch: Sendable {
        let isOn = Atomic(true)
    }

    private let control = Switch()

    /// Begins.
    ///
    /// - Throws: ``HarnessProblem`` when there can be no more threads.
    init() throws {
        let control = control
        do {
            for _ in 0..<max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) {
                try BackgroundThread.detach { while control.isOn.load(ordering: .relaxed) {} }
            }
        } catch {
            end()
            throw error
        }
    }

    /// Lets every thread end.
    func end() {
        control.isOn.store(false, ordering: .relaxed)
    }
}
