// What the threads of a worker pool share: jobs, lanes, and the finished.

import CLinuxIO
import IOSpec

/// The state behind ``WorkerPool``. The lock guards every `var`, and the records of jobs and threads.
@safe
final class WorkerCore: @unchecked Sendable {
    // A worker's stack holds a few small frames; sanitizers make them larger.
    static var stackBytes: Int { 256 << 10 }

    let lock: Lock
    /// Raised when a thread has left its loop.
    let ended: Condition
    /// Raised when the lane has a job, and when the pool ends.
    let boundedWork: Condition
    let unboundedWork: Condition
    let waker: EventWaker
    let nonBlocking: Bool
    let capacity: Int
    let states: UnsafeMutablePointer<WorkerJob.State>
    let jobs: UnsafeMutablePointer<WorkerJob>
    let threads: UnsafeMutablePointer<WorkerThread>
    var threadCount = 0
    var bounded: WorkerLane
    var unbounded: WorkerLane
    var finished = WorkerQueue()
    /// The jobs that were asked to end, and have not.
    var interrupted = 0
    var isEnding = false

    /// What waits for a peer may be everything at once, each on a thread of its own: those that wait never keep from its turn what would let them go.
    init(operations: Int, workers: Int, nonBlocking: Bool, waker: EventWaker) throws(IOError) {
        lock = try Lock()
        ended = try Condition()
        boundedWork = try Condition()
        unboundedWork = try Condition()
        bounded = WorkerLane(.bounded, capacity: workers)
        unbounded = WorkerLane(.unbounded, capacity: operations)
        capacity = operations
        self.nonBlocking = nonBlocking
        self.waker = waker
        // Not initialized: a record is written when its slot or thread comes into use, and untouched pages take up no memory.
        unsafe jobs = .allocate(capacity: operations)
        unsafe states = .allocate(capacity: operations)
        unsafe states.initialize(repeating: .none, count: operations)
        unsafe threads = .allocate(capacity: workers + operations)
    }

    deinit {
        unsafe states.deallocate()
        unsafe jobs.deallocate()
        unsafe threads.deallocate()
    }

    // MARK: The owner's side

    func submit(_ slot: Int32, _ job: WorkerJob) {
        precondition(slot >= 0 && slot < capacity, "The slot lies outside the pool's configuration")
        lock.acquire()
        defer { lock.release() }
        unsafe (jobs + Int(slot)).initialize(to: job)
        enqueue(slot)
    }

    func reap(into events: inout OutputSpan<KernelEvent>) -> Int {
        lock.acquire()
        defer { lock.release() }
        var count = 0
        while !events.isFull, let slot = unsafe finished.popFirst(in: jobs) {
            let job = unsafe jobs + Int(slot)
            unsafe states[Int(slot)] = .none
            events.append(
                unsafe KernelEvent(
                    slot: UInt32(slot), result: job.pointee.result, made: job.pointee.made, alignment: job.pointee.alignment))
            count += 1
        }
        // Workers raise the waker only when they finish the first one.
        if !finished.isEmpty { waker.signal() }
        return count
    }

    // MARK: With the lock held

    /// Puts a job into the queue of its lane and sees to it that a thread comes for it.
    func enqueue(_ slot: Int32) {
        unsafe states[Int(slot)] = .queued
        let kind = unsafe jobs[Int(slot)].lane
        let error: Int32 = withLane(kind) { lane in
            unsafe lane.queue.append(slot, in: jobs)
            let error = lane.wantsThread ? startThread(for: &lane) : 0
            if lane.servesQueue { return 0 }
            unsafe lane.queue.remove(slot, in: jobs)
            return error
        }
        guard error < 0 else { return signalWork(in: kind) }
        let failure = IOError(.outOfResources, detail: UInt16(truncatingIfNeeded: -error))
        if finish(slot, result: failure.encoded) { waker.signal() }
    }

    private func signalWork(in kind: WorkerLane.Kind) {
        switch kind {
        case .bounded: boundedWork.signal()
        case .unbounded: unboundedWork.signal()
        }
    }

    /// Ends a job, which is in no queue now.
    ///
    /// - Returns: whether the waker must be raised, because there was nothing to reap before.
    func finish(_ slot: Int32, result: Int32, made: HandleKind = .file) -> Bool {
        let job = unsafe jobs + Int(slot)
        unsafe job.pointee.closeOwned()
        if unsafe job.pointee.isStopped { interrupted -= 1 }
        unsafe states[Int(slot)] = .finished
        unsafe job.pointee.result = result
        unsafe job.pointee.made = made
        let wasEmpty = finished.isEmpty
        unsafe finished.append(slot, in: jobs)
        return wasEmpty
    }

    func withLane<Result>(_ kind: WorkerLane.Kind, _ body: (inout WorkerLane) -> Result) -> Result {
        switch kind {
        case .bounded: body(&bounded)
        case .unbounded: body(&unbounded)
        }
    }
}
