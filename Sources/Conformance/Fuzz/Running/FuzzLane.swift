// One of several children that carry out the same row of random histories, each its share.

import IOSpec

/// A child's share of the row: every so many histories one. Most of a history is waiting, so that several children get through more of them.
struct FuzzLane: Sendable {
    /// What a lane came to.
    struct Haul: Sendable {
        var progress = FuzzProgress()
        /// Of each history that came to rest after each step what was seen, as a digest, by its place.
        var rested: [Int: UInt64] = [:]
        /// Why the backend cannot be had here.
        var unavailable: String?
    }

    /// A history that failed.
    struct Found: Sendable {
        let index: Int
        let disagreement: Disagreement
    }

    /// How long one history may take before it is said to hang, in seconds: longer than the executor waits for each of several operations.
    private static var longest: Double { 60 }

    let target: FuzzTarget
    let host: ChildHost
    /// The place of its first history.
    let first: Int
    /// How far its histories lie apart: the number of lanes.
    let stride: Int
    /// How many seconds something that need not wait may take.
    var patience = HistoryExecutor.longestPatience

    /// Carries histories out for so many seconds, or until those that are left come after one that failed in any lane: it is the first one that counts.
    ///
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when histories cannot be carried out.
    func run(seconds: Double, _ found: Guarded<Found?>) throws -> Haul {
        let child = try FuzzChild(target, host: host)
        try child.order(.hunt(from: first, stride: stride, seconds: seconds, patience: patience))
        var haul = Haul()
        var index = first
        while true {
            switch try child.next(within: Self.longest) {
            case .note(.began(let place, let progress)):
                haul.progress = progress
                index = place
                if found.withLock({ $0.map { $0.index < place } ?? false }) { return haul }
            case .note(.rested(let place, let digest)): haul.rested[place] = digest
            case .note(.found(let place, let disagreement)): found.note(Found(index: place, disagreement: disagreement))
            case .note(.hunted(let progress)):
                haul.progress = progress
                return haul
            case .note(.unavailable(let reason)):
                haul.unavailable = reason
                return haul
            case .note(.broken(let problem)): throw HarnessProblem(problem)
            case .note(.attempted): throw HarnessProblem("a child answered something else than it was asked")
            case .ended(let text):
                haul.progress.addUntold(length: target.length)
                found.note(Found(index: index, disagreement: .crash(text)))
                return haul
            case .silent:
                haul.progress.addUntold(length: target.length)
                found.note(Found(index: index, disagreement: .hang(after: Self.longest)))
                return haul
            }
        }
    }
}

extension Guarded<FuzzLane.Found?> {
    /// Keeps what comes first in the row.
    fileprivate func note(_ found: FuzzLane.Found) {
        withLock { first in
            if first.map({ found.index < $0.index }) ?? true { first = found }
        }
    }
}
