// The order of operations in one half of a handle, in chains, and behind barriers.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    // MARK: One half of a handle

    /// Puts an operation behind those that were submitted before it in the same half. Only the first is ever started.
    @inline(never)
    @inlinable mutating func takePlace(_ index: Int32) {
        if slots[index].order.receives {
            let handle = slots[index].handle
            let waits = !handles[handle].receiving.isEmpty || handles[handle].connection == .connecting
            if waits { slots[index].waits.insert(.order) }
            handles[handle].receiving.append(index, through: .order, in: slots)
        }
        if slots[index].order.sends {
            let handle = sender(index)
            if !handles[handle].sending.isEmpty { slots[index].waits.insert(.sendingOrder) }
            handles[handle].sending.append(index, through: .sending, in: slots)
        }
        if case .stream(.connect) = slots[index].operation { beginConnecting(index) }
    }

    /// The handle in whose sending half an operation has its place.
    @inlinable func sender(_ index: Int32) -> Int32 {
        slots[index].other == Slot.none ? slots[index].handle : slots[index].other
    }

    /// Takes an operation that is over out of its halves, and lets the next ones go.
    @inline(never)
    @inlinable mutating func leavePlace(_ index: Int32, _ result: Int32, wasStarted: Bool) {
        if slots[index].order.receives {
            let handle = slots[index].handle
            handles[handle].receiving.remove(index, through: .order, in: slots)
            letReceive(handle)
        }
        guard slots[index].order.sends else { return }
        let handle = sender(index)
        handles[handle].sending.remove(index, through: .sending, in: slots)
        if slots[index].flags.contains(.connecting) {
            handles[handle].connection = connection(after: result, wasStarted: wasStarted)
            letReceive(handle)
        }
        letSend(handle)
    }

    /// Transfers that are submitted from now on wait for this connect, unless another one has settled the matter.
    @inlinable mutating func beginConnecting(_ index: Int32) {
        guard handles[slots[index].handle].connection == .unconnected else { return }
        handles[slots[index].handle].connection = .connecting
        slots[index].flags.insert(.connecting)
    }

    @inlinable func connection(after result: Int32, wasStarted: Bool) -> HandleRecord.Connection {
        if result >= 0 { return .connected }
        let cause = IOError(encoded: result)?.cause
        let isCutShort = wasStarted && (cause == .cancelled || cause == .timedOut)
        return isCutShort && !faults.contains(.forgetsAbandonedConnects) ? .abandoned : .unconnected
    }

    @inlinable mutating func letReceive(_ handle: Int32) {
        // A closing handle starts nothing more: the close is about to cancel what waits.
        guard handles[handle].state == .open, handles[handle].connection != .connecting else { return }
        if faults.contains(.lastInFirstOut) { handles[handle].receiving.reverseEnds(through: .order, in: slots) }
        letGo(handles[handle].receiving.first, from: .order)
    }

    @inlinable mutating func letSend(_ handle: Int32) {
        guard handles[handle].state == .open else { return }
        if faults.contains(.lastInFirstOut) { handles[handle].sending.reverseEnds(through: .sending, in: slots) }
        letGo(handles[handle].sending.first, from: .sendingOrder)
    }

    @inlinable mutating func letGo(_ first: Int32, from wait: Slot.Waits) {
        if first != Slot.none, slots[first].waits.contains(wait) { release(first, from: wait) }
    }

    // MARK: Chains

    @inlinable mutating func link(_ predecessor: Int32, to successor: Int32) {
        slots[predecessor].successor = successor
        slots[successor].predecessor = predecessor
        if !faults.contains(.startsChainsAtOnce) { slots[successor].waits.insert(.chain) }
    }

    /// Lets the members in, all of which are linked: each takes its place in its handle's order now, although it starts later.
    @inlinable mutating func enterChain(from first: Int32) {
        var index = first
        while index != Slot.none {
            let next = slots[index].successor
            if slots[index].deadline != .never { arm(index, at: slots[index].deadline) }
            if enter(index) { makeRunnable(index) }
            index = next
        }
    }

    /// Lets the next member of the chain start, or cancels the rest.
    @inline(never)
    @inlinable mutating func continueChain(after index: Int32, _ result: Int32) {
        let successor = slots[index].successor
        slots[index].successor = Slot.none
        slots[successor].predecessor = Slot.none
        if succeededInFull(index, result) {
            if slots[successor].waits.contains(.chain) { release(successor, from: .chain) }
            return
        }
        cancelChain(from: successor)
    }

    @inlinable func succeededInFull(_ index: Int32, _ result: Int32) -> Bool {
        if result < 0 {
            return faults.contains(.continuesFailedChains)
                || faults.contains(.cancelsSingleMembers) && slots[index].flags.contains(.cancelled)
        }
        let isShort = slots[index].flags.contains(.transfer) && Int(result) < slots[index].requested
        return !isShort || faults.contains(.continuesShortChains)
    }

    @inlinable mutating func cancelChain(from first: Int32) {
        var index = first
        while index != Slot.none {
            let next = slots[index].successor
            slots[index].successor = Slot.none
            if next != Slot.none { slots[next].predecessor = Slot.none }
            conclude(index, .cancelled)
            index = next
        }
    }

    // MARK: Barriers

    /// Lets operations past the gate as far as the barriers among them allow.
    @inline(never)
    @inlinable mutating func advanceGate() {
        while !gate.waiting.isEmpty, gate.barrier == Slot.none {
            let index = gate.waiting.first
            if slots[index].flags.contains(.barrier), gate.admitted > 0 { return }
            gate.waiting.remove(index, through: .order, in: slots)
            if admit(index) { makeRunnable(index) }
        }
    }
}
