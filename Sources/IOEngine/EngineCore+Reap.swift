// Waiting, and handing completions to the program.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Every reap asks the kernel once, even with completions at hand, so that a flood of operations that finish at once starves nobody.
    @inline(__always)
    @inlinable mutating func reap(into output: inout OutputSpan<Completion>, until deadline: Instant) {
        if output.isFull { return }
        while true {
            let outcome = turn(until: completions.isEmpty ? deadline : .distantPast)
            if !completions.isEmpty || outcome == .woken || deadline == .distantPast { break }
            if deadline != .never, kernel.now >= deadline { break }
        }
        let count = min(completions.count, output.freeCapacity)
        for place in 0..<count {
            let completion = completions[place]
            output.append(completion)
            if completion.hasMore {
                interimCount -= 1
            } else {
                slots.give(Int32(bitPattern: completion.token.slot))
            }
        }
        completions.removeFirst(count)
    }

    /// One turn: the kernel's events first, then the clock. So a result that is there wins over a deadline that has passed.
    @inline(__always)
    @inlinable mutating func turn(until deadline: Instant) -> WaitOutcome {
        var limit = deadline
        if !resting.isEmpty {
            restart()
            if !completions.isEmpty { limit = .distantPast }
        }
        // Sound: the memory is the engine's own, large enough, and the span ends before it is read.
        let room = unsafe UnsafeMutableBufferPointer(rebasing: exchange.events[..<min(exchange.events.count, interimRoom)])
        var span = unsafe OutputSpan(buffer: room, initializedCount: 0)
        let outcome = kernel.wait(until: min(limit, timers.earliest(in: slots)), into: &span)
        let count = unsafe span.finalize(for: room)
        for place in 0..<count {
            let event = unsafe exchange.events[place]
            settleEvent(event)
        }
        expire()
        if !heldBack.isEmpty { startHeldBack() }
        run()
        return outcome
    }

    @inline(__always)
    @inlinable mutating func settleEvent(_ event: KernelEvent) {
        let index = Int32(bitPattern: event.slot)
        guard index >= 0, Int(index) < slots.used, slots[index].state == .started else { return }
        settle(index, event.result, event.made, hasMore: event.hasMore, event.alignment)
    }
}
