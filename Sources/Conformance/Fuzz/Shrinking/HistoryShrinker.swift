// Makes a failing history smaller, as long as it fails.

import IOSpec

/// Removes steps and simplifies what is left (delta debugging).
struct HistoryShrinker {
    /// Whether a history fails in the way that is looked for.
    private let fails: (History) throws -> Bool
    /// How many candidates may still be tried.
    private(set) var candidatesLeft: Int
    /// When the time for shrinking is over, on the suite's own clock.
    private let end: Int64
    /// Those that were tried, so that none is tried again.
    private var tried: Set<History> = []

    /// A shrinker that asks `fails` about at most so many candidates, for at most so many seconds.
    init(candidates: Int = 2000, seconds: Double = 40, fails: @escaping (History) throws -> Bool) {
        candidatesLeft = candidates
        end = CaseContext.clock + Int64(seconds * 1e9)
        self.fails = fails
    }

    /// A history from which no single step can be taken, and in which no number can be made simpler, without making it hold; larger only when the candidates or the seconds are used up.
    mutating func shrink(_ history: History) throws -> History {
        var best = history
        while canGoOn {
            let smaller = try simplified(try removed(best))
            if smaller == best { break }
            best = smaller
        }
        return best.renumbered
    }

    private var canGoOn: Bool { candidatesLeft > 0 && CaseContext.clock < end }

    /// Takes runs of steps away, long ones first.
    private mutating func removed(_ history: History) throws -> History {
        var best = history
        var length = max(1, best.steps.count / 2)
        while true {
            var start = 0
            while start < best.steps.count {
                let range = start..<start + length
                if let smaller = try failing(best.filtered { !range.contains($0) }, than: best) {
                    best = smaller
                } else {
                    start += length
                }
            }
            if length == 1 { return best }
            length /= 2
        }
    }

    /// Replaces single steps by simpler ones.
    private mutating func simplified(_ history: History) throws -> History {
        var best = history
        var place = 0
        while place < best.steps.count {
            if let simpler = try firstSimpler(best, at: place) { best = simpler } else { place += 1 }
        }
        return best
    }

    private mutating func firstSimpler(_ history: History, at place: Int) throws -> History? {
        for step in history.steps[place].simpler {
            var candidate = history
            candidate.steps[place] = step
            if let simpler = try failing(candidate.filtered(), than: history) { return simpler }
        }
        return nil
    }

    /// The candidate, if it differs from `history`, was not tried before, and fails.
    private mutating func failing(_ candidate: History, than history: History) throws -> History? {
        guard canGoOn, candidate != history, tried.insert(candidate).inserted else { return nil }
        candidatesLeft -= 1
        return try fails(candidate) ? candidate : nil
    }
}
