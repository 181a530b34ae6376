// Watching readiness itself.

#if AIO

import CLinuxIO
public import IOSpec
import LinuxSupport

extension AIO {
    // MARK: Once

    /// Has the kernel watch a handle: it looks while the poll is submitted.
    mutating func startWatch(_ slot: UInt32, _ operation: Operation, _ asked: Readiness, on handle: NativeHandle) -> StartOutcome {
        inFlight[slot] = InFlightTable.Record(operation: operation, handle: handle, stage: .watch)
        context.append(.poll(handle.number, asked: asked), slot: slot)
        return .pending
    }

    /// What a completed poll tells.
    func readiness(of result: Int, _ record: InFlightTable.Record) -> Int32 {
        guard case .watch(.readiness(_, let asked)) = record.operation else { preconditionFailure("Only a watch has its readiness told") }
        return result < 0 ? IOError.encoded(errno: Int32(-result)) : Readiness(pollEvents: UInt32(result), asked: asked).result
    }

    /// What becomes of a watch that was asked to end. The kernel tells a poll that it ended early as one that found nothing, so only another look tells more.
    func lastLook(_ slot: UInt32, _ asked: Readiness, at handle: NativeHandle) -> KernelEvent {
        let present = Readiness.present(of: handle.number, asked: asked)
        return KernelEvent(slot: slot, result: present.isEmpty ? IOError(.cancelled).encoded : present.result)
    }

    /// Has somebody else wait for what the kernel's interface cannot poll, although it may not be ready: terminals, and pipes open in both directions, have two queues
    /// of waiters, of which it knows one. False when nobody can.
    mutating func waitsOtherwise(_ slot: UInt32, _ record: InFlightTable.Record) -> Bool {
        switch record.operation {
        case .watch(.readiness(_, let asked)):
            inFlight[slot].stage = .idle
            let outcome = startLastingWatch(slot, record.operation, asked, isMultishot: false, on: record.handle)
            if case .finished(let result, let made) = outcome { events.append(KernelEvent(slot: slot, result: result, made: made)) }
        default:
            if record.stage != .polling { return false }
            startOnWorker(slot, record.operation, on: record.handle, and: record.other, bounded: false)
        }
        return true
    }

    // MARK: For longer

    /// The place of the watches' poll among the requests, behind the waker's.
    var watchesSlot: UInt32 { wakerSlot + 1 }

    /// Watches a handle by an epoll instance, until it is told to end or, unless it is multishot, something was told.
    mutating func startLastingWatch(
        _ slot: UInt32, _ operation: Operation, _ asked: Readiness, isMultishot: Bool, on handle: NativeHandle
    ) -> StartOutcome {
        let outcome = watches.start(slot, asked, isMultishot: isMultishot, on: handle)
        guard case .pending = outcome else { return outcome }
        inFlight[slot] = InFlightTable.Record(operation: operation, handle: handle, stage: .lastingWatch)
        if pollsWatches { return outcome }
        pollsWatches = true
        context.append(.poll(watches.descriptor, .receiving), slot: watchesSlot)
        return outcome
    }

    mutating func stopLastingWatch(_ slot: UInt32) {
        guard let result = watches.stop(slot) else { return }
        inFlight[slot].stage = .idle
        events.append(KernelEvent(slot: slot, result: result))
    }

    /// The poll was for one change, so it is armed again after the changes were taken; what is left, or comes in between, ends the next wait.
    mutating func answerChanges(into output: inout OutputSpan<KernelEvent>) {
        watches.collect()
        context.append(.poll(watches.descriptor, .receiving), slot: watchesSlot)
        watches.deliver(into: &output)
    }

    /// Closes a handle that is not watched any more.
    public mutating func discard(_ handle: NativeHandle) {
        watches.forget(handle.number)
        Acquisition.discard(handle)
    }
}

#endif
