// Judging operations with several completions.

extension ReferenceModel {
    /// The program gives back all buffers of a pool that it has.
    public mutating func giveBack(_ pool: Symbol) { pools[pool.index]?.giveBack() }

    // MARK: Shots

    /// Judges a completion with more to follow.
    mutating func judgeShot(_ operation: ModelOperation, _ observation: Observation, _ result: ModelResult) throws(Refusal) {
        guard operation.operation.isMultishot, case .count = result else {
            throw refusal("multishot.ends", of: operation, allowed: "no more to follow", result)
        }
        try checkOrder(of: operation, result)
        if !operation.mistakes.isEmpty { return try judgeMistake(operation, result) }
        switch operation.operation {
        case .receiveMultishot(let handle, let pool): try judgeReceived(operation, observation, result, handle.index, pool.index)
        case .acceptMultishot:
            guard case .listener(let place) = handles[operation.handles[0]]?.thing else { return }
            try judgeAccept(operation, result, place, makes: operation.symbolOfNextShot)
        case .readinessMultishot(_, let asked): try judgeNews(operation, result, asked)
        default: break
        }
        operations[operation.number]?.shotCount += 1
    }

    private mutating func judgeReceived(
        _ operation: ModelOperation, _ observation: Observation, _ result: ModelResult, _ handle: Int, _ pool: Int
    ) throws(Refusal) {
        let size = pools[pool]?.size ?? 0
        guard let buffer = observation.buffer, pools[pool]?.take(buffer) == true, (1...size).contains(observation.bytes.count) else {
            let allowed = "a buffer of the pool that the program does not have, with 1 to \(size) bytes"
            throw refusal("multishot.receive", of: operation, allowed: allowed, result)
        }
        if case .stream(let end) = handles[handle]?.thing, try judgeConnection(operation, result, end) { return }
        guard let place = streams.receivingChannel(of: handles[handle]?.thing), !streams.channels[place].isUnknown else { return }
        if streams.channels[place].isAtEnd { throw refusal("multishot.receive", of: operation, allowed: "0, as before", result) }
        let most = streams.mostUnread(of: place)
        if observation.bytes.count > most || !streams.continues(place, with: observation.bytes) {
            let allowed = "the next of the \(most) bytes that were sent and not received"
            throw refusal("multishot.receive", of: operation, allowed: allowed, result)
        }
        streams.channels[place].receive(observation.bytes.count, at: times.now)
    }

    // MARK: The last completion

    /// Judges how an operation ends that nobody has asked to end.
    mutating func judgeLastShot(_ operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        switch operation.operation {
        case .receiveMultishot(let handle, let pool): try judgeLastReceive(operation, result, handle.index, pool.index)
        case .readinessMultishot(_, let asked) where hasNoEnd(operation, asked):
            try expect(result, [.failed(.unsupported)], of: operation, "readiness.files")
        default: throw refusal("multishot.ends", of: operation, allowed: "to go on, since nothing ended it", result)
        }
    }

    private mutating func judgeLastReceive(_ operation: ModelOperation, _ result: ModelResult, _ handle: Int, _ pool: Int) throws(Refusal) {
        if case .stream(let end) = handles[handle]?.thing, try judgeConnection(operation, result, end) { return }
        guard let place = streams.receivingChannel(of: handles[handle]?.thing), !streams.channels[place].isUnknown else { return }
        switch result {
        case .count(0): try judgeEnd(operation, result, place)
        case .failed(.noBuffers):
            if streams.mostUnread(of: place) == 0 {
                throw refusal("multishot.no-buffers", of: operation, allowed: "to wait, since no bytes do", result)
            }
            if !mayBeWithoutBuffers(operation, pool) {
                throw refusal("multishot.no-buffers", of: operation, allowed: "to use a buffer, since there are some", result)
            }
        default: throw refusal("multishot.ends", of: operation, allowed: "0 at the end of the stream, or noBuffers", result)
        }
    }

    /// Whether the pool can have been empty for an operation; another one may have taken what it has not told yet.
    private func mayBeWithoutBuffers(_ operation: ModelOperation, _ pool: Int) -> Bool {
        if pools[pool]?.mayBeEmpty ?? true { return true }
        return operations.values.contains { other in
            if case .receiveMultishot(_, let shared) = other.operation {
                shared.index == pool && other.number != operation.number
            } else {
                false
            }
        }
    }

    // MARK: Waiting

    /// The clause that a receive into a pool breaks by waiting when nothing more comes by itself; nil when it may wait.
    func clauseAgainstWaitingShot(_ handle: Int, _ pool: ModelPool?) -> String? {
        guard let clause = clauseAgainstWaitingReceive(handle, needing: 1) else { return nil }
        if clause != "completion.fair" { return "multishot.ends" }
        return pool?.isEmpty == true ? "multishot.no-buffers" : "multishot.receive"
    }
}

extension ModelOperation {
    /// The symbol of the connection that is accepted next; one that nobody knows when the history has no name for it.
    fileprivate var symbolOfNextShot: Int {
        guard case .acceptMultishot(_, let made) = operation, shotCount < made.count else { return -(number << 16 + shotCount + 1) }
        return made[shotCount].index
    }
}

extension SymbolicOperation {
    /// Whether it can have several completions.
    public var isMultishot: Bool {
        switch self {
        case .acceptMultishot, .receiveMultishot, .readinessMultishot: true
        default: false
        }
    }
}
