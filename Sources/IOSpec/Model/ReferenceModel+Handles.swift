// Handles: what is acquired, and what closing them does.

extension ReferenceModel {
    mutating func acquireOther(_ resource: SymbolicResource, _ symbols: [Int]) {
        for (symbol, thing) in zip(symbols, streams.acquire(resource, symbols)) { handles[symbol] = ModelHandle(thing) }
    }

    // MARK: Closing

    /// Whether a handle is refused from now on, although its close is in flight.
    func isRefused(_ handle: Int) -> Bool {
        guard let known = handles[handle], known.closeTime == nil else { return true }
        return closes(of: handle).contains { $0.startedAtOnce }
    }

    /// Whether the close of a handle is over, or it never was open.
    func isClosed(_ handle: Int) -> Bool { handles[handle].map { $0.closeTime != nil } ?? true }

    /// The closes in flight of a handle.
    func closes(of handle: Int) -> [ModelOperation] {
        operations.values.filter { operation in
            if case .close(let closed) = operation.operation { return closed.index == handle && operation.mistakes.isEmpty }
            return false
        }
    }

    /// Whether a close of the handle may have begun, or is over.
    func mayBeGone(_ handle: Int?) -> Bool {
        guard let handle else { return false }
        return handles[handle]?.closeTime != nil || closes(of: handle).contains { $0.start != nil }
    }

    /// Whether the close of a handle was over before `time`.
    func isGone(_ handle: Int?, before time: Int) -> Bool {
        guard let handle, let closed = handles[handle]?.closeTime else { return false }
        return closed < time
    }

    /// What was submitted before a close may end by it.
    mutating func noteClose(_ number: Int, of handle: Int) {
        for (other, operation) in operations where other != number && operation.handles.contains(handle) {
            operations[other]?.isClosedUnder = true
        }
        blurByClose(of: handle)
    }

    func judgeClose(_ operation: ModelOperation, _ result: ModelResult, _ handle: Int) throws(Refusal) {
        let isClosed = handles[handle]?.closeTime != nil
        let isContested = !closes(of: handle).allSatisfy { $0.number == operation.number }
        let allowed: [ModelResult] = isClosed ? [.failed(.badHandle)] : isContested ? [.count(0), .failed(.badHandle)] : [.count(0)]
        try expect(result, allowed, of: operation, isClosed ? "close.again" : "close.cancels")
        guard case .count = result else { return }
        for (number, other) in operations where number < operation.number && other.handles.contains(handle) {
            // Of two closes that were held back either can be the first.
            if case .close = other.operation { continue }
            // What fails whatever the state of its handle is none of the handle's operations, also while a chain holds it back.
            if !other.mistakes.isEmpty || other.isSecondConnect { continue }
            // Nor is what may be wrong for this file, and was held back, or is refused for its other handle.
            if mayHaveBeenMistaken(other) || other.handles.contains(where: { $0 != handle && isBeingClosed($0) }) { continue }
            throw refusal("close.cancels", of: operation, allowed: "no completion before that of operation \(number)", result)
        }
    }

    /// Whether something may have been wrong with an operation that was held back; of files in too many states that is not known.
    private func mayHaveBeenMistaken(_ operation: ModelOperation) -> Bool {
        if !operation.earlyMistakes.isEmpty { return true }
        let isAboutFile = operation.handles.contains { handles[$0]?.isOpened == true }
        return worlds.isLost && isAboutFile && (!operation.startedAtOnce || operation.mayFindClosed)
    }

    private func isBeingClosed(_ handle: Int) -> Bool { handles[handle]?.closeTime != nil || !closes(of: handle).isEmpty }

    /// What the end of an operation means for handles.
    mutating func noteEnd(of operation: ModelOperation, _ result: ModelResult) {
        switch (operation.operation, result) {
        case (.close(let handle), .count):
            oweReset(closing: handle.index)
            handles[handle.index]?.closeTime = times.now
            blurByClose(of: handle.index)
            locks.close(handle.index)
            worlds.forEach { $0.tree.opened[handle.index] = nil }
            worlds.join()
        case (.open(_, _, let options, let made), .count): handles[made.index] = ModelHandle(.opened(options))
        case (.shutDown(let handle, let direction), .count): noteShutDown(of: handle.index, direction)
        default: break
        }
        locks.noteEnd(of: operation, result)
    }
}
