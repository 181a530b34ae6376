// Operations with more than one completion: each completion of the ring that announces more is a shot.

#if URing

import CLiburing
import CLinuxIO
import IOSpec
import LinuxSupport

extension URing {
    mutating func startShots(_ slot: UInt32, _ operation: StreamOperation, on handle: NativeHandle) -> StartOutcome {
        // A read of several shots waits for bytes only: of a pipe whose other end is closed, and of a terminal, it is not told the end. One of a single shot is.
        let isSingle = handle.kind == .pipe
        let request = Request(shotsOf: operation, on: handle, isSingle: isSingle).through(handle)
        let outcome = start(slot, request, recording: .stream(operation), on: handle, as: .shots)
        if isSingle, case .pending = outcome { inFlight[record: slot].isSingle = true }
        return outcome
    }

    mutating func completeShot(_ slot: UInt32, _ result: Int32, _ flags: UInt32, into events: inout OutputSpan<KernelEvent>) {
        let record = inFlight[record: slot]
        if inFlight[stage: slot] == .awaitingBytes { return completeWaiting(slot, result, into: &events) }
        let hasMore = flags & CLIBURING_COMPLETION_HAS_MORE != 0
        guard case .stream(.receiveMultishot(_, let pool)) = record.operation else {
            let made: HandleKind = record.handle.traits.contains(.acceptingPackets) ? .packets : .stream
            return settleShot(slot, result, made: made, hasMore: hasMore, into: &events)
        }
        guard flags & CLIBURING_COMPLETION_HAS_BUFFER != 0 else {
            // Only a wait for bytes, which was asked to stop, succeeds without a buffer.
            return settleShot(slot, result > 0 ? -ECANCELED : result, hasMore: false, into: &events)
        }
        let index = Int(flags >> CLIBURING_COMPLETION_BUFFER_SHIFT)
        bufferRings.noteTaking(from: Int(pool.index))
        if result > 0 {
            let filled = SelectedBuffer(index: index, count: Int(result)).encoded
            if hasMore, record.firstShots != nil { followFirstShots(slot, leavesBytes: flags & CLIBURING_COMPLETION_LEAVES_BYTES != 0) }
            return settleShot(slot, filled, hasMore: hasMore, into: &events)
        }
        bufferRings.give(index, to: Int(pool.index))
        settleShot(slot, result, hasMore: false, into: &events)
    }

    private mutating func settleShot(
        _ slot: UInt32, _ result: Int32, made: HandleKind = .file, hasMore: Bool, into events: inout OutputSpan<KernelEvent>
    ) {
        if result < 0 { return settleFailure(slot, errno: -result, into: &events) }
        if !hasMore { return finish(slot, result, made: made, into: &events) }
        events.append(KernelEvent(slot: slot, result: result, made: made, hasMore: true))
    }

    private mutating func settleFailure(_ slot: UInt32, errno: Int32, into events: inout OutputSpan<KernelEvent>) {
        if inFlight[stage: slot] == .shotsStopping {
            let failure = isCancellation(errno) || errno == ENOBUFS ? IOError(.cancelled) : IOError(errno: errno)
            return finish(slot, failure.encoded, into: &events)
        }
        let isRenewed = errno == ECANCELED && inFlight[record: slot].isRenewed
        inFlight[record: slot].isRenewed = false
        // From here it ends or is begun again.
        inFlight[record: slot].firstShots = 0
        if isRenewed || isInterruption(errno) || isNewsOfAnother(slot, errno) { return push(.operation(slot)) }
        if errno == ENOBUFS, case .stream(.receiveMultishot(_, let pool)) = inFlight[record: slot].operation {
            // A buffer may have been given back since the kernel looked for one.
            return bufferRings.hasFree(in: Int(pool.index)) ? push(.operation(slot)) : goOnWithoutBuffer(slot, into: &events)
        }
        if isRefusal(errno), !inFlight[record: slot].isSingle {
            inFlight[record: slot].isSingle = true
            return push(.operation(slot))
        }
        finish(slot, IOError.encoded(errno: errno), into: &events)
    }

    /// How the kernel answers that it does not do several shots of an operation, or not on this kind of file.
    private func isRefusal(_ errno: Int32) -> Bool { errno == EINVAL || errno == EBADFD }

    // MARK: The first shots

    /// So many shots the kernel takes at once before it puts an operation off.
    private static var shotsAtOnce: UInt8 { 32 }

    /// A receive that has found more than the kernel takes at once when it was begun, and the end behind that, is put off and then waits for the end that is there
    /// already: it is begun again once it has taken everything.
    private mutating func followFirstShots(_ slot: UInt32, leavesBytes: Bool) {
        let count = (inFlight[record: slot].firstShots ?? 0) &+ 1
        if leavesBytes {
            inFlight[record: slot].firstShots = min(count, Self.shotsAtOnce)
            return
        }
        inFlight[record: slot].firstShots = nil
        if count < Self.shotsAtOnce || inFlight[stage: slot] != .shots { return }
        inFlight[record: slot].isRenewed = true
        // A slot has room for one cancellation in the backlog.
        if !backlog.isEmpty { backlog.remove(.cancellation(of: slot)) }
        push(.cancellation(of: slot))
    }

    // MARK: Without a buffer

    /// The kernel looks for a buffer before it looks for bytes. Without any bytes the operation waits for some, and then looks for a buffer again.
    private mutating func goOnWithoutBuffer(_ slot: UInt32, into events: inout OutputSpan<KernelEvent>) {
        if case .finished(let result, _) = Attempt.receiveWithoutBuffer(on: inFlight[record: slot].handle) {
            return finish(slot, result, into: &events)
        }
        inFlight[stage: slot] = .awaitingBytes
        push(.operation(slot))
    }

    private mutating func completeWaiting(_ slot: UInt32, _ result: Int32, into events: inout OutputSpan<KernelEvent>) {
        if result < 0, !isInterruption(-result) { return finish(slot, IOError.encoded(errno: -result), into: &events) }
        if result >= 0 { inFlight[stage: slot] = .shots }
        push(.operation(slot))
    }
}

extension Request {
    /// A multishot accept, or receive into buffers that the kernel selects; of one shot when it `isSingle`.
    init(shotsOf operation: StreamOperation, on handle: NativeHandle, isSingle: Bool) {
        guard case .receiveMultishot(_, let pool) = operation else {
            self.init(.accept, on: handle.number, flags: LINUXIO_SOCK_CLOEXEC)
            if !isSingle { priority = CLIBURING_ACCEPT_MULTISHOT }
            return
        }
        if handle.kind == .stream {
            self.init(.receive, on: handle.number)
            if !isSingle { priority = CLIBURING_RECEIVE_MULTISHOT }
        } else {
            self.init(.read, on: handle.number, offset: .currentPosition)
        }
        entryFlags = CLIBURING_ENTRY_SELECTS_BUFFER
        buffer = UInt16(pool.index)
    }
}

#endif
