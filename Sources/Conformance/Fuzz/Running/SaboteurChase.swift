// One saboteur, hunted on one backend after the other until random histories have found it out.

import BackendSimulated
import IOSpec

/// Hunts one saboteur in turns of growing length, so that the backend on which it is seen soonest is the one that finds it.
struct SaboteurChase {
    /// The shortest turn of one backend, in seconds.
    private static var firstTurn: Double { 2 }
    /// How long what need not wait may take: whatever is thought to hang is tried on the good backend, too.
    private static var patience: Double { 1 }
    /// How often a history is carried out, to know what a backend makes of it.
    private static var repetitions: Int { 4 }
    private static var shrinkingSeconds: Double { 20 }

    /// The sabotaged backends.
    let targets: [FuzzTarget]
    /// How long to look, in seconds.
    let seconds: Double
    /// How children are started.
    let host: ChildHost

    /// Looks for a history that a sabotaged backend carries out wrongly, and a good one does not.
    ///
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when histories cannot be carried out.
    func run(_ saboteur: Saboteur) throws -> SaboteurHuntResult {
        var result = SaboteurHuntResult(saboteur)
        var rows = targets.map { (target: $0, next: 0, isLost: false) }
        let start = CaseContext.clock
        var turn = Self.firstTurn
        while !rows.isEmpty {
            for place in rows.indices {
                let left = seconds - Self.elapsed(since: start)
                if left <= 0 { break }
                if try follow(&rows[place], seconds: min(turn, left), since: start, &result) { return result }
            }
            result.seconds = Self.elapsed(since: start)
            if result.seconds >= seconds { break }
            turn *= 2
            rows.removeAll { $0.isLost || result.unavailable.keys.contains($0.target.backend) }
        }
        return result
    }

    private static func elapsed(since start: Int64) -> Double { Double(CaseContext.clock - start) / 1e9 }

    /// Goes on with the histories of one backend; whether the saboteur was found out.
    private func follow(
        _ row: inout (target: FuzzTarget, next: Int, isLost: Bool), seconds: Double, since start: Int64, _ result: inout SaboteurHuntResult
    ) throws -> Bool {
        let end = CaseContext.clock + Int64(seconds * 1e9)
        let good = HistoryAttempts(row.target.unsabotaged, host: host)
        let broken = HistoryAttempts(row.target, host: host)
        good.patience = Self.patience
        broken.patience = Self.patience
        while CaseContext.clock < end {
            let lane = FuzzLane(target: row.target, host: host, first: row.next, stride: 1, patience: Self.patience)
            let found = Guarded<FuzzLane.Found?>(nil)
            let haul = try lane.run(seconds: Double(end - CaseContext.clock) / 1e9, found)
            result.operations += haul.progress.operations
            if let reason = haul.unavailable {
                result.unavailable[row.target.backend] = reason
                return false
            }
            guard let found = found.withLock({ $0 }) else {
                row.next += haul.progress.histories + haul.progress.skipped
                return false
            }
            row.next = found.index + 1
            result.seconds = Self.elapsed(since: start)
            // A hang is noticed long after it began, and what is noticed too late is not found.
            if found.disagreement.isHang, result.seconds > self.seconds { return false }
            // Without a kernel, a fault that reaches for descriptors reaches those of the child.
            if found.disagreement.clause == nil, row.target.backend == Simulated.name {
                // To wait for one hang after the other would leave no time for the other backends.
                row.isLost = found.disagreement.isHang
                if row.isLost { return false }
                continue
            }
            let history = row.target.history(at: found.index)
            guard try isAllowed(history, good) else {
                result.falseAlarms += 1
                continue
            }
            if let finding = try finding(found.disagreement, history, broken, good, after: result.operations) {
                result.backend = row.target.backend
                result.finding = finding
                return true
            }
        }
        return false
    }

    /// Whether a good backend carries `history` out as the specification says, every time.
    private func isAllowed(_ history: History, _ good: HistoryAttempts) throws -> Bool {
        try good.attempt(history, times: Self.repetitions).disagreement == nil
    }

    /// What was found, made small as long as it tells the sabotaged backend from the good one; nil when it is not seen again.
    private func finding(
        _ disagreement: Disagreement, _ history: History, _ broken: HistoryAttempts, _ good: HistoryAttempts, after operations: Int
    ) throws -> FuzzFinding? {
        // A hang takes its whole time limit.
        let times = disagreement.isHang ? 4 : 8
        let failures = try broken.rate(of: disagreement, history, times: times)
        if failures == 0 { return nil }
        var finding = FuzzFinding(
            disagreement: disagreement, history: history, originalSteps: history.steps.count, operationsBefore: operations,
            failures: failures, attempts: times)
        let tries = failures == times ? 1 : min(12, 3 * times / failures)
        var shrinker = HistoryShrinker(candidates: 1500 / tries, seconds: Self.shrinkingSeconds) { candidate in
            guard let seen = try broken.attempt(candidate, times: tries).disagreement, disagreement.isLike(seen) else { return false }
            return try good.attempt(candidate).disagreement == nil
        }
        let small = try shrinker.shrink(history)
        let again = try (0..<times).compactMap { _ in try broken.attempt(small).disagreement }.filter(disagreement.isLike)
        guard let last = again.last, try isAllowed(small, good) else { return finding }
        finding.history = small
        finding.disagreement = last
        finding.failures = again.count
        return finding
    }
}

extension FuzzTarget {
    /// The good backend in the same surroundings.
    fileprivate var unsabotaged: FuzzTarget {
        var target = self
        target.saboteur = nil
        return target
    }
}
