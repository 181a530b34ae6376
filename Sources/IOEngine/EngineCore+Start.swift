// What the engine decides at the moment an operation starts.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Whether a runnable operation goes on to the kernel. If not, it has finished, waits for the clock, or waits for the operations of its handle.
    @inline(__always)
    @inlinable mutating func isReadyForKernel(_ index: Int32, _ operation: Operation) -> Bool {
        if slots[index].failure != 0 || isShuttingDown {
            return slots[index].flags.contains(.closing) || stopHere(index, whenValid: .cancelled)
        }
        if faults.contains(.deadlinesWinOverResults), slots[index].deadline <= kernel.now { return stopHere(index, whenValid: .timedOut) }
        switch operation {
        case .control(.nop), .file: return isNotEmpty(index)
        case .path(.open): return reserveHandle(index)
        case .stream(.accept): return isReadyToAccept(index)
        case .stream(.acceptMultishot): return hasRoomForShot(index) && isReadyToAccept(index)
        case .stream(.receiveMultishot): return isConnected(index) && hasRoomForShot(index)
        case .watch(.readiness(_, let asked)): return !isReadyByKept(index, asked)
        case .watch(.readinessMultishot(_, let asked)): return hasRoomForShot(index) && hasToldOfKept(index, asked)
        case .path, .watch, .stream(.setOption), .stream(.option): return true
        case .message: return isNotEmpty(index) && isConnected(index)
        case .control(.close): return beginClose(index)
        case .time(.timer(let instant)): return startTimer(index, instant)
        case .stream: return isNotEmpty(index) && isConnected(index)
        }
    }

    /// Finishes an operation that must not start: with its own failure if it is invalid.
    @inline(never)
    @inlinable mutating func stopHere(_ index: Int32, whenValid cause: IOError.Cause) -> Bool {
        if isShuttingDown, faults.contains(.shutDownForgetsWaiting) { return false }
        if isShuttingDown, faults.contains(.acceptsAfterShutDown), slots[index].failure == 0 { return true }
        let failure = slots[index].failure == 0 || isShuttingDown ? IOError(cause).encoded : slots[index].failure
        finish(index, cut(index, failure))
        return false
    }

    /// What will make a handle needs room for it first.
    @inline(never)
    @inlinable mutating func reserveHandle(_ index: Int32) -> Bool {
        if hasReserved(index) { return true }
        finish(index, IOError(.tooManyOpen).encoded)
        return false
    }

    /// Keeps room for a handle, if there is any.
    @inlinable mutating func hasReserved(_ index: Int32) -> Bool {
        if slots[index].flags.contains(.reserving) { return true }
        guard handles.hasRoom else { return false }
        handles.reserved += 1
        slots[index].flags.insert(.reserving)
        return true
    }

    /// A transfer of length 0 has been checked, and is over.
    @inline(__always)
    @inlinable mutating func isNotEmpty(_ index: Int32) -> Bool {
        if slots[index].requested != 0 || !slots[index].flags.contains(.transfer) { return true }
        finish(index, 0)
        return false
    }

    /// Transfers need a connection, and meet the failure of a stream that broke.
    @inline(never)
    @inlinable mutating func isConnected(_ index: Int32) -> Bool {
        let handle = slots[index].handle
        if handles[handle].failure != 0, !faults.contains(.forgetsResets) {
            finish(index, cut(index, handles[handle].failure))
            return false
        }
        if case .stream(.connect) = slots[index].operation { return isConnector(index) }
        if canTransfer(handle), slots[index].other == Slot.none || canTransfer(slots[index].other) { return true }
        finish(index, IOError(.notConnected).encoded)
        return false
    }

    /// Whether a handle is connected, or needs no connection.
    @inlinable func canTransfer(_ handle: Int32) -> Bool {
        switch handles[handle].native.kind {
        case .stream, .packets: handles[handle].connection == .connected
        default: true
        }
    }

    /// A connect that was submitted behind another one finds out only now what that one has come to.
    @inlinable mutating func isConnector(_ index: Int32) -> Bool {
        if !slots[index].flags.contains(.connecting) { beginConnecting(index) }
        if slots[index].flags.contains(.connecting) { return true }
        let isAbandoned = handles[slots[index].handle].connection == .abandoned
        finish(index, IOError(isAbandoned ? .notConnected : .alreadyConnected).encoded)
        return false
    }

    @inline(never)
    @inlinable mutating func startTimer(_ index: Int32, _ instant: Instant) -> Bool {
        slots[index].state = .started
        let wraps = faults.contains(.timersWrapAround) && instant > kernel.now.advanced(byNanoseconds: 1 << 31 * 1_000_000)
        arm(index, at: wraps ? kernel.now : min(instant, slots[index].deadline))
        return false
    }

    /// Sets when the heap has an operation fire.
    @inline(never)
    @inlinable mutating func arm(_ index: Int32, at instant: Instant) {
        if slots[index].heapIndex != Slot.none { timers.remove(index, in: slots) }
        slots[index].fires = instant
        if instant != .never { timers.insert(index, in: slots) }
    }

    /// Makes everything fire whose instant has come.
    @inlinable mutating func expire() {
        guard !timers.isEmpty else { return }
        let now = kernel.now
        while true {
            let index = timers.popExpired(at: now, in: slots)
            if index == Slot.none { return }
            fire(index, now)
        }
    }

    @inline(never)
    @inlinable mutating func fire(_ index: Int32, _ now: Instant) {
        if slots[index].flags.contains(.closing) { return }
        if case .time(.timer(let instant)) = slots[index].operation, slots[index].state == .started {
            return finish(index, now < instant ? IOError(.timedOut).encoded : 0)
        }
        if slots[index].state != .started {
            if faults.contains(.forgetsDeadlinesOfWaiting) { return }
            return conclude(index, .timedOut)
        }
        stop(index, because: .expired)
    }
}
