// Watching readiness itself, and what is tried again when the ring says that something is ready.

#if URing

import CLinuxIO
import IOSpec
import LinuxSupport

extension URing {
    // MARK: Watching

    mutating func startWatch(_ slot: UInt32, _ operation: WatchOperation, on handle: NativeHandle) -> StartOutcome {
        switch operation {
        case .readiness(_, let asked): return startWatch(slot, operation, .poll(handle.number, asked), on: handle)
        case .readinessMultishot(_, let asked):
            if !support.pollsRepeatedly { return startOtherWatch(slot, asked, isMultishot: true, on: handle) }
            return startWatch(slot, operation, .poll(handle.number, asked, isMultishot: true), on: handle)
        case .processEnd: return startTried(slot, .watch(operation), on: handle)
        }
    }

    private mutating func startWatch(_ slot: UInt32, _ operation: WatchOperation, _ request: Request, on handle: NativeHandle)
        -> StartOutcome
    {
        guard ring.push(request, .operation(slot)) else { return .full }
        inFlight[record: slot] = InFlightTable.Record(operation: .watch(operation), handle: handle)
        inFlight[stage: slot] = .watch
        return .pending
    }

    /// Tells what a poll has found. The kernel prefers a cancellation to readiness that is already there, and the specification prefers the readiness.
    mutating func completeWatch(_ slot: UInt32, _ result: Int32, hasMore: Bool, into events: inout OutputSpan<KernelEvent>) {
        let record = inFlight[record: slot]
        switch record.operation {
        case .watch(.readiness(_, let asked)):
            if tellsNothing(result, asked) { return watchOtherwise(slot, asked, isMultishot: false, on: record.handle, into: &events) }
            let present = result == -ECANCELED ? Readiness.present(of: record.handle.number, asked: asked) : []
            finish(slot, present.isEmpty ? readiness(result, asked) : present.result, into: &events)
        case .watch(.readinessMultishot(_, let asked)):
            if tellsNothing(result, asked) {
                if !hasMore { watchOtherwise(slot, asked, isMultishot: true, on: record.handle, into: &events) }
                return
            }
            if endsWithNews(slot, result, asked, into: &events) { return }
            completeLastingWatch(slot, readiness(result, asked), hasMore: hasMore, of: record.handle, into: &events)
        default:
            preconditionFailure("Only a watch has its readiness told")
        }
    }

    /// Whether the ring tells nothing that was asked for: that a peer has finished sending it tells whoever polls, each time.
    private func tellsNothing(_ result: Int32, _ asked: Readiness) -> Bool {
        result >= 0 && Readiness(pollEvents: UInt32(result), asked: asked).isEmpty
    }

    /// Leaves a watch of which the ring would tell what nobody asked for, again and again, to an epoll instance.
    private mutating func watchOtherwise(
        _ slot: UInt32, _ asked: Readiness, isMultishot: Bool, on handle: NativeHandle, into events: inout OutputSpan<KernelEvent>
    ) {
        let isStopping = inFlight[stage: slot] == .watchStopping
        if case .finished(let result, _) = startOtherWatch(slot, asked, isMultishot: isMultishot, on: handle) {
            return finish(slot, result, into: &events)
        }
        if isStopping { stopOtherWatch(slot) }
    }

    /// What the kernel does not watch because it makes nobody wait, it refuses when nothing is asked for that is there.
    private func readiness(_ result: Int32, _ asked: Readiness) -> Int32 {
        if result == -EINVAL { return Readiness.resultOfAlways(asked: asked) }
        return result < 0 ? IOError.encoded(errno: -result) : Readiness(pollEvents: UInt32(result), asked: asked).result
    }

    /// A poll that tells no more had no room for its completion, or watches what never changes. Begun again it would tell the same once more, and several that fill the
    /// queue would tell it without end: the one is left to an epoll instance, which tells changes, and the other is done with.
    private mutating func completeLastingWatch(
        _ slot: UInt32, _ result: Int32, hasMore: Bool, of handle: NativeHandle, into events: inout OutputSpan<KernelEvent>
    ) {
        if result < 0 { return finish(slot, result, into: &events) }
        if hasMore { return tell(slot, result, into: &events) }
        // One that was asked to stop tells what it has found, and is over.
        if inFlight[stage: slot] != .watch { return finish(slot, result, into: &events) }
        if Readiness.isAlwaysTold(of: handle.number) {
            inFlight[stage: slot] = .parked
        } else if case .watch(.readinessMultishot(_, let asked)) = inFlight[record: slot].operation,
            case .finished = startOtherWatch(slot, asked, isMultishot: true, on: handle)
        {
            // The engine begins it again.
            return finish(slot, result, into: &events)
        }
        tell(slot, result, into: &events)
    }

    private func tell(_ slot: UInt32, _ result: Int32, into events: inout OutputSpan<KernelEvent>) {
        inFlight[record: slot].hasTold = true
        events.append(KernelEvent(slot: slot, result: result, hasMore: true))
    }

    /// Whether a watch that was cancelled before it told anything finds something, which is told before its end: what was ready when it began is.
    private mutating func endsWithNews(_ slot: UInt32, _ result: Int32, _ asked: Readiness, into events: inout OutputSpan<KernelEvent>)
        -> Bool
    {
        let record = inFlight[record: slot]
        if result != -ECANCELED || record.hasTold { return false }
        let present = Readiness.present(of: record.handle.number, asked: asked)
        if present.isEmpty { return false }
        tell(slot, present.result, into: &events)
        unpark(slot)
        return true
    }

    /// Ends what the ring has nothing of, by way of the ring, so that its event comes from a wait.
    mutating func unpark(_ slot: UInt32, with result: Int32 = IOError(.cancelled).encoded) {
        inFlight[record: slot] = InFlightTable.Record(operation: .control(.nop), handle: .none, result: result)
        inFlight[stage: slot] = .parkedStopping
        push(.operation(slot))
    }

    // MARK: Without the ring

    /// Watches a handle by an epoll instance, which the ring polls.
    private mutating func startOtherWatch(_ slot: UInt32, _ asked: Readiness, isMultishot: Bool, on handle: NativeHandle) -> StartOutcome {
        let outcome = watches.start(slot, asked, isMultishot: isMultishot, on: handle)
        guard case .pending = outcome else { return outcome }
        inFlight[stage: slot] = .otherWatch
        if pollsWatches { return outcome }
        pollsWatches = true
        push(.changes)
        return outcome
    }

    mutating func stopOtherWatch(_ slot: UInt32) {
        if let result = watches.stop(slot) { unpark(slot, with: result) }
    }

    /// The poll was for one change, so it is armed again after the changes were taken; what is left, or comes in between, ends the next wait.
    mutating func answerChanges(into events: inout OutputSpan<KernelEvent>) {
        watches.collect()
        push(.changes)
        watches.deliver(into: &events)
    }

    // MARK: Trying

    /// Tries an operation at once, and again when the ring says that it may be possible.
    mutating func startTried(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and other: NativeHandle = .none)
        -> StartOutcome
    {
        switch Attempt.start(operation, on: handle, and: other) {
        case .finished(let result, let made):
            return .finished(result: result, made: made)
        case .wouldBlock(let direction):
            let record = InFlightTable.Record(operation: operation, handle: handle, other: other, direction: direction)
            guard ring.push(.poll(record), .operation(slot)) else { return .full }
            inFlight[record: slot] = record
            inFlight[stage: slot] = .polling
        case .blocks(let bounded):
            inFlight[stage: slot] = .worker
            pool.submit(slot, operation, on: handle, and: other, bounded: bounded)
        }
        return .pending
    }

    /// Tries once more, whatever the poll has found: what can be done without waiting is done, even if it was asked to stop.
    mutating func completePoll(_ slot: UInt32, into events: inout OutputSpan<KernelEvent>) {
        let record = inFlight[record: slot]
        let isStopping = inFlight[stage: slot] == .pollStopping
        switch Attempt.resume(record.operation, on: record.handle, and: record.other) {
        case .finished(let result, let made):
            finish(slot, result, made: made, into: &events)
        case .wouldBlock where isStopping:
            finish(slot, IOError(.cancelled).encoded, into: &events)
        case .wouldBlock(let direction):
            inFlight[record: slot].direction = direction
            push(.operation(slot))
        case .blocks(let bounded):
            inFlight[stage: slot] = .worker
            pool.submit(slot, record.operation, on: record.handle, and: record.other, bounded: bounded)
            // Only a worker can make the last try.
            if isStopping { pool.stop(slot) }
        }
    }
}

#endif
