// Blocks that go one after the other.

/// Lets each block have its turn when all those before it have had theirs. Belongs to the actor of one copy.
final class Turns {
    /// The block whose turn it is.
    private var next = 0
    /// From this one on, no block has a turn any more.
    private var end = Int.max
    private var waiting: [Int: CheckedContinuation<Bool, Never>] = [:]

    /// Waits for the turn of a block; false when it never comes.
    func turn(of block: Int, isolation: isolated (any Actor)? = #isolation) async -> Bool {
        if block >= end { return false }
        if block == next { return true }
        return await withCheckedContinuation { waiting[block] = $0 }
    }

    /// Ends a turn.
    func pass() {
        next += 1
        waiting.removeValue(forKey: next)?.resume(returning: true)
    }

    /// Gives no turn to this block and those after it.
    func close(from block: Int) {
        end = min(end, block)
        for (waiter, continuation) in waiting where waiter >= end {
            waiting[waiter] = nil
            continuation.resume(returning: false)
        }
    }
}
