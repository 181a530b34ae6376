// A whole run: every chosen case on every chosen backend.

/// What is to be run, and how.
public struct ConformanceRun: Sendable {
    /// The names of the backends.
    public var backends: [String]
    /// Those that must be available: being missing is a failure and not a skip.
    public var required: Set<String>
    /// The cases, in their order.
    public var cases: [ConformanceCase]
    /// Failures that are known and declared.
    public var expectations: [Expectation]
    /// The seed from which every case's own is made.
    public var seed: UInt64
    /// The children at a time.
    public var jobs: Int
    /// How children are started.
    public var host: ChildHost

    /// The most cases that one child runs before a fresh one takes over.
    private static var batchSize: Int { 12 }

    /// A run of `cases` on `backends`.
    public init(
        backends: [String], required: Set<String> = [], cases: [ConformanceCase], expectations: [Expectation] = [], seed: UInt64,
        jobs: Int, host: ChildHost
    ) {
        self.backends = backends
        self.required = required
        self.cases = cases
        self.expectations = expectations
        self.seed = seed
        self.jobs = jobs
        self.host = host
    }

    /// Runs, calling `progress` for each result as it comes, with the number that will come in all.
    ///
    /// - Returns: the report, whose results are in the order of the backends and cases.
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when there can be no run.
    public func run(progress: (CaseResult, Int) -> Void = { _, _ in }) throws -> RunReport {
        try ScratchDirectory.checkParent()
        // What a killed child could not remove goes with this directory.
        let scratch = try ScratchDirectory()
        let host = host.scratching(in: scratch)
        let start = CaseContext.clock
        var information = RunInformation(seed: seed, jobs: jobs, seconds: 0)
        let probed = try Self.probe(backends, jobs: jobs, host: host)
        var results = probed.filter { !$0.available }.flatMap(absences)
        let total = probed.count(where: \.available) * cases.count
        try withoutActuallyEscaping(progress) { progress in
            let pool = CasePool(host: host, seed: seed, jobs: jobs) { _, result in
                let judged = judge(result, information)
                results.append(judged)
                progress(judged, total)
            }
            let batches = interleaved(
                probed.filter(\.available).map { CaseBatch.batches(of: cases, on: $0.name, size: Self.batchSize) })
            // What waits long waits beside the others, from the beginning.
            try pool.run(batches.filter { $0.idleSeconds > 0 } + batches.filter { $0.idleSeconds == 0 })
        }
        information.end(after: Double(CaseContext.clock - start) / 1e9)
        return RunReport(run: information, backends: probed, results: ordered(results))
    }

    /// Sets each of `backends` up and down again and reports on them, in their order.
    ///
    /// That is done in children, because a backend that cannot be had may also end or hang the process that tries.
    ///
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when children cannot be started.
    public static func probe(_ backends: [String], jobs: Int, host: ChildHost) throws -> [BackendReport] {
        var reports: [String: BackendReport] = [:]
        let pool = CasePool(host: host, seed: 0, jobs: jobs) { _, _ in }
        pool.probed = { reports[$0.name] = $0 }
        try pool.run(backends.uniqued().map { CaseBatch(backend: $0, cases: []) })
        return backends.compactMap { reports[$0] }
    }

    /// A result for each case on a backend that cannot be had.
    private func absences(_ report: BackendReport) -> [CaseResult] {
        let text = report.explanation ?? "not available"
        let verdict: Verdict = required.contains(report.name) || report.isBroken ? .fail : .skip
        let skip: SkipReason? = verdict == .skip ? .unavailable(text) : nil
        return cases.map { CaseResult($0, backend: report.name, verdict: verdict, message: text, skip: skip) }
    }

    private func judge(_ result: CaseResult, _ information: RunInformation) -> CaseResult {
        let expectation = expectations.first { $0.concerns(result, in: information) }
        return expectation.map { $0.applied(to: result) } ?? result
    }

    /// One batch of each backend in turn, so that a backend's trouble shows early.
    private func interleaved(_ batches: [[CaseBatch]]) -> [CaseBatch] {
        let longest = batches.map(\.count).max() ?? 0
        return (0..<longest).flatMap { index in batches.compactMap { $0.count > index ? $0[index] : nil } }
    }

    private func ordered(_ results: [CaseResult]) -> [CaseResult] {
        let backendOrder = Dictionary(uniqueKeysWithValues: backends.uniqued().enumerated().map { ($1, $0) })
        let caseOrder = Dictionary(cases.map(\.id).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        func place(_ result: CaseResult) -> (Int, Int) { (backendOrder[result.backend] ?? .max, caseOrder[result.id] ?? .max) }
        return results.sorted { place($0) < place($1) }
    }
}
