// Random histories on one target, until one fails or the time is over.

import IOSpec

/// Hunts for a disagreement, and shrinks what it finds.
struct FuzzHunt {
    /// What to carry histories out on.
    let target: FuzzTarget
    /// How children are started.
    let host: ChildHost
    /// How many children share the histories.
    var lanes = 1
    /// How long shrinking may take, in seconds.
    var shrinkingSeconds = 40.0
    /// How often a failing history is repeated to tell how often it fails.
    var repetitions = 10
    /// The most candidates that shrinking tries.
    var candidates = 2000

    /// Carries histories out for so many seconds.
    ///
    /// - Parameter rested: told of each history that came to rest after each step what was seen, as a digest.
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when histories cannot be carried out.
    func run(seconds: Double, rested: (Int, UInt64) -> Void = { _, _ in }) throws -> FuzzResult {
        let start = CaseContext.clock
        var result = FuzzResult(target)
        let found = try hunt(seconds: seconds, &result, rested)
        result.seconds = Double(CaseContext.clock - start) / 1e9
        if let found { result.finding = try finding(found.index, found.disagreement, after: result.operations) }
        return result
    }

    private func hunt(
        seconds: Double, _ result: inout FuzzResult, _ rested: (Int, UInt64) -> Void
    ) throws -> FuzzLane.Found? {
        let found = Guarded<FuzzLane.Found?>(nil)
        let hauls = Guarded<[Result<FuzzLane.Haul, any Error>]>([])
        let threads = try (0..<lanes).map { first in
            let lane = FuzzLane(target: target, host: host, first: first, stride: lanes)
            return try BackgroundThread {
                let haul = Result { try lane.run(seconds: seconds, found) }
                hauls.withLock { $0.append(haul) }
            }
        }
        for thread in threads { thread.join() }
        for haul in hauls.withLock({ $0 }) {
            let haul = try haul.get()
            result.add(haul.progress)
            result.unavailable = haul.unavailable ?? result.unavailable
            for (place, digest) in haul.rested { rested(place, digest) }
        }
        return found.withLock { $0 }
    }

    // MARK: What was found

    private func finding(_ index: Int, _ disagreement: Disagreement, after operations: Int) throws -> FuzzFinding {
        let history = target.history(at: index)
        let attempts = HistoryAttempts(target, host: host)
        // A hang takes its whole time limit.
        let repetitions = disagreement.isHang ? min(self.repetitions, 2) : self.repetitions
        let failures = try attempts.rate(of: disagreement, history, times: repetitions)
        var finding = FuzzFinding(
            disagreement: disagreement, history: history, originalSteps: history.steps.count, operationsBefore: operations,
            failures: failures, attempts: repetitions)
        if failures == 0 { return finding }
        let small = try shrunk(history, disagreement, attempts, rate: Double(failures) / Double(repetitions))
        let again = try (0..<repetitions).compactMap { _ in try attempts.attempt(small).disagreement }.filter(disagreement.isLike)
        guard let last = again.last else { return finding }
        finding.history = small
        finding.disagreement = last
        finding.failures = again.count
        return finding
    }

    /// Each candidate is carried out as often as makes it likely that it fails if it can.
    private func shrunk(_ history: History, _ disagreement: Disagreement, _ attempts: HistoryAttempts, rate: Double) throws -> History {
        // A busy machine may mislead an impatient candidate; what is left in the end is judged with patience again.
        attempts.patience = 0.3
        defer { attempts.patience = HistoryAttempts.usualPatience }
        let times = rate > 0.95 ? 1 : min(30, Int((3 / rate).rounded(.up)))
        var shrinker = HistoryShrinker(
            candidates: disagreement.isHang ? min(candidates, 40) : candidates / times, seconds: shrinkingSeconds
        ) {
            candidate in
            try attempts.attempt(candidate, times: times).disagreement.map(disagreement.isLike) ?? false
        }
        return try shrinker.shrink(history)
    }
}
