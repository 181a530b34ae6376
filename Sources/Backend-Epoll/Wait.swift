// Waiting for readiness, workers and wakes.

import CLinuxIO
public import IOSpec
import LinuxSupport

extension Epoll {
    /// The key of the waker's events; no descriptor has it, because a descriptor is never negative.
    static var wakerKey: UInt64 { .max }
    /// The key of the watches' events.
    static var watchesKey: UInt64 { .max - 1 }

    public mutating func wait(until deadline: Instant, into output: inout OutputSpan<KernelEvent>) -> WaitOutcome {
        let countBefore = output.count
        events.drain(into: &output)
        pool.reap(into: &output)
        watches.deliver(into: &output)
        if output.isFull { return .progressed }

        // With events at hand the kernel is still asked, without waiting: they must not starve what is ready there.
        let limit = output.count > countBefore ? .distantPast : limitedByInterruption(deadline)
        let isWoken = collect(instance.wait(until: limit), into: &output)
        pool.reap(into: &output)
        watches.deliver(into: &output)
        return isWoken ? .woken : .progressed
    }

    // A signal may have come just before the system call it was to interrupt, and must be repeated then.
    private mutating func limitedByInterruption(_ deadline: Instant) -> Instant {
        guard pool.interruptAgain() else { return deadline }
        return min(deadline, now.advanced(byNanoseconds: WorkerPool.interruptionPeriod))
    }

    private mutating func collect(_ count: Int, into output: inout OutputSpan<KernelEvent>) -> Bool {
        var isWoken = false
        for index in 0..<count {
            let (key, ready) = instance.event(index)
            if key == Self.wakerKey {
                isWoken = waker.drain()
            } else if key == Self.watchesKey {
                watches.collect()
            } else if let descriptor = waiting.descriptor(of: key) {
                retry(descriptor, ready, into: &output)
            }
        }
        return isWoken
    }

    // An error or a hang-up concerns both directions: the call itself finds out which.
    private mutating func retry(_ descriptor: Int32, _ ready: UInt32, into output: inout OutputSpan<KernelEvent>) {
        let broken = LINUXIO_EPOLLERR | LINUXIO_EPOLLHUP
        if ready & (LINUXIO_EPOLLIN | LINUXIO_EPOLLRDHUP | broken) != 0, let slot = waiting.slot(awaiting: descriptor, .receiving) {
            retry(slot, into: &output)
        }
        if ready & (LINUXIO_EPOLLOUT | broken) != 0, let slot = waiting.slot(awaiting: descriptor, .sending) {
            retry(slot, into: &output)
        }
    }

    private mutating func retry(_ slot: UInt32, into output: inout OutputSpan<KernelEvent>) {
        guard let operation = waiting.operation(in: slot) else { return }
        let outcome = attempts.resume(slot, operation.operation, on: operation.handle, and: operation.other)
        // The kernel reports the next change.
        if case .wouldBlock(operation.direction) = outcome { return }
        waiting.remove(slot)
        if case .finished(let result, let made) = follow(outcome, slot, operation.operation, on: operation.handle, and: operation.other) {
            deliver(KernelEvent(slot: slot, result: result, made: made), into: &output)
        }
    }

    // The kernel reports a change once, so each is acted on at once; what finds no room is kept.
    private mutating func deliver(_ event: KernelEvent, into output: inout OutputSpan<KernelEvent>) {
        if output.isFull { events.append(event) } else { output.append(event) }
    }
}
