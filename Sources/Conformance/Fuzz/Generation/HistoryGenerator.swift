// Random histories: few names and few handles, so that what happens happens to the same things at the same time.

public import IOSpec

/// Makes the history that a seed stands for.
public struct HistoryGenerator {
    var chance: Chance
    let theme: HistoryTheme
    /// Whether everything comes to rest after each step, so that all backends must agree.
    let isSettled: Bool
    var known = KnownHandles()
    /// The pools of buffers, which are no handles.
    var pools: [Symbol] = []
    var steps: [HistoryStep] = []
    var operations = 0
    private var symbols = 0
    private let isJudged: (SymbolicOperation) -> Bool

    /// The history of `seed`, with about as many operations as `length` says, all of which `isJudged` accepts.
    public static func history(
        seed: UInt64, length: Int, isJudged: @escaping (SymbolicOperation) -> Bool = { ReferenceModel.judges($0) }
    ) -> History {
        var generator = HistoryGenerator(seed: seed, isJudged: isJudged)
        generator.begin()
        generator.registerSome()
        let length = generator.theme == .bursts ? length * 6 : length
        while generator.operations < length { generator.addSubmission() }
        generator.steps.append(.settle)
        return History(seed: seed, steps: generator.steps)
    }

    private init(seed: UInt64, isJudged: @escaping (SymbolicOperation) -> Bool) {
        chance = Chance(seed: seed)
        theme = chance.one(of: HistoryTheme.allCases)
        isSettled = chance.percent(30) ? theme != .bursts : false
        self.isJudged = isJudged
    }

    // MARK: Acquiring

    private mutating func begin() {
        switch theme {
        case .files, .names, .locks: acquireRoot()
        case .streams: acquirePair(.streams)
        case .pipes:
            acquirePair(.pipe)
            if chance.percent(30) { acquirePair(.pipe) }
            if chance.percent(20) { acquireRoot() }
        case .listeners: acquireListener()
        case .shots: acquireShots()
        case .messages: acquireMessages()
        case .bursts: beginBurst()
        case .everything:
            acquireRoot()
            acquirePair(.streams)
            acquirePair(.pipe)
            if chance.percent(50) { acquireListener() }
            if chance.percent(50) { acquireMessages() }
            if chance.percent(30) { acquirePool() }
        }
    }

    /// Has a file that is open and full before everything comes at once.
    private mutating func beginBurst() {
        acquireRoot()
        acquirePair(.streams)
        let root = known.serving(as: .directory)[0]
        let file = makeSymbol()
        known.add(file, as: .file)
        for operation in [
            .open(beneath: root, path: "a", [.reading, .writing, .creating], makes: file), .write(file, payload([9000]), at: 0, pieces: 1),
        ] as [SymbolicOperation] {
            steps += [.submit(operation, deadline: nil, isLinked: false, isBarrier: false), .settle]
            operations += 1
        }
    }

    mutating func acquireRoot() {
        let root = makeSymbol()
        steps.append(.acquire(.root, makes: [root]))
        known.add(root, as: .directory)
    }

    mutating func acquirePair(_ pair: PairedResource) {
        let first = makeSymbol()
        let second = makeSymbol()
        steps.append(.acquire(.pair(pair), makes: [first, second]))
        switch pair {
        case .streams:
            known.add(first, as: .receiver, .sender)
            known.add(second, as: .receiver, .sender)
        case .pipe:
            known.add(first, as: .receiver)
            known.add(second, as: .sender)
        case .datagrams, .packets:
            known.add(first, as: .messages)
            known.add(second, as: .messages)
        }
    }

    mutating func acquireListener() {
        let family = chance.one(of: [SocketAddress.Family.internet4, .local, .local, .localAbstract])
        let listener = makeSymbol()
        let isNarrow = chance.percent(30)
        steps.append(.acquire(.listener(family, backlog: isNarrow ? 1 : 16), makes: [listener]))
        known.add(listener, as: .listener)
        for _ in 0...(isNarrow || theme == .shots ? 4 + chance.below(3) : chance.below(3)) {
            let stream = makeSymbol()
            steps.append(.acquire(.stream(family), makes: [stream]))
            known.add(stream, as: .unconnected, .receiver, .sender)
        }
    }

    private mutating func acquireMessages() {
        if chance.percent(70) { return acquirePair(chance.one(of: [.datagrams, .packets])) }
        let family = chance.one(of: [SocketAddress.Family.local, .localAbstract])
        for place in 0...1 {
            let datagram = makeSymbol()
            let isStrange = place == 1 && chance.percent(15)
            steps.append(.acquire(.datagram(isStrange ? .internet4 : family), makes: [datagram]))
            known.add(datagram, as: .messages, .datagram)
        }
    }

    mutating func add(_ step: HistoryStep) { steps.append(step) }

    mutating func makeSymbol() -> Symbol {
        symbols += 1
        return Symbol(symbols)
    }

    // MARK: Submitting

    private mutating func addSubmission() {
        if chance.percent(theme == .bursts ? 1 : 8) { return addSequence() }
        let members = chance.one(weighted: [(91, 1), (8, 2 + chance.below(3)), (1, 9 + chance.below(4))])
        let isBarrier = chance.percent(4)
        for member in 0..<members { submit(isLinked: member > 0, isBarrier: isBarrier && member == 0) }
        addPause()
    }

    /// Submits an operation that is judged, and nothing in place of any other.
    mutating func append(_ operation: SymbolicOperation) {
        guard isJudged(operation) else { return }
        steps.append(.submit(operation, deadline: nil, isLinked: false, isBarrier: false))
        operations += 1
    }

    private mutating func submit(isLinked: Bool, isBarrier: Bool) {
        let operation = judgedOperation()
        steps.append(.submit(operation, deadline: deadline(), isLinked: isLinked, isBarrier: isBarrier))
        operations += 1
    }

    /// An operation that is judged; a `nop` always is.
    private mutating func judgedOperation() -> SymbolicOperation {
        for _ in 0..<20 {
            // What an operation that is left out would have made is never made.
            let before = (known, symbols)
            let operation = operation()
            if isJudged(operation) { return operation }
            (known, symbols) = before
        }
        return .nop
    }

    private mutating func deadline() -> Int? {
        !isSettled && chance.percent(12) ? chance.one(of: [0, 0, 1, 50, 500, 3000]) : nil
    }

    /// What comes between two submissions: cancelling and reaping, or nothing, so that they overlap.
    private mutating func addPause() {
        if isSettled { steps.append(.settle) }
        addKeeping()
        if chance.percent(theme == .shots ? 20 : 10) {
            steps.append(.cancel(max(1, operations - chance.below(4))))
            if isSettled { steps.append(.settle) }
        }
        if isSettled { return }
        if theme == .bursts, !chance.percent(1) { return }
        switch chance.below(100) {
        case 0..<20: steps.append(.turn)
        case 20..<40: steps.append(.settle)
        default: break
        }
        if chance.percent(4) { steps.append(.cancel(1 + chance.below(operations))) }
    }

    private mutating func operation() -> SymbolicOperation {
        switch chance.below(100) {
        case 0..<2: return .nop
        case 2..<5: return .timer(microseconds: chance.one(of: Self.delays))
        case 5..<9: return .close(anyHandle())
        case 9..<11: return strangeOperation()
        default: break
        }
        switch theme {
        case .files: return chance.percent(80) ? fileOperation() : nameOperation()
        case .names: return chance.percent(85) ? nameOperation() : fileOperation()
        case .locks: return chance.percent(75) ? lockOperation() : fileOperation()
        case .streams: return streamOperation()
        case .pipes: return chance.percent(85) ? streamOperation() : spliceOperation()
        case .listeners: return chance.percent(50) ? connectionOperation() : streamOperation()
        case .shots: return shotOperation()
        case .messages: return messageOperation()
        case .bursts: return burstOperation()
        case .everything: return anyOperation()
        }
    }

    private mutating func anyOperation() -> SymbolicOperation {
        switch chance.below(7) {
        case 0: fileOperation()
        case 1: nameOperation()
        case 2: lockOperation()
        case 3: known.serving(as: .listener).isEmpty ? streamOperation() : connectionOperation()
        case 4: shotOperation()
        case 5: known.serving(as: .messages).isEmpty ? spliceOperation() : messageOperation()
        default: streamOperation()
        }
    }

    /// What few handles are for.
    private mutating func strangeOperation() -> SymbolicOperation {
        let handle = anyHandle()
        switch chance.below(11) {
        case 8:
            let option = chance.one(of: SocketOption.allCases)
            return chance.percent(50) ? .option(handle, option) : .setOption(handle, option, value(of: option))
        case 9: return .listPiece(handle, room: 64)
        case 10: return .advise(handle, at: 0, count: 100, .willNeed)
        case 0: return .read(handle, count: 100, at: 0, pieces: 1)
        case 1: return .write(handle, payload([100]), at: 0, pieces: 1)
        case 2: return .synchronize(handle, dataOnly: chance.percent(50))
        case 3: return .list(handle)
        case 4: return .receive(handle, count: 100, pieces: 1)
        case 5: return .send(handle, payload([100]), pieces: 1)
        case 6: return .status(handle)
        default: return .shutDown(handle, .sending)
        }
    }

    /// Changes next to nothing: what many changes at once come to, nobody can say.
    private mutating func burstOperation() -> SymbolicOperation {
        let file = handle(.file)
        switch chance.below(100) {
        case 0..<30: return .read(file, count: 100, at: Int64(chance.below(9000)), pieces: 1)
        case 30..<70: return .pathStatus(beneath: handle(.directory), path: chance.one(of: ["a", "b"]), followsLink: true)
        case 70..<80: return .status(file)
        case 80..<85: return .receive(handle(.receiver), count: 100, pieces: 1)
        case 85..<90: return .send(handle(.sender), payload([100]), pieces: 1)
        default: return .nop
        }
    }

    /// In microseconds: at once, soon, in a minute, long ago, and after what 32 bits of milliseconds and half of all nanoseconds hold.
    private static var delays: [Int] {
        [0, 0, 0, 1, 1, 50, 50, 500, 500, 2000, 2000, 60_000_000, -1_000_000_000_000_000, 3_000_000_000_000, 9_000_000_000_000_000]
    }

    // MARK: Choices

    /// A handle for `role`; now and then any other one, which may be of a wrong kind.
    mutating func handle(_ role: KnownHandles.Role) -> Symbol {
        let serving = known.serving(as: role)
        if serving.isEmpty || chance.percent(4) { return anyHandle() }
        // The newest more often: the oldest are closed by and by.
        return chance.percent(50) ? serving[serving.count - 1 - chance.below(min(2, serving.count))] : chance.one(of: serving)
    }

    mutating func anyHandle() -> Symbol { chance.one(of: known.all) }

    mutating func payload(_ counts: [Int]) -> Payload { Payload(seed: UInt8(operations % 250 + 1), count: chance.one(of: counts)) }

    /// One, few, or seldom as many as the limit, and more.
    mutating func pieces() -> Int {
        chance.percent(2)
            ? chance.one(of: [100, Limits.maximumSegments, Limits.maximumSegments + 1]) : chance.one(of: [1, 1, 1, 2, 3, 7])
    }
}
