// Judging waits for readiness: what can be told, and what must be.

extension ReferenceModel {
    /// Judges a wait that is told once.
    func judgeReadiness(_ operation: ModelOperation, _ result: ModelResult, _ asked: Readiness) throws(Refusal) {
        if hasNoEnd(operation, asked) { return try expect(result, [.failed(.unsupported)], of: operation, "readiness.files") }
        _ = try checkedTold(operation, result, asked)
    }

    /// Judges one of the times that a lasting wait is told.
    mutating func judgeNews(_ operation: ModelOperation, _ result: ModelResult, _ asked: Readiness) throws(Refusal) {
        if hasNoEnd(operation, asked) { return try expect(result, [.failed(.unsupported)], of: operation, "readiness.files") }
        let told = try checkedTold(operation, result, asked)
        if !told.isDisjoint(with: [.receiving, .failed, .hangUp]) { operations[operation.number]?.owesNews = false }
    }

    /// Whether a wait is for what a file can never be ready for.
    func hasNoEnd(_ operation: ModelOperation, _ asked: Readiness) -> Bool {
        handles[operation.handles[0]]?.isOpened == true && asked.isDisjoint(with: [.receiving, .sending])
    }

    /// The ways in which a handle is said to be ready, each of which it can be.
    private func checkedTold(_ operation: ModelOperation, _ result: ModelResult, _ asked: Readiness) throws(Refusal) -> Readiness {
        let isFile = handles[operation.handles[0]]?.isOpened == true
        guard case .count(let bits) = result, let told = UInt8(exactly: bits).map(Readiness.init(rawValue:)) else {
            throw refusal("readiness.once", of: operation, allowed: "the ways in which the handle is ready", result)
        }
        let isAllowed = isFile ? told == asked.intersection([.receiving, .sending]) : told.isSubset(of: asked.union([.failed, .hangUp]))
        if told.isEmpty || !isAllowed {
            let clause = isFile ? "readiness.files" : "readiness.once"
            throw refusal(clause, of: operation, allowed: "those of the ways asked for in which it is ready", result)
        }
        if told.contains(.receiving), !canHaveBytes(operation) {
            throw refusal(
                "readiness.once", of: operation, allowed: "not ready for receiving, since nothing is there and the stream goes on", result)
        }
        return told
    }

    /// Whether something can have been there to be received, or the end of it, since a wait began; true for what is not followed.
    private func canHaveBytes(_ operation: ModelOperation) -> Bool {
        let thing = handles[operation.handles[0]]?.thing
        guard let place = streams.receivingChannel(of: thing), !streams.channels[place].isUnknown else { return true }
        let channel = streams.channels[place]
        if case .stream(let end) = thing, mayBeReset(end) { return true }
        return channel.isAtEnd || streams.mostUnread(of: place) > 0 || channel.receiveTime >= operation.start ?? 0 || mayHaveEnded(channel)
            || mayBeShutForReceiving(channel)
    }

    // MARK: What must be told

    /// Whether a handle is surely ready in a way asked for, and nobody is about to change that.
    func isSurelyReady(_ operation: ModelOperation, _ asked: Readiness) -> Bool {
        let handle = operation.handles[0]
        guard asked.contains(.receiving), !isBeingReceived(handle, beside: operation.number) else { return false }
        if case .listener(let place) = handles[handle]?.thing {
            return streams.listeners[place].isImmediate && streams.listeners[place].leastWaiting > 0
        }
        guard let place = streams.receivingChannel(of: handles[handle]?.thing), !streams.channels[place].isUnknown else { return false }
        let channel = streams.channels[place]
        let isOver = channel.sendingEnd != nil || channel.writer.map { handles[$0]?.closeTime != nil } ?? false
        return channel.isImmediate && (channel.leastUnread > 0 || isOver)
    }

    private func isBeingReceived(_ handle: Int, beside number: Int) -> Bool {
        let half = ModelPlace(handle: handle, half: .receiving)
        return operations.contains { $0.key != number && $0.value.places.contains(half) }
    }

    /// A lasting wait whose handle has nothing to be received is to tell when there is something again.
    mutating func renewNews() {
        for (number, operation) in operations where !operation.owesNews {
            if !canBeReady(operation.handles[0]) { operations[number]?.owesNews = true }
        }
    }

    /// Whether a handle can be ready for receiving at this moment; true for what is not followed.
    private func canBeReady(_ handle: Int) -> Bool {
        let thing = handles[handle]?.thing
        if case .listener(let place) = thing { return !streams.listeners[place].isImmediate || streams.listeners[place].mostWaiting > 0 }
        guard let place = streams.receivingChannel(of: thing), !streams.channels[place].isUnknown else { return true }
        let channel = streams.channels[place]
        if case .stream(let end) = thing, mayBeReset(end) { return true }
        return !channel.isSurelyEmpty || mayHaveEnded(channel) || mayBeShutForReceiving(channel)
    }

    /// The clause that a wait breaks by not being over when nothing more comes by itself; nil when it may wait.
    func clauseAgainstWaiting(_ operation: ModelOperation, toBeReady asked: Readiness) -> String? {
        if handles[operation.handles[0]]?.isOpened == true { return "readiness.files" }
        return isSurelyReady(operation, asked) ? "readiness.once" : nil
    }

    /// The clause that a lasting wait breaks by not having told what it must when nothing more comes by itself; nil when it may be silent.
    func clauseAgainstSilence(_ operation: ModelOperation, _ asked: Readiness) -> String? {
        if handles[operation.handles[0]]?.isOpened == true {
            return operation.shotCount == 0 || hasNoEnd(operation, asked) ? "readiness.files" : nil
        }
        return operation.owesNews && isSurelyReady(operation, asked) ? "readiness.multishot" : nil
    }

    /// What was ready when a lasting wait began, and still is, is told before its end; what another operation takes at the same time need not be.
    func checkMayEndLasting(_ operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        if !operation.isReady || operation.shotCount > 0 || operation.isClosedUnder { return }
        if case .readinessMultishot(_, let asked) = operation.operation, asked.contains(.receiving), !isSurelyReady(operation, asked) {
            return
        }
        throw refusal("readiness.ends", of: operation, allowed: "what it was ready for when it began, and then its end", result)
    }
}
