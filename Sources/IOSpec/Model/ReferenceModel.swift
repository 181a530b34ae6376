// The executable specification: which completions a history allows.

/// A pure state machine. A history is played into it step by step, and what a backend said is judged against it.
///
/// Operations in flight that no rule orders may take effect in any order between their submission and their completion. For files and names the model keeps every
/// state that is still possible (``ModelWorlds``); what has an order — streams, messages — it counts. It refuses only what no order explains.
///
/// The directory in which a history takes place is empty at first, and nobody else changes it.
public struct ReferenceModel: Sendable {
    /// Causes that the surroundings may impose on any operation, which then has had no effect: `.tooManyOpen` where descriptors are few, `.noSpace` where storage is.
    public var allowedFailures: [IOError.Cause] = []

    var times = ModelTimes()
    var operations: [Int: ModelOperation] = [:]
    var handles: [Int: ModelHandle] = [:]
    var worlds = ModelWorlds()
    var locks = ModelLocks()
    var streams = ModelStreams()
    var pools: [Int: ModelPool] = [:]
    var options = ModelOptions()
    var fileTimes = ModelFileTimes()
    var listings: [Int: ModelListing] = [:]
    var passing = ModelPassing()
    var namedPipes: [ModelNamedPipe] = []
    /// When names may have changed last, and files.
    var nameChange = -1
    var fileChange = -1
    /// What the offsets of direct transfers must be multiples of; 0 when that was not told.
    var directAlignment = 0
    private var last: Int?

    /// A world in which nothing was acquired.
    public init() {}

    /// Whether more states of the files were possible than are kept, so that operations on files are not judged any more.
    public var hasGivenUp: Bool { worlds.isLost }

    /// Whether the model judges an operation; a history has no others.
    public static func judges(_ operation: SymbolicOperation) -> Bool {
        switch operation {
        // Whether a file was made that cannot be opened for direct transfers is left open.
        case .open(_, _, let options, _):
            options.isDisjoint(with: .direct) || options.isDisjoint(with: [.creating, .truncating, .temporary])
        default: true
        }
    }

    /// A resource was acquired.
    public mutating func acquire(_ resource: SymbolicResource, makes symbols: [Symbol]) {
        times.advance()
        switch resource {
        case .root:
            handles[symbols[0].index] = ModelHandle(.opened([.reading, .directory]))
            worlds.forEach { $0.tree.opened[symbols[0].index] = 0 }
        case .buffers(let count, let size): pools[symbols[0].index] = ModelPool(count: count, size: size)
        case .refused: break
        case .namedPipe:
            handles[symbols[0].index] = ModelHandle(.namedPipe(namedPipes.count))
            namedPipes.append(ModelNamedPipe())
        default: acquireOther(resource, symbols.map { $0.index })
        }
    }

    /// An operation was accepted; `number` names it from now on.
    ///
    /// - Parameters:
    ///   - hasDeadline: Whether it may end with `.timedOut`.
    ///   - isLinked: Whether it follows the operation that was submitted before it in a chain.
    ///   - isBarrier: Whether it starts after all before it, and before all after it.
    public mutating func submit(_ number: Int, _ operation: SymbolicOperation, hasDeadline: Bool, isLinked: Bool, isBarrier: Bool) {
        times.advance()
        let used = operation.usedHandles.compactMap { handles[$0.index] }
        let isMessage = used.contains { $0.isMessage }
        let mistakes = mistakes(of: operation, isLinked: isLinked)
        // A connect of what is connecting fails for that, without waiting for what comes of the other one.
        let isSecond = isConnecting(operation)
        let isOrdered = mistakes.isEmpty && !isSecond && !involvesUnknown(operation) && !hasNeedlessAddress(operation)
        let places = ModelPlace.places(of: operation, isMessage: isMessage) { handles[$0.index]?.isOpened == true }
        operations[number] = ModelOperation(
            number, operation, hasDeadline: hasDeadline, isBarrier: isBarrier, predecessor: isLinked ? last : nil,
            places: isOrdered ? places : [], mistakes: mistakes,
            options: used.first?.options ?? [], mayFindClosed: operation.usedHandles.contains { !closes(of: $0.index).isEmpty })
        operations[number]?.isSecondConnect = isSecond
        operations[number]?.directAlignment = directAlignment
        operations[number]?.mayLackSpace = allowedFailures.contains(.noSpace)
        last = number
        if let predecessor = operations[number]?.predecessor, operations[predecessor] == nil { operations[number]?.predecessor = nil }
        noteBeginning(of: number)
        startWhatMay()
        let startedAtOnce = operations[number]?.start != nil
        operations[number]?.startedAtOnce = startedAtOnce
        if let operation = operations[number], waitsForConnect(operation) || mayWaitBehindUnknown(operation) {
            operations[number]?.isReady = false
        }
        noteEarlyMistakes(number)
        blurSpliceUnderClose(number)
        if case .close(let handle) = operation, mistakes.isEmpty { noteClose(number, of: handle.index) }
    }

    /// An operation was asked to end. What is unknown or over is not changed.
    public mutating func cancel(_ number: Int) {
        times.advance()
        operations[number]?.isCancelled = true
    }

    /// The backend shuts down: everything in flight is asked to end, and a connection that lends memory to the network breaks.
    public mutating func shutDown() {
        for number in operations.keys.sorted() { cancel(number) }
        for operation in operations.values {
            if case .sendZeroCopy(let handle, _) = operation.operation { blurByClose(of: handle.index) }
        }
    }

    /// Judges a completion. The state afterwards is that in which it happened.
    ///
    /// - Throws: ``Refusal`` when the specification does not allow it.
    public mutating func complete(_ number: Int, _ observation: Observation) throws(Refusal) {
        times.advance()
        guard let operation = operations[number] else {
            throw Refusal("completion.exactly-one", allowed: "no further completion of operation \(number)", seen: "another one")
        }
        guard let result = ModelResult(observation.result) else {
            throw Refusal("result.portable", allowed: "a count, or an error of the specification", seen: "\(observation.result)")
        }
        if observation.hasMore {
            try judgeShot(operation, observation, result)
            return renewNews()
        }
        try checkBreak(at: operation, result)
        times.end(number)
        let endsEarly = try endsEarly(operation, with: result)
        if !endsEarly {
            try checkOrder(of: operation, result)
            try judge(operation, observation, result)
        }
        finish(operation, result, observation, endsEarly: endsEarly)
        renewNews()
    }

    /// Judges that nothing more came by itself: whatever can complete without waiting must have done so.
    ///
    /// - Throws: ``Refusal`` for the first operation that must have completed.
    public mutating func settle() throws(Refusal) {
        for number in operations.keys.sorted() {
            guard let operation = operations[number], let clause = clauseAgainstWaiting(operation) else { continue }
            throw Refusal(clause, allowed: "operation \(number) completes", seen: "it waits")
        }
        for pool in pools.keys { pools[pool]?.rest() }
        for number in operations.keys where operations[number]?.start != nil { operations[number]?.hasWaited = true }
    }

    private mutating func judge(_ operation: ModelOperation, _ observation: Observation, _ result: ModelResult) throws(Refusal) {
        if case .failed(let cause) = result, allowedFailures.contains(cause), !operation.mistakes.contains(cause) {
            return try withdraw(operation, result)
        }
        if case .failed(let cause) = result, operation.isClosedUnder, operation.earlyMistakes.contains(cause) {
            return try withdraw(operation, result)
        }
        if let place = namedPipe(of: operation.operation) { return try judgePipeOpen(operation, result, place) }
        if involvesUnknown(operation.operation) {
            guard case .close = operation.operation else { return }
        }
        if !operation.mistakes.isEmpty { return try judgeMistake(operation, result) }
        if isJudgedByWorlds(operation) {
            try judgeFiles(operation, observation, result)
            return try judgeTimes(operation, observation)
        }
        switch operation.operation {
        case .listPiece: try judgePiece(operation, observation, result)
        case .setOption, .option: try judgeOption(operation, result)
        case .lock, .unlock: if !passing.hasShared { try judgeLocking(operation, result) }
        case .nop: try expect(result, [.count(0)], of: operation, "completion.own-error")
        case .timer: try judgeTimer(operation, result)
        case .close(let handle): try judgeClose(operation, result, handle.index)
        case .readiness(_, let asked): try judgeReadiness(operation, result, asked)
        case .acceptMultishot, .receiveMultishot, .readinessMultishot: try judgeLastShot(operation, result)
        default: try judgeStream(operation, observation, result)
        }
    }

    private mutating func judgeLocking(_ operation: ModelOperation, _ result: ModelResult) throws(Refusal) {
        switch operation.operation {
        case .lock(let handle, let mode): try judgeLock(operation, result, handle.index, mode)
        case .unlock(let handle): try judgeUnlock(operation, result, handle.index)
        default: break
        }
    }

    /// Whether the possible worlds decide what an operation may say.
    func isJudgedByWorlds(_ operation: ModelOperation) -> Bool {
        guard operation.mistakes.isEmpty, operation.operation.isAboutFiles, let handle = operation.handles.first else { return false }
        return handles[handle]?.isOpened == true
    }
}
