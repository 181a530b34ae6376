// Random histories on several backends, and the backends against each other.

import IOSpec

/// Carries the same histories out on each target, one target after the other.
public struct FuzzRun {
    /// The backends in their surroundings.
    public var targets: [FuzzTarget]
    /// How long each gets.
    public var seconds: Double
    /// How many children share the histories of each.
    public var jobs: Int
    /// How children are started.
    public var host: ChildHost

    /// A run.
    public init(targets: [FuzzTarget], seconds: Double, jobs: Int, host: ChildHost) {
        self.targets = targets
        self.seconds = seconds
        self.jobs = jobs
        self.host = host
    }

    /// Runs, telling `progress` of each target as it is done with.
    ///
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when histories cannot be carried out.
    public func run(progress: (FuzzResult) throws -> Void = { _ in }) throws -> FuzzReport {
        try ScratchDirectory.checkParent()
        var report = FuzzReport(targets.first?.seed ?? 0)
        var digests: [[Int: UInt64]] = []
        for target in targets {
            var seen: [Int: UInt64] = [:]
            let result = try result(on: target) { seen[$0] = $1 }
            digests.append(seen)
            report.results.append(result)
            try progress(result)
        }
        report.compared = Set(digests.flatMap(\.keys)).count { index in digests.count { $0[index] != nil } > 1 }
        report.differences = try differences(digests)
        return report
    }

    private func result(on target: FuzzTarget, _ rested: (Int, UInt64) -> Void) throws -> FuzzResult {
        let scratch = try target.mode.scratchDirectory()
        let hunt = FuzzHunt(target: target, host: host.scratching(in: scratch), lanes: jobs)
        return try target.mode.surround { try hunt.run(seconds: seconds, rested: rested) }
    }

    // MARK: The backends against each other

    /// Of each backend the first history in which it saw something else than the first one, where no order was left open.
    private func differences(_ digests: [[Int: UInt64]]) throws -> [FuzzDifference] {
        guard !targets.contains(where: \.hasFaults), let first = digests.firstIndex(where: { !$0.isEmpty }) else { return [] }
        return try zip(targets, digests).dropFirst(first + 1).compactMap { target, seen in
            let differing = seen.filter { index, digest in digests[first][index].map { $0 != digest } ?? false }.keys.min()
            guard let differing else { return nil }
            return try FuzzDifference.shown(by: target.history(at: differing), targets[first], target, host: host)
        }
    }
}
