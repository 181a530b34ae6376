// Waits until everything has come to rest, which is when the model says that nothing is missing.

import IOSpec

extension HistoryExecutor {
    /// How long nothing must come before everything is said to be at rest, in nanoseconds of the backend's clock, twice.
    static var quiet: Int64 { 1_000_000 }
    /// How often the backend must have been asked before it is blamed: a process that was not let run has a clock that went on, and has waited for nothing.
    private static var leastTurns: Int { 100 }
    /// How many times completions may come before they are said to come without end: many times as often as for the longest history.
    private static var mostReaps: Int { 100_000 }

    /// Reaps until only what may wait is left.
    func settle() throws {
        var start = context.now
        var idleTurns = 0
        var reaps = 0
        while !running.isEmpty {
            if try reap(until: context.now.advanced(byNanoseconds: Self.quiet)) {
                reaps += 1
                if reaps > Self.mostReaps { throw CaseFailure("completions come without end") }
                idleTurns = 0
                start = context.now
                continue
            }
            idleTurns += 1
            if idleTurns < 2 || context.now < lastDue.advanced(byNanoseconds: Self.quiet) { continue }
            do {
                try model.settle()
                return try checkNothingIsOverdue()
            } catch {
                let isPatient = context.now <= max(start, lastDue).advanced(byNanoseconds: Int64(patience * 1e9))
                if !isPatient, idleTurns >= Self.leastTurns { throw error }
            }
        }
    }

    /// When everything has ended that ends by itself soon.
    private var lastDue: Instant { running.values.map(\.due).max() ?? .distantPast }

    /// Whatever can be interrupted has ended at its deadline, also while it waits for its turn.
    private func checkNothingIsOverdue() throws {
        let overdue = running.values.filter { $0.due != .distantPast && $0.symbolic.endsAtDeadline }
        guard let first = overdue.min(by: { $0.number < $1.number }) else { return }
        throw CaseFailure("operation \(first.number) (\(first.symbolic.text)) waits past its deadline", clause: "time.deadline")
    }
}

extension SymbolicOperation {
    /// Whether a deadline ends it; what lends memory to the network has it back when the network likes, and a timer's instant is none.
    fileprivate var endsAtDeadline: Bool {
        switch self {
        case .sendZeroCopy, .timer: false
        default: true
        }
    }
}
