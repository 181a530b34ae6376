// Sends whose memory the kernel uses until the peer has taken the bytes: two completions each, the result and the release.

#if URing

import CLiburing
import CLinuxIO
import IOSpec
import LinuxSupport

extension URing {
    mutating func startZeroCopy(_ slot: UInt32, _ operation: StreamOperation, on handle: NativeHandle) -> StartOutcome {
        if handle.kind != .stream || !support.sendsWithoutCopying { return startCopying(slot, operation, on: handle) }
        let request = Request(withoutCopying: operation, on: handle).through(handle)
        return start(slot, request, recording: .stream(operation), on: handle, as: .zeroCopy)
    }

    private mutating func startCopying(_ slot: UInt32, _ operation: StreamOperation, on handle: NativeHandle) -> StartOutcome {
        let copying = operation.copying
        let request = Request(copying, on: handle, waits: true, support: support).through(handle)
        return start(slot, request, recording: .stream(copying), on: handle, as: .stream)
    }

    mutating func completeZeroCopy(_ slot: UInt32, _ result: Int32, _ flags: UInt32, into events: inout OutputSpan<KernelEvent>) {
        switch inFlight[stage: slot] {
        case .release: settleZeroCopy(slot, inFlight[record: slot].result, isStopping: false, into: &events)
        case .releaseStopping: settleZeroCopy(slot, inFlight[record: slot].result, isStopping: true, into: &events)
        case let stage where flags & CLIBURING_COMPLETION_HAS_MORE != 0:
            inFlight[record: slot].result = result
            inFlight[stage: slot] = stage == .zeroCopyStopping ? .releaseStopping : .release
            if inFlight[record: slot].isAbandoned { Connection.abort(inFlight[record: slot].handle) }
        case let stage: settleZeroCopy(slot, result, isStopping: stage == .zeroCopyStopping, into: &events)
        }
    }

    /// What the result means once the memory is free. One that the kernel could not begin without copying is sent as any other; one that was stopped before it moved
    /// anything is tried once more without waiting.
    private mutating func settleZeroCopy(_ slot: UInt32, _ result: Int32, isStopping: Bool, into events: inout OutputSpan<KernelEvent>) {
        let record = inFlight[record: slot]
        guard result < 0, case .stream(let operation) = record.operation else { return finish(slot, result, into: &events) }
        let errno = -result
        if isStopping ? isCancellation(errno) || needsCopying(errno) : needsCopying(errno) {
            inFlight[record: slot].operation = .stream(operation.copying)
            inFlight[stage: slot] = isStopping ? .lastTry : .stream
            return push(.operation(slot))
        }
        if !isStopping, isInterruption(errno) {
            inFlight[stage: slot] = .zeroCopy
            return push(.operation(slot))
        }
        finish(slot, IOError.encoded(errno: errno, sendOn: record.handle), into: &events)
    }

    /// Some transports only copy, and the memory that a user may lend to the network is limited.
    private func needsCopying(_ errno: Int32) -> Bool {
        errno == EOPNOTSUPP || errno == ENOMEM || errno == ENOBUFS
    }

    /// A peer that does not take what was sent would keep the memory for ever, whatever is cancelled.
    public mutating func abandon(_ slot: UInt32) {
        switch inFlight[stage: slot] {
        case .zeroCopy, .zeroCopyStopping: inFlight[record: slot].isAbandoned = true
        case .release, .releaseStopping: Connection.abort(inFlight[record: slot].handle)
        default: return
        }
    }
}

extension Request {
    /// A send from memory that the kernel uses until it announces that it does not any more.
    init(withoutCopying operation: StreamOperation, on handle: NativeHandle) {
        guard case .sendZeroCopy(_, let region) = operation else { preconditionFailure("The operation copies") }
        self.init(.sendZeroCopy, on: handle.number, address: region.address, length: region.count, flags: LINUXIO_MSG_NOSIGNAL)
    }
}

extension StreamOperation {
    /// The same send, with a copy.
    fileprivate var copying: StreamOperation {
        if case .sendZeroCopy(let handle, let region) = self { .send(handle, from: region) } else { self }
    }
}

#endif
