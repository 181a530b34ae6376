// When operations may start: chains, barriers, and the order in the halves of handles.

extension ReferenceModel {
    /// Why an operation must not have completed yet; nil when it may.
    private func clauseAgainstStarting(_ operation: ModelOperation) -> String? {
        clauseOfRow(operation) ?? clauseOfPlaces(operation)
    }

    /// The same as far as chains and barriers go.
    private func clauseOfRow(_ operation: ModelOperation) -> String? {
        if let predecessor = operation.predecessor, operations[predecessor] != nil { return "chain.order" }
        for (number, other) in operations where number < operation.number {
            if operation.isBarrier { return "barrier.waits" }
            if other.isBarrier { return "barrier.not-overtaken" }
        }
        return nil
    }

    /// Whether its chain or a barrier keeps an operation from starting.
    func isHeldBackByRow(_ operation: ModelOperation) -> Bool { clauseOfRow(operation) != nil }

    /// The same as far as the order in a half of a handle goes.
    private func clauseOfPlaces(_ operation: ModelOperation) -> String? {
        for (number, other) in operations where number < operation.number {
            if other.places.contains(where: operation.places.contains) { return clauseOfPlace(operation.operation) }
        }
        return nil
    }

    private func clauseOfPlace(_ operation: SymbolicOperation) -> String {
        switch operation {
        case .lock, .unlock: "lock.mode"
        case .sendMessage, .receiveMessage, .passHandles, .receiveHandles: "message.order"
        case .accept, .acceptMultishot: "stream.accept"
        case .splice: "splice.order"
        default: "stream.order"
        }
    }

    /// Lets everything start that nothing holds back any more.
    mutating func startWhatMay() {
        for number in operations.keys.sorted() {
            guard let operation = operations[number], operation.start == nil, !operation.isBroken else { continue }
            if clauseAgainstStarting(operation) != nil { continue }
            times.start(number)
            operations[number]?.start = times.now
            if isJudgedByWorlds(operation) { worlds.forEach { $0.start(operation) } }
            startTransfer(operation)
        }
    }

    func checkOrder(of operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        if operation.isBroken {
            throw refusal("chain.breaks", of: operation, allowed: "cancelled, since the chain broke before it", result)
        }
        // What is wrong from the start takes no place in the order of its handle.
        let isMistake = if case .failed(let cause) = result { operation.earlyMistakes.contains(cause) } else { false }
        guard let clause = clauseOfRow(operation) ?? (isMistake ? nil : clauseOfPlaces(operation)) else { return }
        throw refusal(clause, of: operation, allowed: "no completion before that of what it waits for", result)
    }

    /// Takes an operation out that is over, and lets go on what waited for it.
    mutating func finish(_ operation: ModelOperation, _ result: ModelResult, _ observation: Observation, endsEarly: Bool) {
        operations[operation.number] = nil
        streams.forgetCurrent(operation.number)
        if !endsEarly { noteEnd(of: operation, result) } else { locks.noteEnd(of: operation, result) }
        noteEnding(of: operation, result, observation)
        let isInFull = succeededInFull(operation, result)
        for (number, other) in operations where other.predecessor == operation.number {
            operations[number]?.predecessor = nil
            if !isInFull { operations[number]?.isBroken = true }
        }
        startWhatMay()
        forgetFiles()
    }

    /// Checks that a chain broke where a later member has said that it did.
    func checkBreak(at operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        if !operation.mustBreakChain || !succeededInFull(operation, result) { return }
        throw refusal("chain.breaks", of: operation, allowed: "an error or a short count, since what follows was cancelled", result)
    }

    private func succeededInFull(_ operation: ModelOperation, _ result: ModelResult) -> Bool {
        guard case .count(let count) = result else { return false }
        // Of a message over a stream less than all can have been sent.
        if case .sendMessage(_, let payload, _) = operation.operation { return count >= payload.count }
        return operation.operation.requestedCount.map { count >= $0 } ?? true
    }

    /// With nothing under way, what was replaced cannot be read any more.
    private mutating func forgetFiles() {
        if !operations.isEmpty { return }
        let times = times
        worlds.forEach { $0.tree.forgetUnreachable(times) }
        worlds.join()
    }

    // MARK: Timers

    /// A timer that fires is never late, but never before one that was submitted earlier for an earlier instant.
    func judgeTimer(_ operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        try expect(result, [.count(0)], of: operation, "time.never-early")
        // One that was asked to end does so then, with its result if it is due.
        guard case .timer(let microseconds) = operation.operation, operation.startedAtOnce, !operation.mayBeCutShort else { return }
        for (number, other) in operations where number < operation.number && other.startedAtOnce && !other.mayBeCutShort {
            guard case .timer(let earlier) = other.operation, earlier <= microseconds else { continue }
            throw refusal("time.order", of: operation, allowed: "no completion before that of the earlier timer \(number)", result)
        }
    }
}
