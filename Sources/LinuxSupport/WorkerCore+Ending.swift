// Ending jobs early, and ending the pool.

import CLinuxIO
import IOSpec

extension WorkerCore {
    func stop(_ slot: Int32) {
        guard slot >= 0, slot < capacity else { return }
        lock.acquire()
        defer { lock.release() }
        let job = unsafe jobs + Int(slot)
        switch unsafe states[Int(slot)] {
        case .queued where unsafe job.pointee.lane == .bounded:
            unsafe bounded.queue.remove(slot, in: jobs)
            if finish(slot, result: unsafe resultWithoutThread(of: job.pointee)) { waker.signal() }
        // A thread is on its way to it, for the last try.
        case .queued: unsafe requestEnd(of: job)
        case .running:
            if unsafe requestEnd(of: job) { unsafe interrupt(threads + Int(job.pointee.thread)) }
        case .finished, .none: return
        }
    }

    /// Whether a job is asked to end for the first time. Its signals are repeated from now on, until it does.
    @discardableResult
    private func requestEnd(of job: UnsafeMutablePointer<WorkerJob>) -> Bool {
        if unsafe job.pointee.isStopped { return false }
        unsafe job.pointee.isStopped = true
        interrupted += 1
        return true
    }

    /// What becomes of a job that waits for its turn, and not for a peer: what needs no waiting by now is done.
    private func resultWithoutThread(of job: WorkerJob) -> Int32 {
        guard case .finished(let result, _) = Attempt.start(job.operation, on: job.handle) else { return IOError(.cancelled).encoded }
        return result
    }

    /// Repeats the signals whose calls have not ended: one that came just before its system call interrupted nothing. What waits for storage alone heeds none.
    ///
    /// - Returns: whether there are any.
    func interruptAgain() -> Bool {
        lock.acquire()
        defer { lock.release() }
        if interrupted == 0 { return false }
        for index in 0..<threadCount { unsafe interruptStopped(threads + index) }
        return true
    }

    /// Ends every thread, dropping the jobs that have not begun and interrupting those that wait.
    func end() {
        lock.acquire()
        isEnding = true
        boundedWork.broadcast()
        unboundedWork.broadcast()
        while interruptUnended() {
            ended.wait(lock, until: MonotonicClock.now.advanced(byNanoseconds: Self.interruptionPeriod))
        }
        lock.release()
        for index in 0..<threadCount { _ = unsafe linuxio_thread_join(threads[index].native) }
        closeWhatIsLeft()
    }

    /// How long a signal that interrupted nothing goes unrepeated, in nanoseconds.
    static var interruptionPeriod: Int64 { 1_000_000 }

    // MARK: With the lock held

    private func interrupt(_ thread: UnsafeMutablePointer<WorkerThread>) {
        _ = unsafe linuxio_thread_signal(thread.pointee.native, InterruptSignal.number)
    }

    private func interruptStopped(_ thread: UnsafeMutablePointer<WorkerThread>) {
        let slot = unsafe thread.pointee.slot
        if slot < 0 { return }
        if unsafe jobs[Int(slot)].isStopped { unsafe interrupt(thread) }
    }

    private func interruptUnended() -> Bool {
        var isAnyLeft = false
        for index in 0..<threadCount {
            let thread = unsafe threads + index
            if unsafe thread.pointee.hasEnded { continue }
            isAnyLeft = true
            if unsafe thread.pointee.slot >= 0 { unsafe interrupt(thread) }
        }
        return isAnyLeft
    }

    // MARK: Without threads

    // Nobody will ask for what these jobs own or made.
    private func closeWhatIsLeft() {
        while let slot = unsafe unbounded.queue.popFirst(in: jobs) {
            unsafe jobs[Int(slot)].closeOwned()
        }
        while let slot = unsafe finished.popFirst(in: jobs) {
            let job = unsafe jobs[Int(slot)]
            if job.result >= 0, job.operation.makesHandle { _ = linuxio_close(job.result) }
        }
    }
}

extension Operation {
    /// Whether its result is the number of something that was made.
    fileprivate var makesHandle: Bool {
        switch self {
        case .path(.open), .stream(.accept), .stream(.acceptMultishot): true
        default: false
        }
    }
}
