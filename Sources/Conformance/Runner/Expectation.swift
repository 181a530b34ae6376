// A failure that is known and declared, with its reason.

/// Says that cases fail on a backend in some surroundings, and why; a pass is then the surprise.
public struct Expectation: Codable, Hashable, Sendable {
    /// The backend's name, or a pattern with `*` and `?`.
    public var backend: String
    /// The case's id, or a pattern with `*` and `?`.
    public var pattern: String
    /// Where the cases fail: patterns of values by ``RunInformation/environmentNames``. Empty for everywhere.
    public var environment: [String: String]
    /// Why they fail, for people.
    public var reason: String

    /// The names as a file has them.
    enum CodingKeys: String, CodingKey, CaseIterable {
        case backend, environment, reason
        case pattern = "case"
    }

    /// A declared failure.
    public init(backend: String, case pattern: String, environment: [String: String] = [:], reason: String) {
        self.backend = backend
        self.pattern = pattern
        self.environment = environment
        self.reason = reason
    }

    /// Whether the expectation speaks about a result of this run.
    func concerns(_ result: CaseResult, in run: RunInformation) -> Bool {
        guard Selection.matches(result.backend, backend), Selection.matches(result.id, pattern) else { return false }
        let values = run.environment(of: result)
        return environment.allSatisfy { name, pattern in values[name].map { Selection.matches($0, pattern) } ?? false }
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
