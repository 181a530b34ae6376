// Operations with several completions, the buffers of pools, and what is registered.

import IOSpec

extension HistoryGenerator {
    // MARK: Acquiring

    /// Streams, pipes and listeners with few buffers, so that they run out.
    mutating func acquireShots() {
        if chance.percent(25) { return acquireListener() }
        acquirePair(chance.percent(50) ? .streams : .pipe)
        acquirePool()
        if chance.percent(30) { acquirePair(chance.percent(50) ? .streams : .pipe) }
        if chance.percent(20) { acquirePool() }
        if chance.percent(10) { acquireRoot() }
    }

    mutating func acquirePool() {
        let pool = makeSymbol()
        pools.append(pool)
        let size = chance.one(of: [1, 7, 16, 16, 64, 100, 4096])
        add(.acquire(.buffers(count: chance.one(of: [1, 1, 2, 2, 3, 4, 8, 64]), size: size), makes: [pool]))
    }

    /// Registers memory, and some of the handles, which changes nothing.
    mutating func registerSome() {
        if chance.percent(12) { add(.registerMemory(chance.one(of: [4096, 16_384, 65_536]))) }
        guard chance.percent(12) else { return }
        for handle in known.all where chance.percent(60) { add(.register(handle)) }
    }

    // MARK: Submitting

    mutating func shotOperation() -> SymbolicOperation {
        if !known.serving(as: .listener).isEmpty, chance.percent(60) { return acceptingOperation() }
        let receiver = handle(.receiver)
        let sender = handle(.sender)
        switch chance.below(100) {
        case 0..<24: return receivingShots(receiver)
        case 24..<36: return .readinessMultishot(chance.percent(75) ? receiver : anyHandle(), ways())
        case 36..<70: return .send(sender, payload([1, 2, 7, 16, 17, 50, 100, 100, 300, 4096]), pieces: 1)
        case 70..<84: return .receive(receiver, count: chance.one(of: [1, 7, 100, 100, 1000, 5000]), pieces: 1)
        case 84..<88: return .readiness(receiver, ways())
        case 88..<92: return .shutDown(sender, chance.one(of: [.sending, .sending, .receiving, .both]))
        case 92..<96: return .close(chance.percent(60) ? sender : receiver)
        default: return streamOperation()
        }
    }

    private mutating func receivingShots(_ receiver: Symbol) -> SymbolicOperation {
        pools.isEmpty ? .receive(receiver, count: 100, pieces: 1) : .receiveMultishot(receiver, into: chance.one(of: pools))
    }

    private mutating func acceptingOperation() -> SymbolicOperation {
        let listener = handle(.listener)
        switch chance.below(100) {
        case 0..<30:
            let made = (0..<chance.below(4)).map { _ in makeSymbol() }
            for symbol in made { known.add(symbol, as: .receiver, .sender) }
            return .acceptMultishot(listener, makes: made)
        case 30..<38: return .readinessMultishot(listener, ways())
        case 38..<75: return .connect(chance.one(of: known.serving(as: .unconnected)), to: listener)
        default: return connectionOperation()
        }
    }

    /// What a wait asks for: one way, or several.
    mutating func ways() -> Readiness {
        chance.one(of: [.receiving, .receiving, .sending, .peerFinished, [.receiving, .sending], [.receiving, .peerFinished], .askable])
    }

    // MARK: In between

    /// What happens to pools and registrations between two submissions, and a lasting wait that is hardly begun and ends again.
    mutating func addKeeping() {
        if case .submit(.readinessMultishot, _, _, _) = steps.last, chance.percent(25) { add(.cancel(operations)) }
        if let pool = pools.randomized(by: &chance), chance.percent(25) { add(.giveBack(pool)) }
        if chance.percent(1) { add(.register(anyHandle())) }
    }
}

extension Array {
    /// One of the elements; nil when there are none.
    fileprivate func randomized(by chance: inout Chance) -> Element? { isEmpty ? nil : chance.one(of: self) }
}
