// Shutting streams down, giving transfers up, and what may wait.

extension ReferenceModel {
    /// A send that starts may arrive in part from now on.
    mutating func startTransfer(_ operation: ModelOperation) {
        guard operation.mistakes.isEmpty, let first = operation.handles.first else { return }
        if case .messages(let end) = handles[first]?.thing { return startMessage(operation, end) }
        switch operation.operation {
        case .send(let handle, let payload, _), .sendZeroCopy(let handle, let payload), .sendMessage(let handle, let payload, nil):
            guard payload.count > 0, let place = streams.sendingChannel(of: handles[handle.index]?.thing) else { return }
            operations[operation.number]?.isReady =
                !streams.channels[place].isUnknown && streams.channels[place].isSurelyEmpty && payload.count <= ModelChannel.leastCapacity
            streams.channels[place].current = ModelChannel.Current(
                number: operation.number, count: payload.count, source: .payload(payload))
        case .splice(let source, let target, let count, _): startSplice(operation, from: source, to: target, count: count)
        case .receive(let handle, _, _), .receiveMessage(let handle, _): noteReady(operation, handle.index, needing: 1)
        case .receiveExactly(let handle, let count): noteReady(operation, handle.index, needing: count)
        case .connect(_, let address): if case .stream(let end) = handles[first]?.thing { startConnect(operation, end, address) }
        case .readinessMultishot(_, let asked):
            let isReady = isSurelyReady(operation, asked)
            operations[operation.number]?.isReady = isReady
        case .accept: noteReadyAccept(operation, first)
        // What was not accepted by now goes with its listener.
        case .close: blurByClose(of: first)
        default: break
        }
    }

    private mutating func startMessage(_ operation: ModelOperation, _ end: Int) {
        switch operation.operation {
        case .sendMessage(_, let payload, let receiver): startMessage(operation, end, payload, receiver)
        case .passHandles(_, let payload, _): startMessage(operation, end, payload, nil)
        case .receiveMessage, .receiveHandles:
            let own = streams.messageEnds[end]
            operations[operation.number]?.isReady = own.mailbox.holdsSent && !own.isUnclear
        default: break
        }
    }

    private mutating func noteReadyAccept(_ operation: ModelOperation, _ handle: Int) {
        guard case .listener(let place) = handles[handle]?.thing else { return }
        let listener = streams.listeners[place]
        operations[operation.number]?.isReady = listener.isImmediate && listener.leastWaiting > 0
    }

    private mutating func noteReady(_ operation: ModelOperation, _ handle: Int, needing count: Int) {
        guard let place = streams.receivingChannel(of: handles[handle]?.thing) else { return }
        let channel = streams.channels[place]
        operations[operation.number]?.isReady = !channel.isUnknown && channel.isImmediate && channel.leastUnread >= count
    }

    /// Takes back a transfer that says that it moved nothing.
    mutating func withdrawTransfer(_ operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        try withdrawMessage(operation, result)
        abandonConnect(operation)
        guard let handle = operation.handles.last, let place = streams.sendingChannel(of: handles[handle]?.thing) else { return }
        guard streams.channels[place].current?.number == operation.number else { return }
        try checkNothingMoved(operation, result, place)
        streams.channels[place].current = nil
    }

    mutating func noteShutDown(of handle: Int, _ direction: Direction) {
        let thing = handles[handle]?.thing
        if case .messages(let end) = thing {
            if direction != .receiving, streams.messageEnds[end].sendingEnd == nil { streams.messageEnds[end].sendingEnd = times.now }
            if direction != .sending, streams.messageEnds[end].receivingEnd == nil { streams.messageEnds[end].receivingEnd = times.now }
        }
        if direction != .receiving, let place = streams.sendingChannel(of: thing), streams.channels[place].sendingEnd == nil {
            streams.channels[place].sendingEnd = times.now
        }
        if direction != .sending, let place = streams.receivingChannel(of: thing), streams.channels[place].receivingEnd == nil {
            streams.channels[place].receivingEnd = times.now
        }
    }

    /// Whether an operation in flight may be shutting a half down.
    func isShuttingDown(_ handle: Int?, _ half: Direction) -> Bool {
        operations.values.contains { operation in
            guard case .shutDown(let shut, let direction) = operation.operation, operation.start != nil else { return false }
            return shut.index == handle && operation.mistakes.isEmpty && (direction == half || direction == .both)
        }
    }

    // MARK: Waiting

    /// The clause that a transfer breaks by waiting when nothing more comes by itself; nil when it may wait.
    func clauseAgainstWaitingTransfer(_ operation: ModelOperation) -> String? {
        if case .messages(let end) = handles[operation.handles[0]]?.thing { return clauseAgainstWaitingMessage(operation, end) }
        if case .stream(let end) = handles[operation.handles[0]]?.thing {
            if case .connect(_, let address) = operation.operation { return clauseAgainstWaitingConnect(end, address) }
            if streams.ends[end].isUnclear { return nil }
            guard case .connected = streams.ends[end].connection else { return isConnecting(end) ? nil : "stream.not-connected" }
            if streams.ends[end].resetTime != nil { return "stream.reset-sticky" }
        }
        if case .listener(let place) = handles[operation.handles[0]]?.thing {
            if streams.listeners[place].leastWaiting <= 0 { return nil }
            return operation.operation.isMultishot ? "multishot.accept" : "stream.accept"
        }
        switch operation.operation {
        case .splice(let source, let target, _, _): return clauseAgainstWaitingSplice(from: source, to: target)
        case .receive(let handle, _, _), .receiveMessage(let handle, _): return clauseAgainstWaitingReceive(handle.index, needing: 1)
        case .receiveExactly(let handle, let count): return clauseAgainstWaitingReceive(handle.index, needing: count)
        case .receiveMultishot(let handle, let pool): return clauseAgainstWaitingShot(handle.index, pools[pool.index])
        case .sendMessage(_, _, .some): return "message.address"
        case .send(let handle, let payload, _), .sendZeroCopy(let handle, let payload), .sendMessage(let handle, let payload, nil):
            return clauseAgainstWaitingSend(handle.index, payload)
        case .shutDown: return "stream.half-close"
        default: return nil
        }
    }

    private func isConnecting(_ end: Int) -> Bool {
        operations.values.contains { operation in
            if case .connect(let handle, _) = operation.operation { return handle.index == streams.ends[end].handle }
            return false
        }
    }

    func clauseAgainstWaitingReceive(_ handle: Int, needing count: Int) -> String? {
        guard let place = streams.receivingChannel(of: handles[handle]?.thing) else { return nil }
        let channel = streams.channels[place]
        if channel.isUnknown { return nil }
        // What a splice has still to move may be waiting elsewhere.
        let isBeingSent = if case .payload = channel.current?.source { streams.mostUnread(of: place) >= count } else { false }
        if channel.leastUnread >= count || isBeingSent { return "completion.fair" }
        if channel.receivingEnd != nil { return "stream.shutdown-receiving" }
        if let writer = channel.writer, handles[writer]?.closeTime != nil { return "close.ends-stream" }
        return channel.sendingEnd != nil ? "stream.half-close" : nil
    }

    private func clauseAgainstWaitingSend(_ handle: Int, _ payload: Payload) -> String? {
        guard let place = streams.sendingChannel(of: handles[handle]?.thing) else { return nil }
        let channel = streams.channels[place]
        if channel.isUnknown { return nil }
        if let reader = channel.reader, handles[reader]?.closeTime != nil { return "stream.broken-pipe" }
        if channel.sendingEnd != nil { return "stream.broken-pipe" }
        let isEmpty = channel.receivedCount >= channel.sentCount
        return isEmpty && payload.count - channel.receivedOfCurrent <= ModelChannel.leastCapacity ? "stream.full-send" : nil
    }
}
