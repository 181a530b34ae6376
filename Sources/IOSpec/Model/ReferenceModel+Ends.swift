// Operations that end without having done anything: cancelled, timed out, or closed under.

extension ReferenceModel {
    /// Whether an operation ends with a result that says that it did nothing, and takes it back.
    ///
    /// - Throws: ``Refusal`` when nothing asked for such an end, or when it has done something.
    mutating func endsEarly(_ operation: ModelOperation, with result: ModelResult) throws(Refusal) -> Bool {
        switch result {
        case .failed(.cancelled):
            // Nothing orders the completions of a chain: a member may say that it was cancelled before the one that broke the chain says why.
            if !operation.isCancelled, !operation.isBroken, !operation.isClosedUnder, !demandsBreak(before: operation) {
                throw refusal("completion.no-interrupt", of: operation, allowed: "cancelled only after a cancel or a close", result)
            }
            try checkMayEnd(operation, result, "cancel.result-wins")
        case .failed(.timedOut):
            if !operation.hasDeadline { throw refusal("time.deadline", of: operation, allowed: "timedOut only with a deadline", result) }
            try checkMayEnd(operation, result, "time.result-wins")
        case .failed(.badHandle) where operation.mayFindClosed || operation.mistakes.isEmpty && mayPassClosed(operation): break
        default: return false
        }
        try withdraw(operation, result)
        return true
    }

    /// Notes that the member of a chain before this one must not succeed in full; false when there is none in flight.
    private mutating func demandsBreak(before operation: ModelOperation) -> Bool {
        guard let predecessor = operation.predecessor, operations[predecessor] != nil else { return false }
        operations[predecessor]?.mustBreakChain = true
        return true
    }

    /// The result wins: what never waits, and had nothing to wait for, does not end early.
    private func checkMayEnd(_ operation: ModelOperation, _ result: ModelResult, _ clause: String) throws(Refusal) {
        guard operation.startedAtOnce else { return }
        if neverWaits(operation) { throw refusal(clause, of: operation, allowed: "its result, since it never waits", result) }
        if operation.operation.isMultishot { return try checkMayEndLasting(operation, result) }
        if operation.isReady, !operation.isClosedUnder, !mayHaveLost(operation) {
            throw refusal(clause, of: operation, allowed: "its result, since it could complete without waiting", result)
        }
    }

    private func neverWaits(_ operation: ModelOperation) -> Bool {
        if !operation.mistakes.isEmpty { return true }
        if operation.operation.requestedCount == 0, !operation.operation.usesTwoHandles { return true }
        switch operation.operation {
        case .nop, .close: return true
        default: return false
        }
    }

    /// Takes back an operation that says that it did nothing.
    mutating func withdraw(_ operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        if isJudgedByWorlds(operation), operation.start != nil {
            let number = operation.number
            let isPossible = worlds.keep(changing: [], beside: [], times) { world in
                if world.hasApplied(number) { return [] }
                var world = world
                world.forget(number)
                return [world]
            }
            if !isPossible {
                throw refusal("cancel.result-wins", of: operation, allowed: "its result, since its effect was seen", result)
            }
        }
        try withdrawTransfer(operation, result)
    }

    // MARK: Waiting

    /// The clause that an operation breaks by not having completed when nothing more comes by itself; nil when it may wait.
    func clauseAgainstWaiting(_ operation: ModelOperation) -> String? {
        if operation.isBroken { return "chain.breaks" }
        if let place = namedPipe(of: operation.operation) { return clauseAgainstWaitingOpen(operation, place) }
        if involvesUnknown(operation.operation) { return nil }
        if operation.isCancelled { return lendsToNetwork(operation) ? nil : "cancel.prompt" }
        guard operation.start != nil else { return nil }
        if !operation.mistakes.isEmpty { return "completion.exactly-one" }
        if operation.handles.contains(where: { !closes(of: $0).isEmpty && isRefused($0) }) { return "close.cancels" }
        if waitsForTurn(operation) || waitsForConnect(operation) || mayKeepOrder(operation) { return nil }
        if mayWaitBehindUnknown(operation) { return nil }
        if isJudgedByWorlds(operation) || neverWaits(operation) { return "completion.bounded-progress" }
        switch operation.operation {
        case .timer(let microseconds): return microseconds <= 0 ? "time.past-fires" : nil
        case .lock where passing.hasShared, .unlock where passing.hasShared: return nil
        case .listPiece: return "completion.bounded-progress"
        case .setOption, .option: return "option.set"
        case .lock(let handle, let mode): return mayWaitForLock(operation, handle.index, mode) ? nil : "lock.waits"
        case .unlock: return "lock.released"
        case .readiness(_, let asked): return clauseAgainstWaiting(operation, toBeReady: asked)
        case .readinessMultishot(_, let asked): return clauseAgainstSilence(operation, asked)
        default: return clauseAgainstWaitingTransfer(operation)
        }
    }

    /// Whether a listing may wait for an earlier one of the same handle, or an append for an earlier one, each of which may be held by its chain.
    private func waitsForTurn(_ operation: ModelOperation) -> Bool {
        guard operation.operation.isListing || operation.operation.isAppend else { return false }
        return operations.contains { number, other in
            number < operation.number && other.handles == operation.handles && other.operation.isListing == operation.operation.isListing
                && other.operation.isAppend == operation.operation.isAppend
        }
    }

    /// Whether an operation may wait for an earlier connect of its stream, also one that only fails when its chain lets it.
    func waitsForConnect(_ operation: ModelOperation) -> Bool {
        operations.contains { number, other in
            guard number < operation.number, case .connect(let stream, _) = other.operation else { return false }
            return other.start == nil && operation.handles.contains(stream.index)
        }
    }

    /// Whether an operation may wait for an earlier one of its handles, of which it is not known whether the order of those holds it back: of a connect beside another
    /// one, which may have been over by then, and of what may have been refused.
    private func mayKeepOrder(_ operation: ModelOperation) -> Bool {
        guard operation.isSecondConnect || operation.mayHavePlaces else { return false }
        return operations.contains { $0.key < operation.number && $0.value.handles.contains(where: operation.handles.contains) }
    }

    /// Whether an earlier operation of one of its handles is about something unknown besides, and may keep a place in the order that is not known either.
    func mayWaitBehindUnknown(_ operation: ModelOperation) -> Bool {
        if operation.places.isEmpty { return false }
        return operations.contains { number, other in
            number < operation.number && other.handles.contains(where: operation.handles.contains) && involvesUnknown(other.operation)
        }
    }

    /// Whether the network has the memory of an operation, and gives it back when it likes.
    private func lendsToNetwork(_ operation: ModelOperation) -> Bool {
        guard case .sendZeroCopy(let handle, _) = operation.operation, case .stream(let end) = handles[handle.index]?.thing else {
            return false
        }
        guard let place = streams.sendingChannel(of: .stream(end)) else { return true }
        return !streams.channels[place].isImmediate
    }
}

extension SymbolicOperation {
    fileprivate var isListing: Bool {
        switch self {
        case .list, .listPiece: true
        default: false
        }
    }

    fileprivate var isAppend: Bool {
        if case .append = self { true } else { false }
    }

    fileprivate var usesTwoHandles: Bool { usedHandles.count > 1 }
}
