// Carries single histories out in a child, and in another one when it crashes or hangs.

import IOSpec

/// Tries histories on one target, one after the other.
final class HistoryAttempts {
    /// What a number of attempts came to.
    struct Result {
        /// What the last attempt did wrong; nil when none did.
        var disagreement: Disagreement?
        /// How often the history was carried out.
        var times: Int
        /// What was seen of each operation the last time.
        var lines: [String] = []
        /// The same of what every backend must see alike.
        var comparable: [String]?
        /// Why nothing could be judged.
        var skipped: String?
    }

    /// How long one history may take before it is said to hang, in seconds: longer than the executor waits for anything.
    static var longest: Double { 20 }

    /// What is tried was seen to fail already, and need not be waited for as long as at first.
    static var usualPatience: Double { 2 }

    /// How many seconds something that need not wait may take.
    var patience = HistoryAttempts.usualPatience

    private let target: FuzzTarget
    private let host: ChildHost
    private var child: FuzzChild?

    init(_ target: FuzzTarget, host: ChildHost) {
        self.target = target
        self.host = host
    }

    /// Carries `history` out, up to `times` times until it fails.
    func attempt(_ history: History, times: Int = 1) throws -> Result {
        let child = try self.child ?? FuzzChild(target, host: host)
        self.child = child
        try child.order(.attempt(text: history.description, times: times, patience: patience))
        switch try child.next(within: Self.longest + Double(times) * patience) {
        case .note(.attempted(let verdict, let times, let lines, let comparable)):
            var result = try result(verdict, times, lines)
            result.comparable = comparable
            return result
        case .note(.broken(let problem)): throw HarnessProblem(problem)
        case .note: throw HarnessProblem("a child answered something else than it was asked")
        case .ended(let text): return failure(.crash(text))
        case .silent: return failure(.hang(after: Self.longest))
        }
    }

    /// How many of `times` attempts fail in the way of `disagreement`.
    func rate(of disagreement: Disagreement, _ history: History, times: Int) throws -> Int {
        try (0..<times).count { _ in try attempt(history).disagreement.map(disagreement.isLike) ?? false }
    }

    private func result(_ verdict: HistoryOutcome.Verdict, _ times: Int, _ lines: [String]) throws -> Result {
        switch verdict {
        case .agreed: Result(times: times, lines: lines)
        case .disagreed(let disagreement): Result(disagreement: disagreement, times: times, lines: lines)
        case .skipped(let reason), .unavailable(let reason): Result(times: times, lines: lines, skipped: reason)
        case .broken(let problem): throw HarnessProblem(problem)
        }
    }

    /// The child is of no more use.
    private func failure(_ disagreement: Disagreement) -> Result {
        child = nil
        return Result(disagreement: disagreement, times: 1)
    }
}

extension Disagreement {
    /// The end of the process.
    static func crash(_ text: String) -> Disagreement {
        Disagreement(clause: nil, allowed: "a process that goes on", seen: "crash: \(text)")
    }

    /// Whether the process came to no end.
    var isHang: Bool { clause == nil && seen.hasPrefix("hang") }

    /// A process that comes to no end.
    static func hang(after seconds: Double) -> Disagreement {
        Disagreement(clause: nil, allowed: "a history that comes to its end", seen: "hang: killed after \(Int(seconds)) s")
    }
}
