// Ending early what waits: a request to the ring, or to the pool.

#if URing

import CLinuxIO
import IOSpec
import LinuxSupport

extension URing {
    /// The operation's own completion still comes, whatever the cancellation finds: "already running" only means that it cannot be hurried, and what waits for a
    /// peer and is "not found" is looked for again.
    public mutating func stop(_ slot: UInt32) {
        switch inFlight[stage: slot] {
        case .worker:
            return pool.stop(slot)
        case .stream:
            inFlight[stage: slot] = .streamStopping
        case .awaitingRoom:
            inFlight[stage: slot] = .awaitingRoomStopping
        case .shots, .awaitingBytes:
            inFlight[stage: slot] = .shotsStopping
            // A slot has room for one cancellation in the backlog, and a receive that was renewed may have one.
            if !backlog.isEmpty { backlog.remove(.cancellation(of: slot)) }
        case .zeroCopy:
            inFlight[stage: slot] = .zeroCopyStopping
        case .polling:
            inFlight[stage: slot] = .pollStopping
        case .watch:
            inFlight[stage: slot] = .watchStopping
        case .parked:
            return unpark(slot)
        case .otherWatch:
            return stopOtherWatch(slot)
        case .plain, .recorded:
            break
        case .idle, .streamStopping, .awaitingRoomStopping, .lastTry, .shotsStopping, .zeroCopyStopping, .release, .releaseStopping,
            .pollStopping, .watchStopping, .parkedStopping:
            return
        }
        push(.cancellation(of: slot))
    }

    /// Puts an internal request into the ring, or into the backlog when the kernel's queue stays full.
    ///
    /// Entries are issued in the order in which they were pushed: a cancellation meets its own target, and never a later operation in the same slot.
    mutating func push(_ ticket: Ticket) {
        if backlog.isEmpty, let request = request(for: ticket), ring.push(request, ticket) { return }
        backlog.append(ticket)
    }

    /// Moves the backlog into the ring, as far as there is room. What is over by now is left out.
    mutating func pushBacklog() {
        while let ticket = backlog.first {
            if let request = request(for: ticket), !ring.push(request, ticket) { return }
            backlog.removeFirst()
        }
    }

    private func request(for ticket: Ticket) -> Request? {
        switch ticket.purpose {
        case .operation: repetition(of: ticket.slot)
        case .cancellation: .cancellation(of: ticket.slot, support: support)
        case .wake: .poll(waker.descriptor, .receiving)
        case .changes: .poll(watches.descriptor, .receiving)
        case nil: nil
        }
    }

    /// The operation in `slot` once more, or the poll that tells when it can be tried. A poll goes by the descriptor: it may be that of the second handle.
    private func repetition(of slot: UInt32) -> Request? {
        let record = inFlight[record: slot]
        switch inFlight[stage: slot] {
        case .parkedStopping: return Request(.nop)
        case .awaitingRoom, .awaitingRoomStopping: return .poll(record.handle.number, .sending)
        case .awaitingBytes: return .poll(record.handle.number, .receiving)
        case .polling, .pollStopping: return .poll(record)
        case .idle, .worker, .parked, .watch, .watchStopping, .otherWatch: return nil
        case .plain, .recorded, .stream, .streamStopping, .lastTry, .shots, .shotsStopping, .zeroCopy, .zeroCopyStopping, .release,
            .releaseStopping:
            return transfer(in: slot, record)?.through(record.handle)
        }
    }

    /// The transfer in `slot` once more, without waiting if it was asked to stop.
    private func transfer(in slot: UInt32, _ record: InFlightTable.Record) -> Request? {
        let stage = inFlight[stage: slot]
        let waits = stage != .lastTry
        // A header is as it was: the kernel changes it only when it has received something.
        if case .message(let operation) = record.operation {
            return Request(operation, in: record.scratch, on: record.handle, waits: waits)
        }
        guard case .stream(let operation) = record.operation else { return nil }
        switch stage {
        case .shots, .shotsStopping: return Request(shotsOf: operation, on: record.handle, isSingle: record.isSingle)
        case .zeroCopy, .zeroCopyStopping: return Request(withoutCopying: operation, on: record.handle)
        default: break
        }
        if case .connect(_, let region) = operation, let block = unsafe UnsafeMutableRawPointer(bitPattern: record.scratch) {
            return .connect(record.handle, address: record.scratch, length: unsafe region.load(as: SocketAddress.self).write(to: block))
        }
        if record.scratch != 0 { return Request(operation, in: record.scratch, on: record.handle, waits: waits) }
        return Request(operation, on: record.handle, waits: waits, support: support)
    }
}

#endif
