// Two backends that see different things where the specification leaves nothing open.

import IOSpec

/// A history in which everything comes to rest after each step, and what two backends saw of it.
public struct FuzzDifference: Codable, Sendable {
    /// The two backends.
    public var backends: [String]
    /// The history.
    public var history: String
    /// What of each operation the one saw and the other did not.
    public var first: [String]
    public var second: [String]
    /// Where the history was written for `--replay`.
    public var file: String?

    /// The difference in `history`, made small; nil when it is not seen again.
    static func shown(by history: History, _ first: FuzzTarget, _ second: FuzzTarget, host: ChildHost) throws -> FuzzDifference? {
        let attempts = [first, second].map { HistoryAttempts($0, host: host) }
        let lines = { (history: History) in
            try attempts.map { attempts in
                let result = try attempts.attempt(history)
                return result.disagreement == nil && result.skipped == nil ? result.comparable ?? [] : []
            }
        }
        let differs = { (history: History) in
            let seen = try lines(history)
            return !seen[0].isEmpty && !seen[1].isEmpty && seen[0] != seen[1]
        }
        guard try differs(history) else { return nil }
        var shrinker = HistoryShrinker(candidates: 600, fails: differs)
        let small = try shrinker.shrink(history)
        let seen = try lines(small)
        return FuzzDifference(
            backends: [first.backend, second.backend], history: small.description,
            first: seen[0].filter { !seen[1].contains($0) }, second: seen[1].filter { !seen[0].contains($0) })
    }
}
