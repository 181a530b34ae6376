// What is wrong with an operation whatever the state of files and streams.

extension ReferenceModel {
    /// The mistakes of an operation, with one of which it fails; none when it depends on the state.
    ///
    /// - Parameter isLinked: Whether it was submitted together with the one before it, and may have been looked at before a close that comes before it in the chain.
    func mistakes(of operation: SymbolicOperation, isLinked: Bool) -> [IOError.Cause] {
        var mistakes: [IOError.Cause] = []
        for handle in operation.usedHandles {
            if isRefused(handle.index) { mistakes.append(.badHandle) }
        }
        if passesClosed(operation, isLinked: isLinked) { mistakes.append(.badHandle) }
        if involvesUnknown(operation) { return mistakes }
        // Of the two of a splice, the mistakes of either may come before those of the other.
        if case .splice = operation { return mistakes + spliceMistakes(of: operation, isLinked: isLinked) }
        // Of a handle that is not open nothing else is known; of two, the first one's mistakes may come before.
        if let first = operation.usedHandles.first, isRefused(first.index), !isLinked || isClosed(first.index) { return mistakes }
        let things = operation.usedHandles.compactMap { handles[$0.index]?.thing }
        guard let thing = things.first else { return [] }
        if !operation.paths.isEmpty { return mistakes + pathMistakes(of: operation, things) }
        return mistakes + kindMistakes(of: operation, on: thing)
    }

    /// Notes what is wrong with an operation while its file is still open: whether it is looked at when it is submitted or when it starts, no clause says.
    mutating func noteEarlyMistakes(_ number: Int) {
        guard let operation = operations[number], !operation.startedAtOnce || operation.mayFindClosed else { return }
        var mistakes: Set<IOError.Cause> = []
        for world in worlds.all {
            let states = operation.operation.paths.isEmpty ? world.look(operation) : [world.beginning(of: operation)]
            for case .failed(let cause) in states { mistakes.insert(cause) }
        }
        switch operation.operation {
        case .lock, .unlock, .splice: if operation.handles.contains(where: mayBeDirectory) { mistakes.insert(.wrongKind) }
        case .listPiece(let handle, let room):
            if room == 0 { mistakes.insert(.invalidArgument) }
            if !isSurelyDirectory(handle.index) { mistakes.insert(.notDirectory) }
        case .sendMessage: if hasNeedlessAddress(operation.operation) { mistakes.insert(.invalidArgument) }
        default: break
        }
        operations[number]?.earlyMistakes = mistakes
    }

    /// Whether a packet, or what a stream sends, has an address, which is refused at once: nothing behind it has to wait for its turn.
    func hasNeedlessAddress(_ operation: SymbolicOperation) -> Bool {
        guard case .sendMessage(let handle, _, .some) = operation else { return false }
        return switch handles[handle.index]?.thing {
        case .messages(let end): streams.messageEnds[end].isPacket
        case .stream: true
        default: false
        }
    }

    private func pathMistakes(of operation: SymbolicOperation, _ things: [ModelHandle.Thing]) -> [IOError.Cause] {
        var mistakes: [IOError.Cause] = []
        for thing in things {
            if case .opened = thing { continue }
            mistakes.append(.wrongKind)
        }
        for (_, path) in operation.paths { mistakes += Self.mistakes(in: path) }
        if case .symbolicLink(_, _, let target) = operation { mistakes += Self.mistakes(in: target) }
        if case .open(_, _, let options, _) = operation, options.isContradictory { mistakes.append(.invalidArgument) }
        return mistakes
    }

    private static func mistakes(in path: String) -> [IOError.Cause] {
        if path.utf8.count >= Limits.maximumPathLength { return [.nameTooLong] }
        return path.utf8.isEmpty || path.utf8.contains(0) ? [.invalidArgument] : []
    }

    private func kindMistakes(of operation: SymbolicOperation, on thing: ModelHandle.Thing) -> [IOError.Cause] {
        let mistakes = ownMistakes(of: operation, on: thing)
        return operation.hasTooManyPieces ? mistakes + [.invalidArgument] + mistakesOfOpened(operation, on: thing) : mistakes
    }

    /// What is wrong with a transfer from or to what was opened, whatever its pieces are: of several mistakes any one is told.
    private func mistakesOfOpened(_ operation: SymbolicOperation, on thing: ModelHandle.Thing) -> [IOError.Cause] {
        guard case .opened(let options) = thing else { return [] }
        let isAllowed: Bool
        switch operation {
        case .read: isAllowed = options.contains(.reading)
        case .write: isAllowed = options.opensForWriting
        default: return []
        }
        let isDirectory = operation.usedHandles.contains { mayBeDirectory($0.index) }
        return (isDirectory ? [.isDirectory] : []) + (isAllowed ? [] : [.wrongAccess])
    }

    private func ownMistakes(of operation: SymbolicOperation, on thing: ModelHandle.Thing) -> [IOError.Cause] {
        switch operation {
        case .read, .write, .allocate, .punchHole: return isOpened(thing) ? [] : [.notSeekable]
        case .advise: return isOpened(thing) ? [] : [.notSeekable]
        case .setOption(_, let option, let value): return optionMistakes(option, setting: value, on: thing)
        case .option(_, let option): return optionMistakes(option, setting: nil, on: thing)
        case .passHandles: return isStreamOrMessages(thing) ? passingMistakes(on: thing) : [.wrongKind]
        case .append, .truncate, .synchronize, .setPermissions, .setTimes, .lock, .unlock: return isOpened(thing) ? [] : [.wrongKind]
        case .list, .listPiece: return isOpened(thing) ? [] : [.notDirectory]
        case .receive, .receiveExactly: return transferMistakes(on: thing, receives: true)
        case .receiveMultishot(_, let pool):
            return transferMistakes(on: thing, receives: true) + (pools[pool.index] == nil ? [.invalidArgument] : [])
        case .send, .sendZeroCopy: return transferMistakes(on: thing, receives: false)
        case .accept, .acceptMultishot:
            if case .listener = thing { return [] }
            return [.wrongKind]
        case .connect: return isStreamOrMessages(thing) ? connectMistakes(on: thing) : [.wrongKind]
        case .sendMessage, .receiveMessage, .receiveHandles: return isStreamOrMessages(thing) ? [] : [.wrongKind]
        case .shutDown: return canBeShutDown(thing) ? [] : [.wrongKind]
        case .readiness(_, let asked), .readinessMultishot(_, let asked): return asked.isSubset(of: .askable) ? [] : [.invalidArgument]
        default: return []
        }
    }

    private func transferMistakes(on thing: ModelHandle.Thing, receives: Bool) -> [IOError.Cause] {
        switch thing {
        case .stream: []
        case .pipe(_, let isReader): isReader == receives ? [] : [.wrongAccess]
        default: [.wrongKind]
        }
    }

    private func connectMistakes(on thing: ModelHandle.Thing) -> [IOError.Cause] {
        // Both ends of a pair have their peer for good.
        if case .messages(let end) = thing { return streams.messageEnds[end].peer == nil ? [] : [.alreadyConnected] }
        guard case .stream(let end) = thing, !streams.ends[end].isUnclear else { return [] }
        return switch streams.ends[end].connection {
        case .connected: [.alreadyConnected]
        case .abandoned: [.notConnected, .alreadyConnected]
        case .unconnected: []
        }
    }

    private func isOpened(_ thing: ModelHandle.Thing) -> Bool {
        if case .opened = thing { return true }
        return false
    }

    private func isStreamOrMessages(_ thing: ModelHandle.Thing) -> Bool {
        switch thing {
        case .stream, .messages: true
        default: false
        }
    }

    private func canBeShutDown(_ thing: ModelHandle.Thing) -> Bool {
        switch thing {
        case .stream: true
        case .messages(let end): streams.messageEnds[end].isPacket
        default: false
        }
    }

    // MARK: Splicing

    private func spliceMistakes(of operation: SymbolicOperation, isLinked: Bool) -> [IOError.Cause] {
        guard case .splice(let source, let target, _, let offset) = operation else { return [] }
        let known = [source, target].map { handle in
            isRefused(handle.index) && (!isLinked || isClosed(handle.index)) ? nil : handles[handle.index]?.thing
        }
        var mistakes: [IOError.Cause] = []
        if let thing = known[0] { mistakes += spliceMistakes(thing, receives: true) }
        if let thing = known[1] { mistakes += spliceMistakes(thing, receives: false) }
        let things = known.compactMap { $0 }
        let pipes = things.filter { if case .pipe = $0 { true } else { false } }
        if things.count == 2, pipes.isEmpty { mistakes.append(.wrongKind) }
        if source == target || offset < 0 { mistakes.append(.invalidArgument) }
        if offset != 0, !things.contains(where: isOpened) { mistakes.append(.notSeekable) }
        return mistakes
    }

    private func spliceMistakes(_ thing: ModelHandle.Thing, receives: Bool) -> [IOError.Cause] {
        switch thing {
        case .opened(let options):
            if options.contains(.directory) { return [.wrongKind] }
            if options.contains(.appending) { return [.invalidArgument] }
            return receives ? (options.contains(.reading) ? [] : [.wrongAccess]) : (options.opensForWriting ? [] : [.wrongAccess])
        default: return transferMistakes(on: thing, receives: receives)
        }
    }

    // MARK: Judging

    /// Judges what is wrong anyhow.
    func judgeMistake(_ operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        var allowed = operation.mistakes
        if !operation.operation.paths.isEmpty, !allowed.contains(.wrongKind) {
            let mayBeFile = operation.handles.contains { handle in handles[handle]?.options?.contains(.directory) == false }
            if mayBeFile { allowed.append(.wrongKind) }
        }
        if case .splice = operation.operation, operation.handles.contains(where: mayBeDirectory) { allowed.append(.wrongKind) }
        if operation.isSecondConnect { allowed += [.alreadyConnected, .notConnected] }
        try expect(result, allowed.map { .failed($0) }, of: operation, Self.clause(of: allowed[0], operation.operation))
    }

    private static func clause(of mistake: IOError.Cause, _ operation: SymbolicOperation) -> String {
        if let clause = operation.clause(ofOwn: mistake) { return clause }
        switch mistake {
        case .badHandle:
            if case .close = operation { return "close.again" }
            return "handle.stale"
        case .wrongKind, .notDirectory, .isDirectory: return "handle.wrong-kind"
        case .wrongAccess: return "handle.wrong-access"
        case .notSeekable: return "file.not-seekable"
        case .nameTooLong: return "path.errors"
        case .alreadyConnected: return "stream.connect-again"
        case .notConnected: return "stream.connect-cancelled"
        default:
            if operation.hasTooManyPieces { return "result.segment-limit" }
            return operation.paths.isEmpty ? "result.offset-limit" : "path.malformed"
        }
    }
}

extension SymbolicOperation {
    /// The clause of a mistake that only operations of this kind have.
    fileprivate func clause(ofOwn mistake: IOError.Cause) -> String? {
        switch (self, mistake) {
        case (.setOption, .unsupported), (.option, .unsupported), (.setOption, .invalidArgument): "option.unsupported"
        case (.passHandles, .unsupported): "message.handles-refused"
        case (.passHandles(let passed, _, _), .badHandle): passed.isEmpty ? nil : "message.handles-refused"
        default: nil
        }
    }

    fileprivate var hasTooManyPieces: Bool {
        switch self {
        case .read(_, _, _, let pieces), .write(_, _, _, let pieces), .receive(_, _, let pieces), .send(_, _, let pieces):
            pieces > Limits.maximumSegments
        default: false
        }
    }
}

extension OpenOptions {
    /// Whether the options as such are a mistake.
    fileprivate var isContradictory: Bool {
        if !isSubset(of: .all) { return true }
        if contains(.directory) {
            return !isDisjoint(with: [.writing, .appending, .creating, .exclusive, .truncating, .direct, .temporary])
        }
        if contains(.temporary) { return !opensForWriting || !isDisjoint(with: [.creating, .exclusive, .truncating, .noFollow]) }
        if contains(.exclusive), !contains(.creating) { return true }
        if contains(.truncating), !opensForWriting { return true }
        return !contains(.reading) && !opensForWriting
    }
}
