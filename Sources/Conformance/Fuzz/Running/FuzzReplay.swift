// Carries one history out again, which somebody wrote down.

import IOSpec

/// What a history that is replayed comes to on one target.
public struct FuzzReplay: Codable, Sendable {
    /// The name of the backend.
    public var backend: String
    /// How often it was carried out, and how often that was allowed.
    public var attempts: Int
    public var agreed = 0
    /// Why nothing could be judged, if so.
    public var skipped: String?
    /// The last disagreement.
    public var disagreement: Disagreement?
    /// What was seen of each operation the last time.
    public var lines: [String] = []

    /// Carries `history` out so many times.
    ///
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when histories cannot be carried out.
    public init(_ history: History, on target: FuzzTarget, times: Int, host: ChildHost) throws {
        backend = target.backend
        attempts = times
        let scratch = try target.mode.scratchDirectory()
        let carrier = HistoryAttempts(target, host: host.scratching(in: scratch))
        try target.mode.surround {
            for _ in 0..<times {
                let result = try carrier.attempt(history)
                lines = result.lines
                skipped = result.skipped
                if skipped != nil { return }
                if let found = result.disagreement { disagreement = found } else { agreed += 1 }
            }
        }
    }

    /// Whether every attempt was allowed, or nothing could be judged.
    public var isSuccess: Bool { disagreement == nil }

    /// What came of it, for people.
    public var text: String {
        let seen = lines.map { "  \($0)\n" }.joined()
        if let skipped { return "\(backend): not judged: \(skipped)\n" }
        guard let disagreement else { return "\(backend): allowed \(agreed) of \(attempts) times\n" + seen }
        let clause = disagreement.clause.map { "  clause   \($0): \(disagreement.sentence ?? "no clause has this name")\n" } ?? ""
        return "\(backend): allowed \(agreed) of \(attempts) times\n\(seen)\(clause)  allowed  \(disagreement.allowed)\n"
            + "  seen     \(disagreement.seen)\n"
    }
}
