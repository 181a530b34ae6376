// A failure that is known and declared, with its reason.

/// Says that a case fails on a backend, and why; a pass is then the surprise.
public struct Expectation: Hashable, Sendable {
    /// The backend's name.
    public var backend: String
    /// The case's id.
    public var id: String
    /// Why it fails, for people.
    public var reason: String

    /// A declared failure.
    public init(backend: String, id: String, reason: String) {
        self.backend = backend
        self.id = id
        self.reason = reason
    }

    /// The result in the light of the expectation.
    public func applied(to result: CaseResult) -> CaseResult {
        var judged = result
        if result.verdict.blamesBackend {
            judged.verdict = .expectedFailure
            judged.message = "\(reason): \(result.message)"
        } else if result.verdict == .pass {
            judged.verdict = .unexpectedPass
            judged.message = "declared to fail (\(reason)), and passed"
        }
        return judged
    }
}
