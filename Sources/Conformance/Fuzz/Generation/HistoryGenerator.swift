// Random histories: few names and few handles, so that what happens happens to the same things at the same time.

public import IOSpec

/// Makes the history that a seed stands for.
public struct HistoryGenerator {
    var chance: Chance
    let theme: HistoryTheme
    /// Whether everything comes to rest after each step, so that all backends must agree.
    let isSettled: Bool
    var known = KnownHandles()
    private var steps: [HistoryStep] = []
    private var operations = 0
    private var symbols = 0
    private let isJudged: (SymbolicOperation) -> Bool

    /// The history of `seed`, with about as many operations as `length` says, all of which `isJudged` accepts.
    public static func history(
        seed: UInt64, length: Int, isJudged: @escaping (SymbolicOperation) -> Bool = { ReferenceModel.judges($0) }
    ) -> History {
        var generator = HistoryGenerator(seed: seed, isJudged: isJudged)
        generator.begin()
        while generator.operations < length { generator.addSubmission() }
        generator.steps.append(.settle)
        return History(seed: seed, steps: generator.steps)
    }

    private init(seed: UInt64, isJudged: @escaping (SymbolicOperation) -> Bool) {
        chance = Chance(seed: seed)
        theme = chance.one(of: HistoryTheme.allCases)
        isSettled = chance.percent(30)
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
        case .messages: acquireMessages()
        case .everything:
            acquireRoot()
            acquirePair(.streams)
            acquirePair(.pipe)
            if chance.percent(50) { acquireListener() }
            if chance.percent(50) { acquireMessages() }
        }
    }

    private mutating func acquireRoot() {
        let root = makeSymbol()
        steps.append(.acquire(.root, makes: [root]))
        known.add(root, as: .directory)
    }

    private mutating func acquirePair(_ pair: PairedResource) {
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

    private mutating func acquireListener() {
        let family = chance.one(of: [SocketAddress.Family.internet4, .local, .local, .localAbstract])
        let listener = makeSymbol()
        steps.append(.acquire(.listener(family, backlog: 16), makes: [listener]))
        known.add(listener, as: .listener)
        for _ in 0...chance.below(3) {
            let stream = makeSymbol()
            steps.append(.acquire(.stream(family), makes: [stream]))
            known.add(stream, as: .unconnected, .receiver, .sender)
        }
    }

    private mutating func acquireMessages() {
        if chance.percent(70) { return acquirePair(chance.one(of: [.datagrams, .packets])) }
        let family = chance.one(of: [SocketAddress.Family.local, .localAbstract])
        for _ in 0...1 {
            let datagram = makeSymbol()
            steps.append(.acquire(.datagram(family), makes: [datagram]))
            known.add(datagram, as: .messages, .datagram)
        }
    }

    mutating func makeSymbol() -> Symbol {
        symbols += 1
        return Symbol(symbols)
    }

    // MARK: Submitting

    private mutating func addSubmission() {
        let members = chance.percent(8) ? 2 + chance.below(3) : 1
        let isBarrier = chance.percent(4)
        for member in 0..<members { submit(isLinked: member > 0, isBarrier: isBarrier && member == 0) }
        addPause()
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
        if chance.percent(10) {
            steps.append(.cancel(max(1, operations - chance.below(4))))
            if isSettled { steps.append(.settle) }
        }
        if isSettled { return }
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
        case 2..<5: return .timer(microseconds: chance.one(of: [0, 0, 1, 50, 500, 2000, 60_000_000]))
        case 5..<9: return .close(anyHandle())
        default: break
        }
        switch theme {
        case .files: return chance.percent(80) ? fileOperation() : nameOperation()
        case .names: return chance.percent(85) ? nameOperation() : fileOperation()
        case .locks: return chance.percent(75) ? lockOperation() : fileOperation()
        case .streams: return streamOperation()
        case .pipes: return chance.percent(85) ? streamOperation() : spliceOperation()
        case .listeners: return chance.percent(50) ? connectionOperation() : streamOperation()
        case .messages: return messageOperation()
        case .everything: return anyOperation()
        }
    }

    private mutating func anyOperation() -> SymbolicOperation {
        switch chance.below(6) {
        case 0: fileOperation()
        case 1: nameOperation()
        case 2: lockOperation()
        case 3: known.serving(as: .listener).isEmpty ? streamOperation() : connectionOperation()
        case 4: known.serving(as: .messages).isEmpty ? spliceOperation() : messageOperation()
        default: streamOperation()
        }
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

    mutating func pieces() -> Int { chance.one(of: [1, 1, 1, 2, 3, 7]) }
}
