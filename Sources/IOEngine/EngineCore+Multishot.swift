// Operations with more than one completion.

public import IOSpec

extension EngineCore where Kernel: ~Copyable {
    /// Reports one shot of a multishot operation. Unless the kernel goes on by itself, the operation rests until the next turn, so that one that is always ready
    /// starves nobody.
    @inline(never)
    @inlinable mutating func settleShot(_ index: Int32, _ result: Int32, _ made: HandleKind, hasMore: Bool) {
        var result = result
        switch slots[index].operation {
        case .stream(.acceptMultishot): result = adoptShot(index, result, made)
        case .stream(.receiveMultishot) where result == 0: return finish(index, 0)
        default: break
        }
        if result < 0 { return finish(index, result) }
        completions.append(Completion(token: identity(of: index).token, result: result, hasMore: true))
        interimCount += 1
        if hasMore { return }
        slots[index].flags.remove(.stopping)
        if slots[index].flags.contains(.cancelled) { return finish(index, IOError(.cancelled).encoded) }
        if slots[index].flags.contains(.expired) { return finish(index, IOError(.timedOut).encoded) }
        slots[index].state = .resting
        resting.append(index, through: .state, in: slots)
    }

    /// The room that was kept for a connection is taken, and is kept again when the operation is started again.
    @inlinable mutating func adoptShot(_ index: Int32, _ number: Int32, _ kind: HandleKind) -> Int32 {
        if slots[index].flags.contains(.reserving) {
            slots[index].flags.remove(.reserving)
            handles.reserved -= 1
        }
        return adoptConnection(index, number, kind)
    }

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
}
