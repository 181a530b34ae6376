// What the threads of a worker pool do.

import CLinuxIO
import IOSpec

extension WorkerCore {
    /// Starts a thread for `lane`, with the lock held; 0, or a negative errno value.
    func startThread(for lane: inout WorkerLane) -> Int32 {
        let record = unsafe threads + threadCount
        unsafe record.initialize(to: WorkerThread(core: self, index: Int32(threadCount), lane: lane.kind))
        // The thread takes the lock first, and so sees its record complete.
        let error = unsafe linuxio_worker_start("iospec-worker", Self.stackBytes, serveWorkerThread, record, &record.pointee.native)
        guard error == 0 else { return error }
        threadCount += 1
        lane.threads += 1
        lane.idle += 1
        return 0
    }

    /// The life of one thread.
    func serve(_ record: UnsafeMutablePointer<WorkerThread>) {
        let lane = unsafe record.pointee.lane
        _ = linuxio_thread_block_signal(InterruptSignal.number, 0)
        lock.acquire()
        while let slot = nextJob(in: lane) { unsafe run(slot, onThread: record.pointee.index) }
        unsafe record.pointee.hasEnded = true
        ended.signal()
        lock.release()
    }

    // Called and returns with the lock held; nil when the pool ends.
    private func nextJob(in kind: WorkerLane.Kind) -> Int32? {
        while !isEnding {
            if let slot = withLane(kind, takeJob) { return slot }
            switch kind {
            case .bounded: boundedWork.wait(lock)
            case .unbounded: unboundedWork.wait(lock)
            }
        }
        return nil
    }

    private func takeJob(of lane: inout WorkerLane) -> Int32? {
        guard let slot = unsafe lane.queue.popFirst(in: jobs) else { return nil }
        lane.idle -= 1
        return slot
    }

    // Called and returns with the lock held; the call itself is made without it.
    private func run(_ slot: Int32, onThread thread: Int32) {
        let job = unsafe jobs + Int(slot)
        unsafe states[Int(slot)] = .running
        unsafe job.pointee.thread = thread
        unsafe threads[Int(thread)].slot = slot
        // What the job owns is closed by the call that goes on with it.
        let copy = unsafe job.pointee
        unsafe job.pointee.disown()
        lock.release()
        let outcome = call(slot, copy)
        lock.acquire()
        unsafe threads[Int(thread)].slot = -1
        // Before the news is told, so that what the owner submits next finds this thread.
        unsafe withLane(threads[Int(thread)].lane) { $0.idle += 1 }

        switch outcome {
        case .finished(let result, let made): announce(finish(slot, result: result, made: made))
        case .openedDirect(let descriptor, let alignment):
            unsafe job.pointee.alignment = alignment
            announce(finish(slot, result: descriptor))
        case .waitsForPeer(let descriptor): move(slot, waitingFor: descriptor)
        }
    }

    private func call(_ slot: Int32, _ job: WorkerJob) -> BlockingOutcome {
        if job.lane == .bounded {
            return BlockingCall.run(job.operation, on: job.handle, and: job.other, nonBlocking: nonBlocking) { isStopped(slot) }
        }
        switch job.operation {
        case .path(.open(_, _, let options, _)):
            let (result, made) = BlockingCall.openNamedPipe(job.descriptor, options: options, nonBlocking: nonBlocking) { isStopped(slot) }
            return .finished(result: result, made: made)
        case .file(.lock(_, let mode)):
            return .finished(BlockingCall.lock(job.handle, mode) { isStopped(slot) })
        case .stream(.splice(_, _, let count, let offset)):
            let splice = SpliceCall(from: job.handle, to: job.other, count: count, offset: offset)
            return .finished(splice.run { isStopped(slot) })
        default:
            defer { job.passed.close() }
            return BlockingCall.awaitPeer(job.operation, on: job.handle, passing: job.passed) { isStopped(slot) }
        }
    }

    private func isStopped(_ slot: Int32) -> Bool {
        lock.acquire()
        defer { lock.release() }
        return unsafe isEnding || jobs[Int(slot)].isStopped
    }

    private func move(_ slot: Int32, waitingFor descriptor: Int32) {
        let job = unsafe jobs + Int(slot)
        unsafe job.pointee.descriptor = descriptor
        unsafe job.pointee.lane = .unbounded
        enqueue(slot)
    }

    // The lock is given up meanwhile, so that the owner does not wake up only to wait for it.
    private func announce(_ isNews: Bool) {
        guard isNews else { return }
        lock.release()
        waker.signal()
        lock.acquire()
    }
}

private func serveWorkerThread(_ context: UnsafeMutableRawPointer?) {
    // Sound: `startThread` passes a record, which lives until the pool has joined this thread.
    guard let record = unsafe context?.assumingMemoryBound(to: WorkerThread.self) else { return }
    unsafe record.pointee.core.serve(record)
}
