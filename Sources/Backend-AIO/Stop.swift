// Ending an operation early.

#if AIO

import IOSpec
import LinuxSupport

extension AIO {
    public mutating func stop(_ slot: UInt32) {
        switch inFlight[slot].stage {
        case .worker:
            pool.stop(slot)
        case .polling, .watch:
            stopPolling(slot)
        case .lastingWatch:
            stopLastingWatch(slot)
        case .native, .stopping, .idle:
            // The kernel cannot interrupt what it has begun; the result counts.
            return
        }
    }

    /// Ends the poll. With its completion, or at once when the kernel does not have it yet, the operation is tried once more, so that a result that is there
    /// wins over the cancellation.
    private mutating func stopPolling(_ slot: UInt32) {
        inFlight[slot].stage = .stopping
        if !context.withdraw(slot) { return context.cancel(slot) }
        if let event = lastTry(slot) { events.append(event) }
    }

    /// What becomes of an operation that was asked to stop: its result if it needs no waiting, else `.cancelled`; nil when only a worker can make the last try.
    mutating func lastTry(_ slot: UInt32) -> KernelEvent? {
        let record = inFlight[slot]
        inFlight[slot].stage = .idle
        if case .watch(.readiness(_, let asked)) = record.operation { return lastLook(slot, asked, at: record.handle) }
        switch attempts.resume(slot, record.operation, on: record.handle, and: record.other) {
        case .finished(let result, let made):
            return KernelEvent(slot: slot, result: result, made: made)
        case .wouldBlock:
            attempts.release(slot)
            return KernelEvent(slot: slot, result: IOError(.cancelled).encoded)
        case .blocks(let bounded):
            startOnWorker(slot, record.operation, on: record.handle, and: record.other, bounded: bounded)
            pool.stop(slot)
            return nil
        }
    }
}

#endif
