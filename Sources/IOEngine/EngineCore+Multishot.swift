// Operations with more than one completion.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Reports one shot of a multishot operation. Unless the kernel goes on by itself, the operation rests until the next turn, so that one that is always ready
    /// starves nobody.
    @inline(never)
    @inlinable mutating func settleShot(_ index: Int32, _ result: Int32, _ made: HandleKind, hasMore: Bool) {
        var result = result
        switch slots[index].operation {
        case .stream(.acceptMultishot):
            slots[index].flags.remove(.metConnection)
            result = adoptShot(index, result, made)
            if result < 0 { return failShots(index, result, hasMore: hasMore) }
        case .stream(.receiveMultishot(_, let pool)):
            if result == 0 { return finish(index, 0) }
            pools[Int(pool.index)].lent += 1
        default: break
        }
        completions.append(Completion(token: identity(of: index).token, result: result, hasMore: true))
        interimCount += 1
        if !hasMore { endShot(index) }
    }

    /// The kernel does not go on by itself: what was asked to end meanwhile ends, and anything else is started again.
    @inlinable mutating func endShot(_ index: Int32) {
        slots[index].flags.remove(.stopping)
        if slots[index].flags.contains(.cancelled) { return finish(index, IOError(.cancelled).encoded) }
        if slots[index].flags.contains(.expired) { return finish(index, IOError(.timedOut).encoded) }
        rest(index)
    }

    @inlinable mutating func rest(_ index: Int32) {
        slots[index].state = .resting
        resting.append(index, through: .state, in: slots)
    }

    /// Ends a multishot operation with `failure` as soon as the kernel has stopped going on; what comes until then is kept.
    @inlinable mutating func failShots(_ index: Int32, _ failure: Int32, hasMore: Bool) {
        if !hasMore { return finish(index, failure) }
        slots[index].failure = failure
        if slots[index].flags.contains(.stopping) { return }
        slots[index].flags.insert(.stopping)
        kernel.stop(UInt32(bitPattern: index))
    }

    // MARK: Room

    /// Starts the multishot operations again that have reported a shot, as far as there is room for the next one of each.
    @inline(never)
    @inlinable mutating func restart() {
        var room = interimRoom
        while !resting.isEmpty, room > 0 {
            let index = resting.first
            resting.remove(index, through: .state, in: slots)
            makeRunnable(index)
            room -= 1
        }
        run()
    }

    /// The completions with more to follow that there is room for: as many as slots, besides the last completion of each.
    @inlinable var interimRoom: Int { slots.capacity - interimCount }

    /// Whether there is room for the shot that a start may have at once; if not, the operation rests.
    @inlinable mutating func hasRoomForShot(_ index: Int32) -> Bool {
        if interimRoom > 0 { return true }
        rest(index)
        return false
    }
}
