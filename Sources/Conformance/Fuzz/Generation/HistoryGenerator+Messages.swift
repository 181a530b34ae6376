// Operations on messages.

import IOSpec

extension HistoryGenerator {
    mutating func messageOperation() -> SymbolicOperation {
        let end = handle(.messages)
        let counts = [0, 1, 2, 7, 100, 100, 1000]
        let sent = chance.percent(3) ? [4_000_000] : counts
        switch chance.below(100) {
        case 0..<45: return .sendMessage(end, payload(sent), to: receiver())
        case 45..<85: return .receiveMessage(end, count: chance.one(of: counts))
        case 85..<90: return .readiness(end, chance.one(of: [.receiving, .sending, .peerFinished]))
        case 90..<94: return .shutDown(end, chance.one(of: Direction.allCases))
        default: return .close(end)
        }
    }

    /// Whom a message is for: nobody is named where there are only pairs.
    private mutating func receiver() -> Symbol? {
        let datagrams = known.serving(as: .datagram)
        return datagrams.isEmpty || chance.percent(5) ? nil : chance.one(of: datagrams)
    }
}
