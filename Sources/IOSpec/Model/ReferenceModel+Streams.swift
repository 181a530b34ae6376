// Judging what is done with streams and pipes.

extension ReferenceModel {
    mutating func judgeStream(_ operation: ModelOperation, _ observation: Observation, _ result: ModelResult) throws(Refusal) {
        if case .status(let handle) = operation.operation { return try judgeStatus(operation, observation, result, handle.index) }
        if case .messages(let end) = handles[operation.handles[0]]?.thing { return try judgeMessage(operation, observation, result, end) }
        if case .passHandles = operation.operation { return }
        if case .receiveHandles = operation.operation { return }
        if case .sendMessage(let handle, _, .some) = operation.operation { return try judgeAddressed(operation, result, handle.index) }
        if operation.operation.streamCount == 0 {
            return try expect(result, [.count(0)], of: operation, "result.zero-length")
        }
        if case .splice(let source, let target, let count, _) = operation.operation {
            return try judgeSplice(operation, result, from: source, to: target, count: count)
        }
        if case .listener(let place) = handles[operation.handles[0]]?.thing, case .accept(_, let made) = operation.operation {
            return try judgeAccept(operation, result, place, makes: made.index)
        }
        if case .stream(let end) = handles[operation.handles[0]]?.thing {
            if case .connect(_, let address) = operation.operation { return try judgeConnect(operation, result, end, address) }
            if try judgeConnection(operation, result, end) { return }
        }
        switch operation.operation {
        case .receive(let handle, let count, _): try judgeReceive(operation, observation, result, handle.index, count, isExact: false)
        case .receiveExactly(let handle, let count): try judgeReceive(operation, observation, result, handle.index, count, isExact: true)
        case .send(let handle, let payload, _), .sendZeroCopy(let handle, let payload):
            try judgeSend(operation, result, handle.index, payload)
        case .receiveMessage(let handle, let room):
            try judgeReceive(operation, observation, result, handle.index, room, isExact: false)
        case .sendMessage(let handle, let payload, _):
            try judgeSend(operation, result, handle.index, payload)
        case .shutDown: try expect(result, [.count(0)], of: operation, "stream.half-close")
        default: break
        }
    }

    /// A stream has one peer and takes no address; when it has none, or has lost it, either may be said.
    private func judgeAddressed(_ operation: ModelOperation, _ result: ModelResult, _ handle: Int) throws(Refusal) {
        var allowed: [ModelResult] = [.failed(.invalidArgument)]
        if case .stream(let end) = handles[handle]?.thing {
            switch streams.ends[end].connection {
            case .connected:
                if streams.ends[end].isUnclear || mayBeReset(end) { allowed += [.failed(.connectionReset), .failed(.brokenPipe)] }
            case .unconnected, .abandoned: allowed.append(.failed(.notConnected))
            }
        }
        try expect(result, allowed, of: operation, "message.address")
    }

    /// Of what is no file, a status tells no more than the kind.
    private func judgeStatus(_ operation: ModelOperation, _ observation: Observation, _ result: ModelResult, _ handle: Int) throws(Refusal)
    {
        try expect(result, [.count(0)], of: operation, "file.status")
        var kind = FileStatus.Kind.socket
        if case .pipe = handles[handle]?.thing { kind = .pipe }
        if observation.status?.kind == kind { return }
        throw Refusal(
            "file.status", allowed: "operation \(operation.number): the kind of what it is",
            seen: observation.words(of: operation.operation, result))
    }

    /// Judges what a stream says that is not connected, or was reset; whether that was it.
    mutating func judgeConnection(_ operation: ModelOperation, _ result: ModelResult, _ end: Int) throws(Refusal) -> Bool {
        if streams.ends[end].isUnclear { return true }
        // Whoever is not waited for by a transfer need not have been connected when that began.
        if result == .failed(.notConnected), let start = operation.start, start <= streams.ends[end].connectTime ?? -1 { return true }
        guard case .connected(let sending, _) = streams.ends[end].connection else {
            try expect(result, [.failed(.notConnected)], of: operation, "stream.not-connected")
            return true
        }
        if let time = streams.ends[end].resetTime, let start = operation.start, time < start {
            try expect(result, [.failed(.connectionReset)], of: operation, "stream.reset-sticky")
            return true
        }
        if case .shutDown = operation.operation, result == .failed(.notConnected) {
            // Of a connection of the network nothing may be left to shut down.
            return !streams.channels[sending].isImmediate
        }
        guard result == .failed(.connectionReset) else { return false }
        try judgeReset(operation, result, end)
        return true
    }

    private mutating func judgeReset(_ operation: ModelOperation, _ result: ModelResult, _ end: Int) throws(Refusal) {
        guard case .connected(let sending, _) = streams.ends[end].connection else { return }
        if !mayBeReset(end) {
            throw refusal(
                "stream.conservation", of: operation, allowed: "no reset, since the peer has not closed with something unread", result)
        }
        try checkNothingMoved(operation, result, sending)
        streams.ends[end].resetTime = times.now
    }

    /// Whether a stream can have been reset: its peer has closed and left something unread, or, over the network, something came for a half that was shut down.
    func mayBeReset(_ end: Int) -> Bool {
        guard case .connected(let sending, let receiving) = streams.ends[end].connection else { return false }
        if streams.ends[end].resetTime != nil { return true }
        let channel = streams.channels[sending]
        let isGone = mayBeGone(channel.reader)
        if channel.isImmediate { return isGone && (channel.isUnknown || streams.mostUnread(of: sending) > 0) }
        return isGone || mayBeShutForReceiving(channel) || mayBeShutForReceiving(streams.channels[receiving])
    }

    // MARK: Sending

    private mutating func judgeSend(
        _ operation: ModelOperation, _ result: ModelResult, _ handle: Int, _ payload: Payload
    ) throws(Refusal) {
        guard let place = streams.sendingChannel(of: handles[handle]?.thing) else { return }
        let channel = streams.channels[place]
        if channel.isUnknown { return }
        switch result {
        case .failed(.brokenPipe) where mayBreak(channel): try checkNothingMoved(operation, result, place)
        case .count(let count):
            try judgeSent(operation, result, channel, count, payload)
            streams.channels[place].finishSend(of: [ModelPiece(payload, count: count)])
        default:
            throw refusal("stream.full-send", of: operation, allowed: "\(payload.count)", result)
        }
    }

    private func judgeSent(
        _ operation: ModelOperation, _ result: ModelResult, _ channel: ModelChannel, _ count: Int, _ payload: Payload
    ) throws(Refusal) {
        let start = operation.start ?? 0
        let isShut = channel.sendingEnd.map { $0 < start } ?? false
        if isShut || channel.isImmediate && isGone(channel.reader, before: start) {
            throw refusal("stream.broken-pipe", of: operation, allowed: "brokenPipe", result)
        }
        if count < channel.receivedOfCurrent || channel.isAtEnd && count != channel.receivedOfCurrent {
            let allowed = "\(channel.receivedOfCurrent), since that many bytes were received"
            throw refusal("result.moved-is-reported", of: operation, allowed: allowed, result)
        }
        let mayBeShort = operation.mayBeCutShort || mayBreak(channel)
        if count == 0 || count > payload.count || count < payload.count && !mayBeShort {
            throw refusal("stream.full-send", of: operation, allowed: "\(payload.count)", result)
        }
    }

    /// Whether a send can meet a peer that does not read any more, or a half that was shut down.
    func mayBreak(_ channel: ModelChannel) -> Bool {
        mayBeGone(channel.reader) || channel.sendingEnd != nil || channel.receivingEnd != nil || isShuttingDown(channel.writer, .sending)
            || isShuttingDown(channel.reader, .receiving)
    }

    /// What says that it moved nothing has moved nothing.
    func checkNothingMoved(_ operation: ModelOperation, _ result: ModelResult, _ place: Int) throws(Refusal) {
        guard !streams.channels[place].isUnknown, streams.channels[place].current?.number == operation.number else { return }
        let moved = streams.channels[place].receivedOfCurrent
        if moved > 0 {
            let allowed = "at least \(moved), since that many bytes were received"
            throw refusal("result.moved-is-reported", of: operation, allowed: allowed, result)
        }
    }

    // MARK: Receiving

    private mutating func judgeReceive(
        _ operation: ModelOperation, _ observation: Observation, _ result: ModelResult, _ handle: Int, _ requested: Int, isExact: Bool
    ) throws(Refusal) {
        guard let place = streams.receivingChannel(of: handles[handle]?.thing) else { return }
        let channel = streams.channels[place]
        if channel.isUnknown { return }
        guard case .count(let count) = result else {
            throw refusal("stream.receive-some", of: operation, allowed: "bytes, or 0 at the end", result)
        }
        if count == 0 { return try judgeEnd(operation, result, place) }
        if count > requested || count != observation.bytes.count {
            throw refusal("stream.receive-some", of: operation, allowed: "at most \(requested) bytes", result)
        }
        if channel.isAtEnd { throw refusal("stream.receive-some", of: operation, allowed: "0, as before", result) }
        let most = streams.mostUnread(of: place)
        if count > most || !streams.continues(place, with: observation.bytes) {
            let allowed = "the next of the \(most) bytes that were sent and not received"
            throw refusal("stream.conservation", of: operation, allowed: allowed, result)
        }
        streams.channels[place].receive(count, at: times.now)
        let isCutShort = operation.mayBeCutShort || mayHaveEnded(channel) && streams.channels[place].leastUnread == 0
        if isExact, count < requested, !isCutShort, !mayBeShutForReceiving(channel) {
            throw refusal("stream.receive-exactly", of: operation, allowed: "\(requested)", result)
        }
    }

    mutating func judgeEnd(_ operation: ModelOperation, _ result: ModelResult, _ place: Int) throws(Refusal) {
        let channel = streams.channels[place]
        if mayBeShutForReceiving(channel) { return }
        if let clause = clauseOfOwedReset(channel.reader) { throw refusal(clause, of: operation, allowed: "connectionReset", result) }
        if !mayHaveEnded(channel) {
            throw refusal("stream.receive-some", of: operation, allowed: "at least one byte, since the stream goes on", result)
        }
        if channel.leastUnread > 0 {
            let allowed = "the \(channel.leastUnread) bytes that were sent and not received"
            throw refusal("stream.conservation", of: operation, allowed: allowed, result)
        }
        streams.channels[place].isAtEnd = true
    }

    func mayHaveEnded(_ channel: ModelChannel) -> Bool {
        channel.sendingEnd != nil || mayBeGone(channel.writer) || isShuttingDown(channel.writer, .sending)
    }

    func mayBeShutForReceiving(_ channel: ModelChannel) -> Bool {
        channel.receivingEnd != nil || isShuttingDown(channel.reader, .receiving)
    }
}
