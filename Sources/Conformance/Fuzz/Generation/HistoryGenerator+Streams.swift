// Operations on streams, pipes and listeners.

import IOSpec

extension HistoryGenerator {
    mutating func streamOperation() -> SymbolicOperation {
        let receiver = handle(.receiver)
        let sender = handle(.sender)
        switch chance.below(100) {
        case 0..<30: return .receive(receiver, count: chance.one(of: counts), pieces: pieces())
        case 30..<40: return .receiveExactly(receiver, count: chance.one(of: counts))
        case 40..<72: return .send(sender, payload(counts), pieces: pieces())
        case 72..<78: return .sendZeroCopy(sender, payload(counts))
        case 78..<85: return .shutDown(chance.percent(70) ? sender : receiver, chance.one(of: Direction.allCases))
        case 85..<90: return .readiness(chance.percent(50) ? sender : receiver, chance.one(of: [.receiving, .sending, .peerFinished]))
        case 90..<94: return .close(chance.percent(50) ? sender : receiver)
        default: return spliceOperation()
        }
    }

    /// What a stream surely has room for when everything comes to rest in between; more than it has, seldom, when not.
    private var counts: [Int] {
        isSettled ? [0, 1, 2, 7, 50, 100, 300] : [0, 1, 2, 7, 100, 100, 1000, 4096, 5000, 70_000, 300_000]
    }

    mutating func spliceOperation() -> SymbolicOperation {
        let roles: (from: KnownHandles.Role, to: KnownHandles.Role) =
            known.serving(as: .file).isEmpty || chance.percent(60)
            ? (.receiver, .sender) : chance.one(of: [(.file, .sender), (.receiver, .file)])
        let offset: Int64 = roles.from == .file || roles.to == .file ? chance.one(of: [0, 0, 1, 100, 4096]) : 0
        return .splice(from: handle(roles.from), to: handle(roles.to), count: chance.one(of: counts), at: offset)
    }

    mutating func connectionOperation() -> SymbolicOperation {
        let listener = handle(.listener)
        switch chance.below(100) {
        case 0..<45:
            let made = makeSymbol()
            known.add(made, as: .receiver, .sender)
            return .accept(listener, makes: made)
        case 45..<90: return .connect(handle(.unconnected), to: known.serving(as: .listener).last ?? listener)
        default: return .close(chance.percent(30) ? listener : handle(.unconnected))
        }
    }
}
