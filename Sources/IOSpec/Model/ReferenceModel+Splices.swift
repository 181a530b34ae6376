// Judging splices.

extension ReferenceModel {
    /// Where a splice takes from or puts to.
    private enum SpliceEnd {
        case channel(Int)
        case file
        /// A stream that is not connected, or of which it is not known with whom.
        case nowhere(isUnclear: Bool)
    }

    private func end(_ handle: Symbol, receives: Bool) -> SpliceEnd {
        let thing = handles[handle.index]?.thing
        if case .opened = thing { return .file }
        let isUnclear = if case .stream(let end) = thing { streams.ends[end].isUnclear } else { false }
        let place = receives ? streams.receivingChannel(of: thing) : streams.sendingChannel(of: thing)
        guard let place, !isUnclear else { return .nowhere(isUnclear: isUnclear) }
        return .channel(place)
    }

    /// What a splice moves can arrive from now on.
    mutating func startSplice(_ operation: ModelOperation, from source: Symbol, to target: Symbol, count: Int) {
        if count == 0 || isWithinOnePipe(source, target) { return }
        if case .file = end(target, receives: false) { blurFile(target.index) }
        guard case .channel(let place) = end(target, receives: false), !streams.channels[place].isUnknown else { return }
        switch end(source, receives: true) {
        case .channel(let from):
            streams.channels[place].current = ModelChannel.Current(number: operation.number, count: count, source: .channel(from))
        case .file: streams.channels[place].current = ModelChannel.Current(number: operation.number, count: count, source: .file)
        case .nowhere(true): streams.channels[place].isUnknown = true
        case .nowhere(false): break
        }
    }

    /// A splice that is held back while one of its handles is being closed may have been refused already, and takes no place in the order of the other one
    /// then: what goes through that is not followed any more.
    mutating func blurSpliceUnderClose(_ number: Int) {
        guard let operation = operations[number], case .splice(let source, let target, _, _) = operation.operation else { return }
        guard operation.mayFindClosed, !operation.places.isEmpty, isHeldBackByRow(operation) else { return }
        operations[number]?.places = []
        operations[number]?.mayHavePlaces = true
        for handle in [source, target] {
            let thing = handles[handle.index]?.thing
            for place in [streams.receivingChannel(of: thing), streams.sendingChannel(of: thing)].compactMap({ $0 }) {
                streams.channels[place].isUnknown = true
            }
            if case .stream(let end) = thing { streams.ends[end].isUnclear = true }
        }
    }

    private func isWithinOnePipe(_ source: Symbol, _ target: Symbol) -> Bool {
        guard let first = handles[source.index]?.thing, let second = handles[target.index]?.thing else { return false }
        return first.isSamePipe(as: second)
    }

    /// What is spliced into a file is not followed there.
    private mutating func blurFile(_ handle: Int) {
        worlds.forEach { world in
            if let node = world.tree.opened[handle] { world.tree.nodes[node]?.contents.isUnknown = true }
        }
        worlds.join()
    }

    mutating func judgeSplice(
        _ operation: ModelOperation, _ result: ModelResult, from source: Symbol, to target: Symbol, count requested: Int
    ) throws(Refusal) {
        // That both are ends of one pipe only the system finds, when it is the splice's turn.
        if isWithinOnePipe(source, target) { return try expect(result, [.failed(.invalidArgument)], of: operation, "splice.refused") }
        let ends = (end(source, receives: true), end(target, receives: false))
        if try judgeSpliceWithout(operation, result, ends) { return }
        guard case .count(let count) = result else { return try judgeFailedSplice(operation, result, source, target, ends) }
        if count > requested {
            throw refusal("splice.moves", of: operation, allowed: "at most \(requested)", result)
        }
        if count == 0 { return try judgeEmptySplice(operation, result, ends.0) }
        try judgeMoved(operation, result, ends, count)
        moveSpliced(count, ends)
    }

    /// What is not connected cannot be spliced, and what is not known cannot be judged.
    private mutating func judgeSpliceWithout(
        _ operation: ModelOperation, _ result: ModelResult, _ ends: (SpliceEnd, SpliceEnd)
    ) throws(Refusal) -> Bool {
        var isUnknown = false
        for end in [ends.0, ends.1] {
            if case .nowhere(let isUnclear) = end {
                if !isUnclear {
                    try expect(result, [.failed(.notConnected)], of: operation, "stream.not-connected")
                    return true
                }
                isUnknown = true
            }
            if case .channel(let place) = end, streams.channels[place].isUnknown { isUnknown = true }
        }
        if !isUnknown { return false }
        for end in [ends.0, ends.1] {
            if case .channel(let place) = end { streams.channels[place].isUnknown = true }
        }
        return true
    }

    private func judgeFailedSplice(
        _ operation: ModelOperation, _ result: ModelResult, _ source: Symbol, _ target: Symbol, _ ends: (SpliceEnd, SpliceEnd)
    ) throws(Refusal) {
        if case .failed(.wrongKind) = result, mayBeDirectory(source.index) || mayBeDirectory(target.index) { return }
        var allowed: [ModelResult] = []
        if case .channel(let place) = ends.1 {
            let channel = streams.channels[place]
            if mayBreak(channel) { allowed += [.failed(.brokenPipe), .failed(.connectionReset)] }
            try checkNothingMoved(operation, result, place)
        }
        for handle in [source, target] {
            guard case .stream(let end) = handles[handle.index]?.thing, mayBeReset(end) else { continue }
            allowed += [.failed(.connectionReset), .failed(.brokenPipe)]
        }
        try expect(result, allowed, of: operation, "splice.moves")
    }

    func mayBeDirectory(_ handle: Int) -> Bool {
        worlds.isLost || worlds.all.contains { world in world.tree.opened[handle].flatMap { world.tree.nodes[$0]?.isDirectory } == true }
    }

    func isSurelyDirectory(_ handle: Int) -> Bool {
        !worlds.isLost
            && worlds.all.allSatisfy { world in world.tree.opened[handle].flatMap { world.tree.nodes[$0]?.isDirectory } == true }
    }

    private mutating func judgeEmptySplice(_ operation: ModelOperation, _ result: ModelResult, _ source: SpliceEnd) throws(Refusal) {
        guard case .channel(let place) = source else { return }
        try judgeEnd(operation, result, place)
    }

    private func judgeMoved(
        _ operation: ModelOperation, _ result: ModelResult, _ ends: (SpliceEnd, SpliceEnd), _ count: Int
    ) throws(Refusal) {
        if case .channel(let place) = ends.0, count > streams.mostUnread(of: place) {
            let allowed = "at most the \(streams.mostUnread(of: place)) bytes that were sent and not received"
            throw refusal("splice.conserves", of: operation, allowed: allowed, result)
        }
        if case .file = ends.0, let rest = restOfFile(operation), count > rest {
            throw refusal("splice.moves", of: operation, allowed: "at most the \(rest) bytes that the file has there", result)
        }
        guard case .channel(let place) = ends.1 else { return }
        let channel = streams.channels[place]
        if count < channel.receivedOfCurrent || channel.isAtEnd && count != channel.receivedOfCurrent {
            throw refusal("splice.conserves", of: operation, allowed: "\(channel.receivedOfCurrent), which were received", result)
        }
        let isShut = channel.sendingEnd.map { $0 < operation.start ?? 0 } ?? false
        if isShut || channel.isImmediate && isGone(channel.reader, before: operation.start ?? 0) {
            throw refusal("splice.broken", of: operation, allowed: "brokenPipe", result)
        }
    }

    /// The bytes that a file has from where a splice begins; nil when that may have changed meanwhile.
    private func restOfFile(_ operation: ModelOperation) -> Int? {
        guard case .splice(let source, let target, _, let offset) = operation.operation, !worlds.isLost else { return nil }
        // Its own beginning was noted as a change, too.
        guard let start = operation.start, fileChange <= start, handles[target.index]?.isOpened != true else { return nil }
        if operations.values.contains(where: { $0.number != operation.number && $0.operation.mayChangeContents }) { return nil }
        var largest: Int64 = 0
        for world in worlds.all {
            guard let node = world.tree.opened[source.index].flatMap({ world.tree.nodes[$0] }), !node.contents.isUnknown else { return nil }
            largest = max(largest, node.contents.size)
        }
        return Int(max(0, largest - offset))
    }

    private mutating func moveSpliced(_ count: Int, _ ends: (SpliceEnd, SpliceEnd)) {
        var pieces = [ModelPiece(nil, count: count)]
        if case .channel(let place) = ends.0 {
            pieces = streams.pieces(of: place, from: streams.channels[place].receivedCount, count: count)
            streams.channels[place].receive(count, at: times.now)
        }
        if case .channel(let place) = ends.1 { streams.channels[place].finishSend(of: pieces) }
    }

    // MARK: Waiting

    func clauseAgainstWaitingSplice(from source: Symbol, to target: Symbol) -> String? {
        if isWithinOnePipe(source, target) { return "splice.refused" }
        let ends = (end(source, receives: true), end(target, receives: false))
        guard case .channel(let from) = ends.0 else {
            if case .nowhere(false) = ends.0 { return "stream.not-connected" }
            return nil
        }
        let channel = streams.channels[from]
        if channel.isUnknown { return nil }
        let hasEnded = channel.sendingEnd != nil || channel.writer.map { handles[$0]?.closeTime != nil } ?? false
        switch ends.1 {
        case .file: return channel.leastUnread > 0 || hasEnded ? "splice.waits" : nil
        case .nowhere(let isUnclear): return isUnclear ? nil : "stream.not-connected"
        case .channel(let place):
            let to = streams.channels[place]
            if to.isUnknown || to.receivedCount < to.sentCount { return nil }
            return channel.leastUnread > 0 || hasEnded ? "splice.waits" : nil
        }
    }
}
