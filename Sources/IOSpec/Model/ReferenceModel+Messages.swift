// Judging datagrams and packets.

extension ReferenceModel {
    mutating func judgeMessage(_ operation: ModelOperation, _ observation: Observation, _ result: ModelResult, _ end: Int) throws(Refusal) {
        if let time = streams.messageEnds[end].resetTime, let start = operation.start, time < start {
            // An address is what a packet may be refused for first.
            var allowed: [ModelResult] = [.failed(.connectionReset)]
            if hasNeedlessAddress(operation.operation) { allowed.append(.failed(.invalidArgument)) }
            try expect(result, allowed, of: operation, "stream.reset-sticky")
            return try withdrawMessage(operation, result)
        }
        switch operation.operation {
        case .shutDown: try judgeShutDown(operation, result, end)
        case .sendMessage(_, let payload, let receiver): try judgeSend(operation, result, end, payload, receiver)
        case .receiveMessage(_, let room), .receiveHandles(_, let room, _): try judgeReceive(operation, observation, result, end, room)
        case .passHandles(_, let payload, _): try judgeSend(operation, result, end, payload, nil)
        case .connect: streams.messageEnds[end].isUnclear = true
        default: break
        }
    }

    private mutating func judgeShutDown(_ operation: ModelOperation, _ result: ModelResult, _ end: Int) throws(Refusal) {
        let own = streams.messageEnds[end]
        if result == .failed(.connectionReset), mayBeGone(own.peer.map({ streams.messageEnds[$0].handle })) { return }
        try expect(result, [.count(0)], of: operation, "stream.half-close")
    }

    /// Where a message goes: to the peer, or to the address of `receiver`; nil when nobody is there.
    private func target(of end: Int, _ receiver: Symbol?) -> Int? {
        guard let receiver else { return streams.messageEnds[end].peer }
        guard case .messages(let target) = handles[receiver.index]?.thing, streams.messageEnds[target].family != nil else { return nil }
        return target
    }

    /// A message that is being sent can be received from now on.
    mutating func startMessage(_ operation: ModelOperation, _ end: Int, _ payload: Payload, _ receiver: Symbol?) {
        guard operation.mistakes.isEmpty, let target = target(of: end, receiver) else { return }
        streams.messageEnds[target].mailbox.post(payload, by: operation.number, from: end)
    }

    /// Takes back a message that says that it was not sent.
    mutating func withdrawMessage(_ operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        guard let receiver = operation.operation.receiverOfMessage, operation.start != nil, operation.mistakes.isEmpty else { return }
        guard case .messages(let end) = handles[operation.handles[0]]?.thing, let target = target(of: end, receiver) else { return }
        if streams.messageEnds[target].mailbox.withdraw(operation.number, from: end) { return }
        throw refusal("message.whole", of: operation, allowed: "success, since it was received", result)
    }

    /// Whether the message that an operation was to receive may be gone with a refused datagram.
    func mayHaveLost(_ operation: ModelOperation) -> Bool {
        guard operation.operation.receivesMessage, case .messages(let end) = handles[operation.handles[0]]?.thing else { return false }
        let own = streams.messageEnds[end]
        return !own.isPacket && mayBeGone(own.peer.map { streams.messageEnds[$0].handle })
    }

    // MARK: Sending

    private mutating func judgeSend(
        _ operation: ModelOperation, _ result: ModelResult, _ end: Int, _ payload: Payload, _ receiver: Symbol?
    ) throws(Refusal) {
        let own = streams.messageEnds[end]
        let target = target(of: end, receiver)
        guard case .count(let count) = result else {
            let isUnclear = own.isUnclear || target.map { streams.messageEnds[$0].isUnclear } == true
            if case .failed(let cause) = result, !isUnclear, !failures(of: operation, own, target, receiver, payload).contains(cause) {
                throw refusal("message.whole", of: operation, allowed: "\(payload.count)", result)
            }
            if own.isPacket, result == .failed(.connectionReset) { streams.messageEnds[end].resetTime = times.now }
            if !own.isPacket, let peer = own.peer { streams.messageEnds[end].mailbox.mayLose(from: peer) }
            return try withdrawMessage(operation, result)
        }
        if own.isUnclear { return }
        if receiver != nil, own.isPacket {
            throw refusal("message.address", of: operation, allowed: "invalidArgument, since it has one peer", result)
        }
        guard let target else {
            let clause = receiver == nil ? "message.not-connected" : "message.refused"
            throw refusal(clause, of: operation, allowed: "an error, since nobody is there", result)
        }
        try judgeSent(operation, result, count, own, streams.messageEnds[target], payload)
        streams.messageEnds[target].mailbox.confirm(operation.number, from: end)
    }

    private func judgeSent(
        _ operation: ModelOperation, _ result: ModelResult, _ count: Int, _ own: ModelMessageEnd, _ target: ModelMessageEnd,
        _ payload: Payload
    ) throws(Refusal) {
        let start = operation.start ?? 0
        let isShut = own.sendingEnd.map { $0 < start } ?? false
        if isShut || isGone(target.handle, before: start) {
            let clause = own.isPacket ? "stream.broken-pipe" : "message.refused"
            throw refusal(clause, of: operation, allowed: "an error, since nobody can receive it", result)
        }
        if count != payload.count { throw refusal("message.whole", of: operation, allowed: "\(payload.count)", result) }
    }

    private func failures(
        of operation: ModelOperation, _ own: ModelMessageEnd, _ target: Int?, _ receiver: Symbol?, _ payload: Payload
    ) -> [IOError.Cause] {
        var causes: [IOError.Cause] = payload.count > ModelMailbox.surelyCarried ? [.messageTooLong] : []
        if receiver != nil, own.isPacket { causes.append(.invalidArgument) }
        guard let target else {
            // Of an address that was made up for this only that nobody is there is known.
            return causes + (receiver == nil ? [.notConnected] : [.notFound, .connectionRefused, .invalidArgument, .unsupported])
        }
        let other = streams.messageEnds[target]
        if other.family != own.family, receiver != nil { causes.append(.invalidArgument) }
        let mayBreak =
            own.sendingEnd != nil || other.receivingEnd != nil || isShuttingDown(own.handle, .sending)
            || isShuttingDown(other.handle, .receiving)
        if mayBeGone(other.handle) {
            causes += own.isPacket ? [.brokenPipe, .connectionReset] : [.connectionRefused, .notConnected, .connectionReset, .notFound]
        }
        return mayBreak ? causes + [.brokenPipe] : causes
    }

    // MARK: Receiving

    private mutating func judgeReceive(
        _ operation: ModelOperation, _ observation: Observation, _ result: ModelResult, _ end: Int, _ room: Int
    ) throws(Refusal) {
        let own = streams.messageEnds[end]
        if own.isUnclear { return }
        guard case .count(let count) = result else { return try judgeFailedReceive(operation, result, end) }
        if count != observation.bytes.count || count > room {
            throw refusal("message.truncated", of: operation, allowed: "at most \(room) bytes", result)
        }
        let isShut = own.receivingEnd != nil || isShuttingDown(own.handle, .receiving)
        let isTaken = streams.messageEnds[end].mailbox.take(
            observation.bytes, isTruncated: observation.isTruncated, isEnd: observation.isEnd, room: room,
            mayBeEnd: own.isPacket && mayHaveEnded(own), isShut: isShut)
        if isTaken { return try judgeHandles(operation, observation, result, end) }
        if count == 0, !observation.isTruncated, observation.isEnd || !own.mailbox.holdsSent && own.isPacket && mayHaveEnded(own) {
            throw Refusal(
                observation.isEnd ? "message.empty" : "message.end",
                allowed: "operation \(operation.number): the next message of a sender, or the end after the last one",
                seen: observation.isEnd ? "the end" : "an empty message")
        }
        throw refusal("message.whole", of: operation, allowed: "the next message of a sender, whole or cut to \(room) bytes", result)
    }

    private mutating func judgeFailedReceive(_ operation: ModelOperation, _ result: ModelResult, _ end: Int) throws(Refusal) {
        let own = streams.messageEnds[end]
        let isPeerGone = mayBeGone(own.peer.map { streams.messageEnds[$0].handle })
        if isPeerGone, result == .failed(.connectionReset) {
            if own.isPacket { streams.messageEnds[end].resetTime = times.now }
            return
        }
        if !own.isPacket, result == .failed(.connectionRefused), isPeerGone { return }
        throw refusal("message.whole", of: operation, allowed: "a message", result)
    }

    private func mayHaveEnded(_ own: ModelMessageEnd) -> Bool {
        guard let peer = own.peer.map({ streams.messageEnds[$0] }) else { return false }
        return peer.sendingEnd != nil || mayBeGone(peer.handle) || isShuttingDown(peer.handle, .sending)
    }

    // MARK: Waiting

    /// The clause that a message breaks by waiting when nothing more comes by itself; nil when it may wait.
    func clauseAgainstWaitingMessage(_ operation: ModelOperation, _ end: Int) -> String? {
        let own = streams.messageEnds[end]
        if own.isUnclear { return nil }
        switch operation.operation {
        case .receiveMessage, .receiveHandles:
            if own.mailbox.holdsSent { return "completion.fair" }
            if own.receivingEnd != nil { return "stream.shutdown-receiving" }
            return own.isPacket && hasEnded(own) ? "message.end" : nil
        case .sendMessage, .passHandles:
            let receiver = operation.operation.receiverOfMessage ?? nil
            guard let target = target(of: end, receiver).map({ streams.messageEnds[$0] }), !own.isPacket || receiver == nil else {
                return "message.not-connected"
            }
            if target.isUnclear { return nil }
            if own.sendingEnd != nil || handles[target.handle]?.closeTime != nil { return "message.refused" }
            return target.mailbox.canHoldSent ? nil : "message.room"
        case .shutDown: return "stream.half-close"
        default: return nil
        }
    }

    private func hasEnded(_ own: ModelMessageEnd) -> Bool {
        guard let peer = own.peer.map({ streams.messageEnds[$0] }) else { return false }
        return peer.sendingEnd != nil || handles[peer.handle]?.closeTime != nil
    }
}

extension SymbolicOperation {
    /// Whom a message that is sent names; nil when none is sent.
    var receiverOfMessage: Symbol?? {
        switch self {
        case .sendMessage(_, _, let receiver): .some(receiver)
        case .passHandles: .some(nil)
        default: nil
        }
    }

    fileprivate var receivesMessage: Bool {
        switch self {
        case .receiveMessage, .receiveHandles: true
        default: false
        }
    }
}
