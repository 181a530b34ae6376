// Entering the kernel once for a whole batch, and turning completions into events.

#if URing

import CLiburing
import CLinuxIO
public import IOSpec
import LinuxSupport

extension URing {
    public mutating func wait(until deadline: Instant, into events: inout OutputSpan<KernelEvent>) -> WaitOutcome {
        isWoken = false
        if !backlog.isEmpty { pushBacklog() }
        var limit = pool.outstanding == 0 ? deadline : reapWorkers(into: &events, waitingUntil: deadline)
        if watches.hasNews {
            watches.deliver(into: &events)
            limit = .distantPast
        }
        enter(until: limit)
        reapRing(into: &events)
        return isWoken ? .woken : .progressed
    }

    /// Enters the kernel at most once, and not at all when that would bring nothing.
    ///
    /// What was started is handed over before anyone looks at the clock, so that a result that is there already wins over a deadline that has passed.
    @inline(__always)
    private func enter(until deadline: Instant) {
        if ring.readyCount > 0 || deadline == .distantPast {
            if ring.wantsEntering { ring.enter() }
        } else if deadline == .never {
            ring.enterAndWait()
        } else {
            enter(untilTime: deadline)
        }
    }

    private func enter(untilTime deadline: Instant) {
        let present = now
        if deadline > present {
            // Cannot overflow: the monotonic clock is never negative.
            ring.enterAndWait(atMost: deadline.nanoseconds - present.nanoseconds)
        } else {
            ring.enter()
        }
    }

    // MARK: Completions

    /// Takes completions while there is room for their events. A completion that is not an event needs room too: what it starts may be one.
    @inline(__always)
    private mutating func reapRing(into events: inout OutputSpan<KernelEvent>) {
        let ready = ring.readyCount
        var taken: UInt32 = 0
        while taken < ready, events.freeCapacity > 0 {
            let completion = ring.completion(at: taken)
            taken &+= 1
            if completion.ticket.isOperation {
                complete(completion.ticket.slot, completion.result, at: taken &- 1, into: &events)
            } else {
                answer(completion.ticket, completion.result, into: &events)
            }
        }
        if taken > 0 { ring.advance(taken) }
    }

    @inline(__always)
    private mutating func complete(_ slot: UInt32, _ result: Int32, at index: UInt32, into events: inout OutputSpan<KernelEvent>) {
        if inFlight[stage: slot] == .plain {
            finish(slot, result < 0 ? IOError.encoded(errno: -result) : result, into: &events)
        } else {
            completeUnderstood(slot, result, at: index, into: &events)
        }
    }

    @inline(never)
    private mutating func completeUnderstood(_ slot: UInt32, _ result: Int32, at index: UInt32, into events: inout OutputSpan<KernelEvent>)
    {
        switch inFlight[stage: slot] {
        case .shots, .awaitingBytes, .shotsStopping: completeShot(slot, result, ring.flags(at: index), into: &events)
        case .zeroCopy, .zeroCopyStopping, .release, .releaseStopping: completeZeroCopy(slot, result, ring.flags(at: index), into: &events)
        case .polling, .pollStopping: completePoll(slot, into: &events)
        case .watch, .watchStopping:
            completeWatch(slot, result, hasMore: ring.flags(at: index) & CLIBURING_COMPLETION_HAS_MORE != 0, into: &events)
        case .parkedStopping: finish(slot, inFlight[record: slot].result, into: &events)
        default: completeRecorded(slot, result, into: &events)
        }
    }

    @inline(__always)
    mutating func finish(_ slot: UInt32, _ result: Int32, made: HandleKind = .file, into events: inout OutputSpan<KernelEvent>) {
        inFlight[stage: slot] = .idle
        // A cancellation that comes too late must not meet the next operation in this slot.
        if !backlog.isEmpty { backlog.remove(.cancellation(of: slot)) }
        events.append(KernelEvent(slot: slot, result: result, made: made))
    }

    private mutating func completeRecorded(_ slot: UInt32, _ result: Int32, into events: inout OutputSpan<KernelEvent>) {
        if isRoom(slot) { return }
        if result < 0, goesOn(slot, errno: -result) || awaitsRoom(slot, errno: -result) { return }
        let record = inFlight[record: slot]
        let meaning = meaning(of: result, for: record, isLastTry: inFlight[stage: slot] == .lastTry)
        release(record.scratch, of: slot)
        let isConnection = record.operation.kind == .accept && result >= 0
        let made = isConnection ? Acquisition.kind(ofAccepted: result, by: record.handle) : .file
        finish(slot, meaning, made: made, into: &events)
    }

    // MARK: Trying again

    /// Whether an interrupted operation was put into the ring again.
    ///
    /// One that nobody asked to stop simply goes on. One that was stopped is tried once more without waiting: the kernel prefers the cancellation to a result
    /// that is already there, and the specification prefers the result.
    private mutating func goesOn(_ slot: UInt32, errno: Int32) -> Bool {
        switch inFlight[stage: slot] {
        case .stream where isRefusalToWait(slot, errno):
            leaveConnectToWorker(slot)
            return true
        case .streamStopping where isRefusalToWait(slot, errno):
            inFlight[stage: slot] = .lastTry
            return false
        case .stream where isInterruption(errno) || isNewsOfAnother(slot, errno): break
        case .streamStopping where isCancellation(errno) && triesAgain(inFlight[record: slot].operation):
            tryLast(slot)
            return true
        default: return false
        }
        push(.operation(slot))
        return true
    }

    /// Tries once without waiting. An accept that cannot be asked for that is cancelled right behind its start, which looks for a connection first.
    private mutating func tryLast(_ slot: UInt32) {
        inFlight[stage: slot] = .lastTry
        push(.operation(slot))
        if !isWaitingLastTry(slot) { return }
        // A slot has room for one cancellation in the backlog.
        backlog.remove(.cancellation(of: slot))
        push(.cancellation(of: slot))
    }

    /// Whether the last try waits, and is ended by a cancellation of its own.
    private func isWaitingLastTry(_ slot: UInt32) -> Bool {
        inFlight[stage: slot] == .lastTry && inFlight[record: slot].operation.kind == .accept && !support.acceptsWithoutWaiting
    }

    private mutating func leaveConnectToWorker(_ slot: UInt32) {
        let record = inFlight[record: slot]
        release(record.scratch, of: slot)
        inFlight[stage: slot] = .worker
        pool.submit(slot, record.operation, on: record.handle, bounded: false)
    }

    /// Whether a connection to a local name found no room and did not wait for any, because somebody who shares the socket has made it non-blocking.
    ///
    /// For everything else the ring waits whatever that flag says.
    private func isRefusalToWait(_ slot: UInt32, _ errno: Int32) -> Bool {
        errno == EAGAIN && !triesAgain(inFlight[record: slot].operation)
    }

    /// From 512 on are the numbers with which the kernel tells itself to restart a call.
    func isInterruption(_ errno: Int32) -> Bool {
        errno == EINTR || errno >= 512
    }

    func isCancellation(_ errno: Int32) -> Bool {
        errno == ECANCELED || isInterruption(errno)
    }

    /// An accept that met a connection which broke while it waited goes on to the next one.
    func isNewsOfAnother(_ slot: UInt32, _ errno: Int32) -> Bool {
        inFlight[record: slot].operation.accepts && Attempt.isNewsOfOneConnection(errno: errno)
    }

    /// A connection to a local name cannot be tried without waiting.
    private func triesAgain(_ operation: Operation) -> Bool {
        guard case .stream(.connect(_, let region)) = operation else { return true }
        return unsafe region.load(as: SocketAddress.self).family.isInternet
    }

    // MARK: Meaning

    private func meaning(of result: Int32, for record: InFlightTable.Record, isLastTry: Bool) -> Int32 {
        if result < 0 { return failure(errno: -result, of: record, isLastTry: isLastTry) }
        if case .message(.receive(_, let region)) = record.operation { return received(result, into: region, record) }
        guard case .file(.status(_, let region)) = record.operation else { return result }
        // Sound: the kernel filled the block, and the engine checked that the region has the size of a status.
        unsafe region.store(FileStatus(UnsafePointer<linuxio_statx>(bitPattern: record.scratch).unsafelyUnwrapped.pointee))
        return result
    }

    private func received(_ length: Int32, into region: MemoryRegion, _ record: InFlightTable.Record) -> Int32 {
        guard let block = unsafe UnsafeMutableRawPointer(bitPattern: record.scratch) else { preconditionFailure("A message has its block") }
        // Sound: the kernel filled the message in the block.
        return unsafe NativeMessage(in: block).finishReceiving(length, into: region, on: record.handle)
    }

    private func failure(errno: Int32, of record: InFlightTable.Record, isLastTry: Bool) -> Int32 {
        if isLastTry, saysThatItWouldWait(errno) || isCancellation(errno) {
            return withoutRing(record, errno) ?? IOError(.cancelled).encoded
        }
        if case .message(.send(_, let region)) = record.operation {
            // A datagram whose receiver has no room, and that was asked to stop before a worker got it.
            if errno == EAGAIN { return IOError(.cancelled).encoded }
            return unsafe IOError.encoded(errno: errno, sending: region.load(as: Message.self), on: record.handle)
        }
        return switch record.operation.kind {
        case .send, .sendVectored: IOError.encoded(errno: errno, sendOn: record.handle)
        // A device without storage behind it has no way to synchronize, and says that the argument is invalid.
        case .synchronize where errno == EINVAL, .synchronizeData where errno == EINVAL:
            IOError(.unsupported, detail: UInt16(EINVAL)).encoded
        case .allocate, .punchHole: IOError.encoded(errnoOfSpace: errno)
        case .read, .write, .readVectored, .writeVectored, .append: IOError.encoded(errno: errno, transferOn: record.handle)
        default: IOError.encoded(errno: errno)
        }
    }

    /// The result of what the ring does not know how to try, on pipes that have a name; nil when it would have to wait.
    private func withoutRing(_ record: InFlightTable.Record, _ errno: Int32) -> Int32? {
        if record.handle.kind != .pipe || errno != EOPNOTSUPP { return nil }
        return Attempt.resumeOnBlockingPipe(record.operation, on: record.handle)
    }

    /// How the kernel answers when something would wait, or when it does not know how to do it without waiting.
    private func saysThatItWouldWait(_ errno: Int32) -> Bool {
        switch errno {
        case EAGAIN, EALREADY, EINPROGRESS, EOPNOTSUPP, EINVAL: true
        default: false
        }
    }

    // MARK: Waking and cancelling

    @inline(never)
    private mutating func answer(_ ticket: Ticket, _ result: Int32, into events: inout OutputSpan<KernelEvent>) {
        switch ticket.purpose {
        case .wake: answerWake(into: &events)
        case .changes: answerChanges(into: &events)
        case .cancellation where result == -ENOENT: cancelAgain(ticket.slot)
        case .operation, .cancellation, nil: break
        }
    }

    /// Repeats a cancellation that did not find its operation, although that is not over: while the kernel moves an operation from waiting in the ring to waiting in a
    /// thread, as it does with connections to local names, it is in neither place.
    private mutating func cancelAgain(_ slot: UInt32) {
        guard inFlight[stage: slot] == .streamStopping || isWaitingLastTry(slot) else { return }
        // A slot has room for one cancellation in the backlog.
        backlog.remove(.cancellation(of: slot))
        push(.cancellation(of: slot))
    }

    /// The poll was for one wake, so it is armed again after the counter was taken: a wake in between finds the counter raised and ends the next wait.
    private mutating func answerWake(into events: inout OutputSpan<KernelEvent>) {
        if waker.drain() { isWoken = true }
        push(.wake)
        pool.reap(into: &events)
    }

    /// How long to wait after taking what the workers have: not at all when they had something, and not for long while an interruption may have to be repeated.
    private mutating func reapWorkers(into events: inout OutputSpan<KernelEvent>, waitingUntil deadline: Instant) -> Instant {
        pool.reap(into: &events)
        if !events.isEmpty { return .distantPast }
        return pool.interruptAgain() ? min(deadline, now.advanced(byNanoseconds: WorkerPool.interruptionPeriod)) : deadline
    }
}

extension Operation {
    /// Whether it takes connections from a listener.
    fileprivate var accepts: Bool { kind == .accept || kind == .acceptMultishot }
}

#endif
