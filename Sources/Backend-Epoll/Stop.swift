// Ending an operation early.

import IOSpec
import LinuxSupport

extension Epoll {
    public mutating func stop(_ slot: UInt32) {
        if let result = watches.stop(slot) { return events.append(KernelEvent(slot: slot, result: result)) }
        guard let operation = waiting.operation(in: slot) else {
            // In the pool, or over with its event still to be fetched, of which the pool knows nothing.
            pool.stop(slot)
            return
        }
        waiting.remove(slot)
        // What can be done without waiting is done: the result wins over the cancellation.
        switch attempts.resume(slot, operation.operation, on: operation.handle, and: operation.other) {
        case .finished(let result, let made):
            events.append(KernelEvent(slot: slot, result: result, made: made))
        case .wouldBlock:
            attempts.release(slot)
            events.append(KernelEvent(slot: slot, result: IOError(.cancelled).encoded))
        case .blocks(let bounded):
            // Only a worker can make the last try.
            startOnWorker(slot, operation.operation, on: operation.handle, and: operation.other, bounded: bounded)
            pool.stop(slot)
        }
    }
}
