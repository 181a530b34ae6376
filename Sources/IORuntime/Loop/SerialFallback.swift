// Where the actors of a loop go on that has ended.

import IOSpec
import LinuxSupport

/// Runs jobs one after the other on the global pool: an actor with an executor of its own has no other protection than that executor.
final class SerialFallback: @unchecked Sendable {
    private let lock: Lock
    // Both with the lock held.
    private var jobs: [UnownedJob] = []
    private var isRunning = false

    init() throws(IOError) { lock = try Lock() }

    func enqueue(_ job: UnownedJob, as executor: LoopSerialExecutor) {
        lock.acquire()
        jobs.append(job)
        let isFirst = !isRunning
        isRunning = true
        lock.release()
        if isFirst { Task.detached { [self] in run(as: executor) } }
    }

    private func run(as executor: LoopSerialExecutor) {
        // Sound: the caller keeps the executor while the jobs run.
        while let job = next() { unsafe job.runSynchronously(on: executor.asUnownedSerialExecutor()) }
    }

    private func next() -> UnownedJob? {
        lock.acquire()
        defer { lock.release() }
        if !jobs.isEmpty { return jobs.removeFirst() }
        isRunning = false
        return nil
    }
}
