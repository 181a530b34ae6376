// Ending operations early: cancelling, closing, shutting down.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    @inlinable mutating func cancel(_ identity: OperationID) {
        let index = Int32(bitPattern: identity.slot)
        let isLive = faults.contains(.ignoresOperationGeneration) ? Int(index) < slots.used : slots.isLive(identity)
        guard isLive else { return }
        requestEnd(of: index, ifWaiting: .cancelled)
        run()
    }

    /// Ends what has not started with `cause`, and asks for the rest to end.
    @inline(never)
    @inlinable mutating func requestEnd(of index: Int32, ifWaiting cause: IOError.Cause) {
        if slots[index].flags.contains(.closing) { return }
        switch slots[index].state {
        case .free, .finished: return
        case .waiting, .runnable, .heldBack, .resting:
            if faults.contains(.cannotCancelWaiting) { return }
            slots[index].flags.insert(.cancelled)
            conclude(index, cause)
        case .started: stop(index, because: .cancelled)
        }
    }

    /// Asks for a started operation to end, once. The first reason stays: it decides between cancelled and timed out.
    @inline(never)
    @inlinable mutating func stop(_ index: Int32, because reason: Slot.Flags) {
        if slots[index].flags.isDisjoint(with: [.cancelled, .expired]) { slots[index].flags.insert(reason) }
        if slots[index].flags.contains(.stopping) { return }
        slots[index].flags.insert(.stopping)
        if case .time(.timer(let instant)) = slots[index].operation {
            // A timer whose instant has come has its result already.
            return finish(index, instant <= kernel.now ? 0 : IOError(.cancelled).encoded)
        }
        kernel.stop(UInt32(bitPattern: index))
    }

    // MARK: Closing

    /// Whether a close can go on to the kernel now. From here on the handle is stale; what refers to it is cancelled and awaited.
    @inline(never)
    @inlinable mutating func beginClose(_ index: Int32) -> Bool {
        if slots[index].flags.contains(.closing) { return true }
        let handle = slots[index].handle
        slots[index].flags.insert(.closing)
        handles[handle].state = .closing
        handles[handle].operations &-= 1
        if faults.contains(.closesWithoutCancelling) || handles[handle].operations == 0 { return true }
        handles[handle].close = index
        slots[index].waits.insert(.drain)
        slots[index].state = .waiting
        endOperations(of: handle, for: index)
        return false
    }

    /// Ends every operation of a closing handle. What was submitted after the close meets a closed handle; what was before is cancelled.
    /// Walks all slots, which only a close with operations in flight pays for.
    @inline(never)
    @inlinable mutating func endOperations(of handle: Int32, for close: Int32) {
        for index in 0..<Int32(slots.used) where index != close && refers(index, to: handle) {
            let isLater = slots[index].sequence > slots[close].sequence
            requestEnd(of: index, ifWaiting: isLater ? .badHandle : .cancelled)
            abandon(index)
        }
    }

    @inlinable func refers(_ index: Int32, to handle: Int32) -> Bool {
        slots[index].handle == handle || slots[index].other == handle
    }

    /// What is still under way must give its memory back without waiting for a peer, since its handle goes.
    @inlinable mutating func abandon(_ index: Int32) {
        if slots[index].state == .started, slots[index].handle != Slot.none { kernel.abandon(UInt32(bitPattern: index)) }
    }

    // MARK: The end

    @inlinable mutating func shutDown() {
        isShuttingDown = true
        for index in 0..<Int32(slots.used) {
            if faults.contains(.shutDownForgetsWaiting), slots[index].state == .waiting { continue }
            requestEnd(of: index, ifWaiting: .cancelled)
            abandon(index)
        }
        run()
    }

    /// Cancels everything, waits until no buffer is in the kernel's hands, and closes every handle. Completions that nobody will reap are dropped.
    @inlinable mutating func drain() {
        shutDown()
        while slots.hasStarted || !heldBack.isEmpty {
            completions.removeAll()
            interimCount = 0
            // With nothing in the kernel there is no event to wait for: what it refused is only offered again.
            _ = turn(until: slots.hasStarted ? .never : .distantPast)
        }
        for connection in kept { kernel.discard(connection.native) }
        kept.removeAll()
        for index in 0..<Int32(handles.used) where handles[index].state != .free {
            kernel.discard(handles[index].native)
        }
    }
}
