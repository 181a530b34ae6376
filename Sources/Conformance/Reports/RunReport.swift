// A run as data: what every reporter reads, and what is written as JSON.

/// Everything that a run found out.
public struct RunReport: Codable, Sendable {
    /// The version of this structure; raised when a reader of the previous one could misread it.
    public var schemaVersion = RunReport.currentVersion
    /// The circumstances.
    public var run: RunInformation
    /// The backends, as they describe themselves.
    public var backends: [BackendReport]
    /// One entry for each mode, backend and case.
    public var results: [CaseResult]

    /// A report.
    public init(run: RunInformation, backends: [BackendReport], results: [CaseResult]) {
        self.run = run
        self.backends = backends
        self.results = results
    }

    /// The results that fail the run.
    public var failures: [CaseResult] { results.filter(\.verdict.isFailure) }

    /// Whether at least one case was judged and none failed.
    public var isSuccess: Bool { failures.isEmpty && results.contains { $0.verdict != .skip } }

    /// Each backend in each mode, as ``CaseResult/setting`` names them.
    var settings: [String] { results.map(\.setting).uniqued() }

    /// How often each verdict was given.
    public var counts: [Verdict: Int] {
        results.reduce(into: [:]) { $0[$1.verdict, default: 0] += 1 }
    }
}
