// One line of a report: a case on a backend.

/// What became of a case on a backend.
public struct CaseResult: Codable, Hashable, Sendable {
    /// The backend's name.
    public var backend: String
    /// The surroundings.
    public var mode = AmbientMode.default
    /// The case's id.
    public var id: String
    /// The ids of the clauses that the case proves.
    public var clauses: [String]
    /// The outcome.
    public var verdict: Verdict
    /// How long it took.
    public var seconds: Double
    /// What was seen, or why the case was left out; of a pass, what was measured, or nothing.
    public var message: String
    /// The clause that the harness saw broken, when it is not one of the case's own.
    public var blamed: String?
    /// The kind of the skip's reason; only with the verdict `skip`.
    public var skip: String?
    /// How often a stochastic case repeated what it proves; nil for the others.
    public var iterations: Int?
    /// The last steps before a failure, the oldest first, in words; nil when nothing went wrong.
    public var trace: [String]?

    /// The outcome of `conformanceCase`.
    public init(
        _ conformanceCase: ConformanceCase, backend: String, verdict: Verdict, seconds: Double = 0, message: String = "",
        blamed: String? = nil, skip: SkipReason? = nil, trace: [String]? = nil
    ) {
        self.backend = backend
        self.id = conformanceCase.id
        self.clauses = conformanceCase.clauses
        self.verdict = verdict
        self.seconds = seconds
        self.message = Self.bounded(message)
        self.blamed = blamed
        self.skip = skip?.kind
        self.trace = trace
        if case .stochastic(let iterations) = conformanceCase.kind { self.iterations = iterations }
    }

    /// The most characters of a message that a report carries: a whole buffer in words helps nobody, and makes reports unreadable.
    private static var longestMessage: Int { 2000 }

    private static func bounded(_ message: String) -> String {
        if message.utf8.count <= longestMessage { return message }
        let start = message.prefix(longestMessage)
        return start.endIndex == message.endIndex ? message : "\(start)… (\(message.count) characters in all)"
    }

    /// The outcome of `conformanceCase`, which was left out.
    init(_ conformanceCase: ConformanceCase, backend: String, skippedFor skip: Skip) {
        self.init(conformanceCase, backend: backend, verdict: .skip, message: skip.description, skip: skip.reason)
    }

    /// The backend with the surroundings, unless those are the default ones.
    public var setting: String { mode == .default ? backend : "\(backend)/\(mode.rawValue)" }

    /// Every clause that the result speaks about.
    public var concerned: Set<String> { Set(clauses).union(blamed.map { [$0] } ?? []) }

    /// The part of the id before the dot.
    public var area: String { String(id.prefix { $0 != "." }) }
}
