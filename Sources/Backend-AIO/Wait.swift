// Submitting a batch, and waiting for the kernel, workers and wakes.

#if AIO

import CLinuxIO
public import IOSpec
import LinuxSupport

extension AIO {
    /// How long a wait lasts at most while the kernel has no memory for what is queued.
    private static var retryPeriod: Int64 { 1_000_000 }

    public mutating func wait(until deadline: Instant, into output: inout OutputSpan<KernelEvent>) -> WaitOutcome {
        isWoken = false
        let countBefore = output.count
        submit()
        events.drain(into: &output)
        pool.reap(into: &output)
        watches.deliver(into: &output)
        if output.isFull { return .progressed }

        // With events at hand the kernel is still asked, without waiting: they must not starve what is ready there.
        let limit = output.count > countBefore ? .distantPast : limited(deadline)
        collect(take(output.freeCapacity, until: limit), into: &output)
        return isWoken ? .woken : .progressed
    }

    /// Hands what was started to the kernel.
    private mutating func submit() {
        while let refused = context.submit() { answer(refused.slot, errno: refused.errno) }
    }

    /// Does without the kernel's interface what it refuses. A worker's plain call meets the truth: that the file has no asynchronous transfers says
    /// nothing about the operation.
    private mutating func answer(_ slot: UInt32, errno: Int32) {
        if slot >= wakerSlot { preconditionFailure("The kernel refuses to poll its own event counter any more: errno \(errno)") }
        let record = inFlight[slot]
        if record.stage == .native { return startOnWorker(slot, record.operation, on: record.handle, and: .none, bounded: true) }
        if record.stage == .stopping {
            if let event = lastTry(slot) { events.append(event) }
            return
        }
        if errno == EINVAL, waitsOtherwise(slot, record) { return }
        // What cannot be polled is never waited for.
        attempts.release(slot)
        inFlight[slot].stage = .idle
        events.append(KernelEvent(slot: slot, result: IOError.encoded(errno: errno)))
    }

    // MARK: Waiting

    /// A signal for a worker may have come just before the system call it was to interrupt, and must be repeated then.
    private mutating func limited(_ deadline: Instant) -> Instant {
        var limit = deadline
        if pool.interruptAgain() { limit = min(limit, now.advanced(byNanoseconds: WorkerPool.interruptionPeriod)) }
        if context.hasQueued { limit = min(limit, now.advanced(byNanoseconds: Self.retryPeriod)) }
        return limit
    }

    /// Takes completions, waiting only when there are none.
    private func take(_ limit: Int, until deadline: Instant) -> Int {
        let count = context.reap(limit)
        if count > 0 || deadline == .distantPast { return count }
        return context.wait(limit, until: deadline)
    }

    // MARK: Completions

    private mutating func collect(_ count: Int, into output: inout OutputSpan<KernelEvent>) {
        var hasSignal = false
        var hasChanges = false
        for index in 0..<count {
            let completion = context.completion(index)
            if completion.slot == wakerSlot {
                hasSignal = true
            } else if completion.slot == watchesSlot {
                hasChanges = true
            } else if let event = complete(completion.slot, completion.result) {
                output.append(event)
            }
        }
        if hasSignal { answerWake(into: &output) }
        if hasChanges { answerChanges(into: &output) }
    }

    /// The event of a completion, or nil when the operation goes on.
    private mutating func complete(_ slot: UInt32, _ result: Int) -> KernelEvent? {
        let record = inFlight[slot]
        switch record.stage {
        case .native:
            inFlight[slot].stage = .idle
            return KernelEvent(slot: slot, result: meaning(of: result, for: record))
        case .watch:
            inFlight[slot].stage = .idle
            return KernelEvent(slot: slot, result: readiness(of: result, record))
        case .polling:
            return retry(slot, record)
        case .stopping:
            return lastTry(slot)
        case .idle, .worker, .lastingWatch:
            preconditionFailure("A completion came for a slot that has nothing in the kernel")
        }
    }

    private func meaning(of result: Int, for record: InFlightTable.Record) -> Int32 {
        result < 0 ? IOError.encoded(errno: Int32(-result), transferOn: record.handle) : Int32(result)
    }

    private mutating func retry(_ slot: UInt32, _ record: InFlightTable.Record) -> KernelEvent? {
        let outcome = attempts.resume(slot, record.operation, on: record.handle, and: record.other)
        guard case .finished(let result, let made) = follow(outcome, slot, record.operation, on: record.handle, and: record.other) else {
            return nil
        }
        inFlight[slot].stage = .idle
        return KernelEvent(slot: slot, result: result, made: made)
    }

    /// The poll was for one wake, so it is armed again after the counter was taken: a wake in between finds the counter raised and ends the next wait.
    private mutating func answerWake(into output: inout OutputSpan<KernelEvent>) {
        isWoken = waker.drain()
        context.append(.poll(waker.descriptor, .receiving), slot: wakerSlot)
        pool.reap(into: &output)
    }
}

#endif
