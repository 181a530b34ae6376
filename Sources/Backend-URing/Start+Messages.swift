// Starting what needs a message header: messages, and transfers of several segments over a connection.

#if URing

import CLinuxIO
import IOSpec
import LinuxSupport

extension URing {
    /// A message passes descriptors of its own, since the ring looks at their numbers later, and perhaps more than once.
    mutating func startMessage(_ slot: UInt32, _ operation: MessageOperation, on handle: NativeHandle, passing others: Span<NativeHandle>)
        -> StartOutcome
    {
        guard let block = unsafe scratch.take() else { return .finished(IOError(.outOfResources).encoded) }
        do throws(IOError) { try passed.keep(duplicatesOf: PassedDescriptors(others), for: slot) } catch {
            unsafe scratch.give(block)
            return .finished(error.encoded)
        }
        // Sound: a block has room for a message, and the engine has checked that the regions hold messages.
        let native = unsafe NativeMessage(in: block)
        switch operation {
        case .send(_, let region): unsafe native.prepareToSend(region.load(as: Message.self), passing: passed.descriptors(of: slot))
        case .receive(_, let region): unsafe native.prepareToReceive(region.load(as: Message.self), on: handle)
        }
        let outcome = start(
            slot, Request(operation, in: UInt(bitPattern: block), on: handle, waits: true), recording: .message(operation), on: handle,
            as: .stream, scratch: UInt(bitPattern: block))
        if case .full = outcome { release(UInt(bitPattern: block), of: slot) }
        return outcome
    }

    /// The vectors of a pipe go into the entry itself; a connection takes a message.
    mutating func startSegments(_ slot: UInt32, _ operation: StreamOperation, _ segments: SegmentList, on handle: NativeHandle)
        -> StartOutcome
    {
        guard let block = unsafe scratch.take() else { return .finished(IOError(.outOfResources).encoded) }
        // Sound: a block has room for a message.
        unsafe NativeMessage(in: block).prepare(segments)
        let request = Request(operation, in: UInt(bitPattern: block), on: handle, waits: true)
        let outcome = start(slot, request, recording: .stream(operation), on: handle, as: .stream, scratch: UInt(bitPattern: block))
        if case .full = outcome { unsafe scratch.give(block) }
        return outcome
    }

    /// Lets go of what the kernel has no use for any more: the block at an address that is not 0, and the descriptors that a message passes.
    mutating func release(_ address: UInt, of slot: UInt32) {
        // Sound: the address came from the pool.
        if let block = unsafe UnsafeMutableRawPointer(bitPattern: address) { unsafe scratch.give(block) }
        passed.release(slot)
    }

    // MARK: Room

    /// Whether a datagram for which there is no room waits now for some.
    ///
    /// Left to wait in the ring, a datagram would be copied when it was first tried, and what is sent later is what is left of it: nothing.
    mutating func awaitsRoom(_ slot: UInt32, errno: Int32) -> Bool {
        guard errno == EAGAIN, inFlight[stage: slot] == .stream, inFlight[record: slot].isDatagram else { return false }
        if isForWorker(inFlight[record: slot]) {
            leaveToWorker(slot)
        } else {
            inFlight[stage: slot] = .awaitingRoom
            push(.operation(slot))
        }
        return true
    }

    /// Whether the completion was that of a poll for room, and the datagram is tried again.
    mutating func isRoom(_ slot: UInt32) -> Bool {
        switch inFlight[stage: slot] {
        case .awaitingRoom: inFlight[stage: slot] = .stream
        case .awaitingRoomStopping: inFlight[stage: slot] = .lastTry
        default: return false
        }
        push(.operation(slot))
        return true
    }

    /// A datagram to another address than the peer's: the sender's readiness, which the ring polls for, says nothing of the room there.
    private func isForWorker(_ record: InFlightTable.Record) -> Bool {
        guard case .message(.send(_, let region)) = record.operation else { return false }
        return unsafe region.load(as: Message.self).awaitsReceiver(from: record.handle)
    }

    private mutating func leaveToWorker(_ slot: UInt32) {
        let record = inFlight[record: slot]
        let descriptors = passed.take(slot)
        release(record.scratch, of: slot)
        inFlight[stage: slot] = .worker
        pool.submit(slot, record.operation, on: record.handle, passing: descriptors, bounded: false)
    }
}

extension InFlightTable.Record {
    /// Whether it is the sending of a datagram.
    fileprivate var isDatagram: Bool { operation.kind == .sendMessage && handle.kind == .datagram }
}

extension Request {
    /// A message whose header is at `address`; one that does not wait, and the sending of any datagram, fails with EAGAIN where it would.
    init(_ operation: MessageOperation, in address: UInt, on handle: NativeHandle, waits: Bool) {
        switch operation {
        case .send:
            self.init(sendingHeader: address, on: handle, waits: waits && handle.kind != .datagram)
        case .receive:
            self.init(receivingHeader: address, on: handle, flags: NativeMessage.receivingFlags(on: handle), waits: waits)
        }
    }

    /// A transfer of the segments that the header at `address` names.
    init(_ operation: StreamOperation, in address: UInt, on handle: NativeHandle, waits: Bool) {
        if case .sendVectored = operation {
            self.init(sendingHeader: address, on: handle, waits: waits)
        } else {
            self.init(receivingHeader: address, on: handle, flags: 0, waits: waits)
        }
    }

    private init(sendingHeader address: UInt, on handle: NativeHandle, waits: Bool) {
        let flags = LINUXIO_MSG_NOSIGNAL | (waits ? 0 : LINUXIO_MSG_DONTWAIT)
        self.init(.sendMessage, on: handle.number, address: address, length: 1, flags: flags)
    }

    private init(receivingHeader address: UInt, on handle: NativeHandle, flags: Int32, waits: Bool) {
        self.init(
            .receiveMessage, on: handle.number, address: address, length: 1, flags: flags | (waits ? 0 : LINUXIO_MSG_DONTWAIT))
    }
}

#endif
