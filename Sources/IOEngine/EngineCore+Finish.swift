// From the kernel's event to the operation's completion.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Applies the rules to what the kernel says of a started operation. The arguments are as in ``KernelEvent``.
    @inline(__always)
    @inlinable mutating func settle(
        _ index: Int32, _ result: Int32, _ made: HandleKind, hasMore: Bool, _ alignment: DirectAlignment = .none
    ) {
        if result < 0 { return settleFailure(index, result) }
        if slots[index].flags.contains(.transfer) { return settleTransfer(index, Int(result)) }
        switch slots[index].operation {
        case .path(.open(_, _, let options, _)): finish(index, adopt(result, made, options.traits, .unconnected, alignment))
        case .stream(.accept) where slots[index].flags.contains(.awaitingConnection): meetConnection(index)
        case .stream(.acceptMultishot) where slots[index].flags.contains(.awaitingConnection): meetConnection(index)
        case .stream(.accept): finish(index, adoptConnection(index, result, made))
        case .stream(.acceptMultishot), .stream(.receiveMultishot), .watch(.readinessMultishot):
            settleShot(index, result, made, hasMore: hasMore)
        case .message(.receive(_, let region)):
            adoptHandles(in: region)
            finishInline(index, result)
        default: finishInline(index, result)
        }
    }

    /// The same out of line, for what is over before it was pending.
    @inline(never)
    @inlinable mutating func settleAtOnce(_ index: Int32, _ result: Int32, _ made: HandleKind) {
        settle(index, result, made, hasMore: false)
    }

    /// Counts what moved, and starts the rest unless the operation was cut short or takes what it gets.
    @inline(__always)
    @inlinable mutating func settleTransfer(_ index: Int32, _ count: Int) {
        slots[index].moved &+= count
        let isOver = slots[index].moved >= slots[index].requested || count == 0
        if isOver || !slots[index].flags.isDisjoint(with: [.cancelled, .expired, .takesSome]) || faults.contains(.leavesTransfersShort) {
            return finishInline(index, Int32(truncatingIfNeeded: slots[index].moved))
        }
        if !faults.contains(.restartsTransfersWhole) { slots[index].advance(by: count) }
        // The kernel interface has finished this start; a stop that it was told before does not reach the next one.
        slots[index].flags.remove(.stopping)
        makeRunnable(index)
    }

    @inline(never)
    @inlinable mutating func settleFailure(_ index: Int32, _ result: Int32) {
        // A multishot operation that has failed before ends with that.
        if slots[index].failure != 0 { return finish(index, slots[index].failure) }
        let flags = slots[index].flags
        guard let error = IOError(encoded: result) else { return finish(index, IOError(.other).encoded) }
        if acceptsLater(index, after: error.cause) { return }
        if error.cause == .cancelled {
            // An interruption that the program did not ask for is never seen: the operation goes on.
            if flags.isDisjoint(with: [.cancelled, .expired]) {
                slots[index].flags.remove(.stopping)
                return makeRunnable(index)
            }
            let isTimedOut = flags.contains(.expired)
            return finish(index, cut(index, IOError(isTimedOut ? .timedOut : .cancelled, detail: error.detail).encoded))
        }
        if breaksStream(index, error.cause) { handles[slots[index].handle].failure = result }
        finish(index, cut(index, result))
    }

    /// What an operation completes with that ends with `failure`: the bytes it moved, if it moved any.
    @inlinable func cut(_ index: Int32, _ failure: Int32) -> Int32 {
        if slots[index].moved == 0 || faults.contains(.hidesPartialTransfers) { return failure }
        return Int32(truncatingIfNeeded: slots[index].moved)
    }

    /// Ends an operation that is not in the kernel: with what it moved before, or with `cause`.
    @inline(never)
    @inlinable mutating func conclude(_ index: Int32, _ cause: IOError.Cause) {
        switch slots[index].state {
        case .waiting:
            if slots[index].waits.contains(.gate) { gate.waiting.remove(index, through: .order, in: slots) }
        case .runnable: runnable.remove(index, through: .state, in: slots)
        case .heldBack: heldBack.remove(index, through: .state, in: slots)
        case .resting: resting.remove(index, through: .state, in: slots)
        case .free, .started, .finished: return
        }
        finish(index, cut(index, IOError(cause).encoded))
    }

    /// Gives an operation its terminal completion, and lets go whatever waited for it.
    @inline(never)
    @inlinable mutating func finish(_ index: Int32, _ result: Int32) {
        finishInline(index, result)
    }

    /// The same, in line: for the way that most operations end.
    @inline(__always)
    @inlinable mutating func finishInline(_ index: Int32, _ result: Int32) {
        let wasStarted = slots[index].state == .started
        slots[index].state = .finished
        if !slots[index].isAlone { untie(index, result, wasStarted: wasStarted) }
        leaveGate(index)
        completions.append(Completion(token: identity(of: index).token, result: result))
    }

    /// Takes an operation that is over out of everything that knows of it.
    @inlinable mutating func untie(_ index: Int32, _ result: Int32, wasStarted: Bool) {
        if slots[index].heapIndex != Slot.none { timers.remove(index, in: slots) }
        if slots[index].order != .none, slots[index].flags.contains(.admitted) { leavePlace(index, result, wasStarted: wasStarted) }
        if slots[index].handle != Slot.none { leaveHandle(index) }
        if slots[index].predecessor != Slot.none { leaveChain(index) }
        if slots[index].successor != Slot.none { continueChain(after: index, result) }
    }

    /// A member that ends before its predecessor: that one has no successor any more.
    @inline(never)
    @inlinable mutating func leaveChain(_ index: Int32) {
        slots[slots[index].predecessor].successor = Slot.none
        slots[index].predecessor = Slot.none
    }

    @inline(__always)
    @inlinable mutating func leaveGate(_ index: Int32) {
        if slots[index].flags.contains(.admitted) { gate.admitted &-= 1 }
        if gate.barrier == index { gate.barrier = Slot.none }
        if !gate.waiting.isEmpty { advanceGate() }
    }

    @inline(__always)
    @inlinable mutating func leaveHandle(_ index: Int32) {
        let handle = slots[index].handle
        slots[index].handle = Slot.none
        if slots[index].flags.contains(.closing) {
            discardKept(of: handle)
            return handles.remove(handle)
        }
        if slots[index].flags.contains(.reserving) { handles.reserved -= 1 }
        leave(handle)
        let other = slots[index].other
        if other == Slot.none { return }
        slots[index].other = Slot.none
        leave(other)
    }

    /// One operation less refers to a handle; the last one lets a close go on.
    @inline(__always)
    @inlinable mutating func leave(_ handle: Int32) {
        handles[handle].operations &-= 1
        if handles[handle].operations == 0, handles[handle].close != Slot.none { release(handles[handle].close, from: .drain) }
    }

    /// Whether a stream that fails with `cause` stays failed. A splice does not tell which of its two ends failed.
    @inlinable func breaksStream(_ index: Int32, _ cause: IOError.Cause) -> Bool {
        guard cause == .connectionReset || cause == .connectionTimedOut || cause == .unreachable else { return false }
        let kind = handles[slots[index].handle].native.kind
        guard kind == .stream || kind == .packets else { return false }
        switch slots[index].operation {
        case .stream(.connect), .stream(.splice): return false
        case .stream, .message: return true
        default: return false
        }
    }
}

extension OpenOptions {
    /// What may be done with a handle that was opened with these options.
    @inlinable var traits: HandleTraits {
        var traits: HandleTraits = []
        if contains(.reading) { traits.insert(.reading) }
        if contains(.writing) || contains(.appending) { traits.insert(.writing) }
        if contains(.appending) { traits.insert(.appending) }
        if contains(.direct) { traits.insert(.direct) }
        return traits
    }
}
