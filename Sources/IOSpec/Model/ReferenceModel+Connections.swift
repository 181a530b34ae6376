// Judging connects and accepts.
//
// In which order connections that wait together are accepted, no clause says. When more than one can have been meant, it is not known which ends belong
// together, and what goes over them is not judged.

extension ReferenceModel {
    // MARK: Connecting

    /// Whether `operation` is a connect of a stream that another one is under way for, or may be connected already.
    func isConnecting(_ operation: SymbolicOperation) -> Bool {
        guard case .connect(let handle, _) = operation else { return false }
        if case .stream(let end) = handles[handle.index]?.thing, streams.ends[end].isUnclear { return true }
        if case .messages(let end) = handles[handle.index]?.thing, streams.messageEnds[end].isUnclear { return true }
        return operations.values.contains { other in
            guard case .connect(handle, _) = other.operation else { return false }
            return other.mistakes.isEmpty
        }
    }

    /// A connect can be accepted from now on, before it has completed.
    mutating func startConnect(_ operation: ModelOperation, _ end: Int, _ address: Symbol) {
        guard operation.mistakes.isEmpty, case .unconnected = streams.ends[end].connection else { return }
        guard case .listener(let place) = handles[address.index]?.thing else { return }
        let client = streams.ends[end]
        let isImmediate = client.family == .local || client.family == .localAbstract
        let first = streams.channels.count
        streams.channels.append(ModelChannel(from: client.handle, to: nil, isImmediate: isImmediate))
        streams.channels.append(ModelChannel(from: nil, to: client.handle, isImmediate: isImmediate))
        streams.listeners[place].candidates.append(
            ModelListener.Candidate(client: end, number: operation.number, channelToServer: first, channelToClient: first + 1))
    }

    mutating func judgeConnect(_ operation: ModelOperation, _ result: ModelResult, _ end: Int, _ address: Symbol) throws(Refusal) {
        if try judgeSecondConnect(operation, result, end) { return }
        guard case .listener(let place) = handles[address.index]?.thing else {
            // Of an address that was made up for this it is known that its name is missing.
            if streams.ends[end].family == .local, !mayHaveAddress(address) {
                return try expect(result, [.failed(.notFound)], of: operation, "stream.connect-outcome")
            }
            if case .failed = result { return }
            throw refusal("stream.connect-outcome", of: operation, allowed: "an error, since nobody listens there", result)
        }
        let listener = streams.listeners[place]
        if case .failed = result, let family = streams.ends[end].family, !family.reaches(listener.family) {
            return dropCandidate(of: operation)
        }
        let isRefusal = result == .failed(.connectionRefused) || result == .failed(.notFound)
        // Over the network a connection that the listener had taken breaks when that closes.
        let isBroken = result == .failed(.connectionReset) && listener.family != .local && listener.family != .localAbstract
        if isGone(listener.handle, before: operation.start ?? 0) {
            if !isRefusal {
                throw refusal("close.refuses-listener", of: operation, allowed: "connectionRefused", result)
            }
        } else if result != .count(0), !(isRefusal || isBroken) || !mayBeGone(listener.handle) {
            throw refusal("stream.connect-outcome", of: operation, allowed: "0", result)
        }
        if result == .count(0) { establish(operation, end, place) } else { dropCandidate(of: operation) }
    }

    private func mayHaveAddress(_ symbol: Symbol) -> Bool {
        guard case .messages(let end) = handles[symbol.index]?.thing else { return false }
        return streams.messageEnds[end].family != nil
    }

    /// Judges the connect of a stream that is connected, or that another connect is about; whether it was that.
    private mutating func judgeSecondConnect(_ operation: ModelOperation, _ result: ModelResult, _ end: Int) throws(Refusal) -> Bool {
        if streams.ends[end].isUnclear {
            if result == .count(0) { connectUnclearly(end) }
            return true
        }
        if operation.isSecondConnect, result == .failed(.alreadyConnected) || result == .failed(.notConnected) {
            dropCandidate(of: operation)
            return true
        }
        switch streams.ends[end].connection {
        case .unconnected: return false
        case .abandoned:
            try expect(result, [.failed(.notConnected), .failed(.alreadyConnected)], of: operation, "stream.connect-cancelled")
        case .connected: try expect(result, [.failed(.alreadyConnected)], of: operation, "stream.connect-again")
        }
        return true
    }

    /// A stream is connected, and it is not known with whom.
    private mutating func connectUnclearly(_ end: Int) {
        streams.ends[end].isUnclear = true
        streams.ends[end].connection = .connected(sending: 0, receiving: 0)
        streams.ends[end].connectTime = times.now
    }

    private mutating func establish(_ operation: ModelOperation, _ end: Int, _ place: Int) {
        streams.ends[end].connectTime = times.now
        // Whether transfers waited for this connect, or for the one before it, is not known.
        if operation.isSecondConnect { streams.ends[end].isUnclear = true }
        let candidates = streams.listeners[place].candidates
        if let index = candidates.firstIndex(where: { $0.number == operation.number }) {
            streams.listeners[place].candidates[index].isEstablished = true
            let candidate = candidates[index]
            streams.ends[end].connection = .connected(sending: candidate.channelToServer, receiving: candidate.channelToClient)
            // What was never accepted goes with its listener.
            if mayBeGone(streams.listeners[place].handle) { streams.ends[end].isUnclear = true }
            return
        }
        guard let early = streams.acceptedEarly.removeValue(forKey: operation.number) else {
            return connectUnclearly(end)
        }
        streams.ends[end].connection = .connected(sending: early.channelToServer, receiving: early.channelToClient)
        if operation.isSecondConnect { blurServer(of: early) }
    }

    /// A connect that failed is not accepted any more. One that was given up half-way may be.
    mutating func dropCandidate(of operation: ModelOperation) {
        for index in streams.listeners.indices {
            streams.listeners[index].candidates.removeAll { $0.number == operation.number }
        }
    }

    /// A connect was given up: the stream is good for nothing but closing, unless it had not begun.
    mutating func abandonConnect(_ operation: ModelOperation) {
        guard case .connect(let handle, _) = operation.operation, case .stream(let end) = handles[handle.index]?.thing else { return }
        guard operation.start != nil, operation.mistakes.isEmpty, case .unconnected = streams.ends[end].connection else { return }
        // Whether one had begun that was held back at first is not known.
        if let early = streams.acceptedEarly.removeValue(forKey: operation.number) { blurServer(of: early) }
        if operation.isSecondConnect || !operation.startedAtOnce { return streams.ends[end].isUnclear = true }
        for index in streams.listeners.indices {
            if streams.listeners[index].candidates.contains(where: { $0.number == operation.number }) { blur(index) }
        }
        // What has surely begun leaves a stream that is good for nothing, whoever has accepted it.
        if operation.hasWaited { streams.ends[end].isUnclear = false }
        streams.ends[end].connection = .abandoned
    }

    private mutating func blurServer(of candidate: ModelListener.Candidate) {
        for index in streams.ends.indices {
            guard case .connected(candidate.channelToClient, _) = streams.ends[index].connection else { continue }
            streams.ends[index].isUnclear = true
        }
    }

    // MARK: Accepting

    mutating func judgeAccept(_ operation: ModelOperation, _ result: ModelResult, _ place: Int, makes symbol: Int) throws(Refusal) {
        try expect(result, [.count(0)], of: operation, "stream.accept")
        let listener = streams.listeners[place]
        if listener.mostWaiting <= 0 {
            throw refusal("stream.accept", of: operation, allowed: "to wait, since nobody has connected", result)
        }
        handles[symbol] = ModelHandle(.stream(streams.ends.count))
        var end = ModelStreamEnd(handle: symbol, family: listener.family, connection: .connected(sending: 0, receiving: 0))
        end.connectTime = times.now
        let isKnown = listener.candidates.count == 1 && isFollowed(listener.candidates[0].client)
        if isKnown {
            let candidate = streams.listeners[place].candidates.removeFirst()
            end.connection = .connected(sending: candidate.channelToClient, receiving: candidate.channelToServer)
            streams.channels[candidate.channelToServer].reader = symbol
            streams.channels[candidate.channelToClient].writer = symbol
            if !candidate.isEstablished { streams.acceptedEarly[candidate.number] = candidate }
        } else {
            end.isUnclear = true
            blur(place)
            streams.listeners[place].acceptedUnknown += 1
        }
        streams.ends.append(end)
    }

    private func isFollowed(_ end: Int) -> Bool {
        if case .abandoned = streams.ends[end].connection { return false }
        return !streams.ends[end].isUnclear
    }

    /// It is not known any more with whom the streams that wait are connected.
    mutating func blur(_ place: Int) {
        for candidate in streams.listeners[place].candidates {
            if case .abandoned = streams.ends[candidate.client].connection, !streams.ends[candidate.client].isUnclear { continue }
            streams.ends[candidate.client].isUnclear = true
        }
    }

    /// What a close makes uncertain: connections that nobody has accepted go with their listener, and one that lends memory to the network breaks.
    mutating func blurByClose(of handle: Int) {
        switch handles[handle]?.thing {
        case .listener(let place): blur(place)
        case .stream(let end):
            guard case .connected(let sending, let receiving) = streams.ends[end].connection, !streams.channels[sending].isImmediate else {
                return
            }
            let isLent = operations.values.contains {
                if case .sendZeroCopy(let sender, _) = $0.operation { sender.index == handle } else { false }
            }
            guard isLent else { return }
            for index in streams.ends.indices {
                guard case .connected(let first, let second) = streams.ends[index].connection else { continue }
                if (first, second) == (sending, receiving) || (second, first) == (sending, receiving) {
                    streams.ends[index].isUnclear = true
                }
            }
        default: break
        }
    }

    // MARK: Waiting

    func clauseAgainstWaitingConnect(_ end: Int, _ address: Symbol) -> String? {
        if streams.ends[end].isUnclear { return nil }
        guard case .unconnected = streams.ends[end].connection else { return "stream.connect-again" }
        guard case .listener(let place) = handles[address.index]?.thing else { return "stream.connect-outcome" }
        let listener = streams.listeners[place]
        if handles[listener.handle]?.closeTime != nil { return "close.refuses-listener" }
        return listener.mostWaiting <= listener.backlog ? "stream.connect-outcome" : nil
    }
}

extension SocketAddress.Family {
    /// Whether there can be a connection between the two.
    fileprivate func reaches(_ other: SocketAddress.Family) -> Bool {
        self == other || isLocal && other.isLocal
    }

    private var isLocal: Bool { self == .local || self == .localAbstract }
}
