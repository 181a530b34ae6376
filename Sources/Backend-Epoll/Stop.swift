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
        if case .finished(let result, let made) = attempts.resume(slot, operation.operation, on: operation.handle, and: operation.other) {
            events.append(KernelEvent(slot: slot, result: result, made: made))
        } else {
            attempts.release(slot)
            events.append(KernelEvent(slot: slot, result: IOError(.cancelled).encoded))
        }
    }
}
