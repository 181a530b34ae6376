// A whole run: every chosen case on every chosen backend.

/// What is to be run, and how.
public struct ConformanceRun: Sendable {
    /// The names of the backends.
    public var backends: [String]
    /// Those that must be available: being missing is a failure and not a skip.
    public var required: Set<String>
    /// The surroundings, in their order, each of which has every case once.
    public var modes: [AmbientMode]
    /// The surroundings that every backend must have: that a machine cannot have them is a failure and not a skip.
    public var requiredModes: Set<AmbientMode>
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
        backends: [String], required: Set<String> = [], modes: [AmbientMode] = [.default],
        requiredModes: Set<AmbientMode> = [], cases: [ConformanceCase], expectations: [Expectation] = [],
        seed: UInt64, jobs: Int, host: ChildHost
    ) {
        self.backends = backends
        self.required = required
        self.modes = modes
        self.requiredModes = requiredModes
        self.cases = cases
        self.expectations = expectations
        self.seed = seed
        self.jobs = jobs
        self.host = host
    }

    /// Runs, calling `progress` for each result as it comes, with the number that will come in all.
    ///
    /// - Returns: the report, whose results are in the order of the modes, backends and cases.
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when there can be no run.
    public func run(progress: (CaseResult, Int) -> Void = { _, _ in }) throws -> RunReport {
        try ScratchDirectory.checkParent()
        let start = CaseContext.clock
        var information = RunInformation(seed: seed, jobs: jobs, modes: modes, seconds: 0)
        let probed = try probeInEachMode()
        var results = modes.flatMap { mode in probed[mode, default: []].filter { !$0.available }.flatMap { absences($0, mode) } }
            .map { judge($0, information) }
        let total = modes.reduce(0) { $0 + probed[$1, default: []].count(where: \.available) * cases.count }
        for mode in modes {
            try run(mode, on: probed[mode, default: []].filter(\.available).map(\.name), information) { result in
                results.append(result)
                progress(result, total)
            }
        }
        information.end(after: Double(CaseContext.clock - start) / 1e9)
        return RunReport(run: information, backends: modes.first.flatMap { probed[$0] } ?? [], results: ordered(results))
    }

    /// Runs every case on `backends` in one mode.
    private func run(_ mode: AmbientMode, on backends: [String], _ information: RunInformation, report: (CaseResult) -> Void) throws {
        // What a killed child could not remove goes with this directory.
        let scratch = try mode.scratchDirectory()
        let batches = interleaved(backends.map { CaseBatch.batches(of: cases, on: $0, in: mode, size: Self.batchSize) })
        // What waits long waits beside the others, from the beginning.
        let ordered = batches.filter { $0.idleSeconds > 0 } + batches.filter { $0.idleSeconds == 0 }
        try withoutActuallyEscaping(report) { report in
            let pool = CasePool(host: host.scratching(in: scratch), seed: seed, jobs: jobs) { _, result in
                report(judge(result, information))
            }
            try mode.surround { try pool.run(ordered) }
        }
    }

    /// What the backends say of themselves in each mode, since some surroundings make one impossible.
    private func probeInEachMode() throws -> [AmbientMode: [BackendReport]] {
        try Dictionary(modes.map { ($0, try Self.probe(backends, in: $0, jobs: jobs, host: host)) }, uniquingKeysWith: { $1 })
    }

    /// Sets each of `backends` up and down again and reports on them, in their order.
    ///
    /// That is done in children, because a backend that cannot be had may also end or hang the process that tries.
    ///
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when children cannot be started.
    public static func probe(_ backends: [String], in mode: AmbientMode = .default, jobs: Int, host: ChildHost) throws -> [BackendReport] {
        var reports: [String: BackendReport] = [:]
        // Whether the mode can be had hangs on this directory, too.
        let scratch = mode == .default ? nil : try mode.scratchDirectory()
        defer { withExtendedLifetime(scratch) {} }
        let pool = CasePool(host: scratch.map(host.scratching) ?? host, seed: 0, jobs: jobs) { _, _ in }
        pool.probed = { reports[$0.name] = $0 }
        try pool.run(backends.uniqued().map { CaseBatch(backend: $0, mode: mode, cases: []) })
        return backends.compactMap { reports[$0] }
    }

    /// A result for each case on a backend that cannot be had in a mode.
    private func absences(_ report: BackendReport, _ mode: AmbientMode) -> [CaseResult] {
        let text = report.explanation ?? "not available"
        let verdict = verdict(ofAbsent: report, mode)
        let reason: SkipReason = report.isWithheld ? .mode(mode, text) : .unavailable(text)
        return cases.map { conformanceCase in
            var result = CaseResult(
                conformanceCase, backend: report.name, verdict: verdict, message: text, skip: verdict == .skip ? reason : nil)
            result.mode = mode
            return result
        }
    }

    private func verdict(ofAbsent report: BackendReport, _ mode: AmbientMode) -> Verdict {
        if report.isBroken { return .broken }
        let isRequired = report.isWithheld ? requiredModes.contains(mode) : required.contains(report.name)
        return isRequired || report.isFaulty ? .fail : .skip
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
        let modeOrder = Self.places(modes)
        let backendOrder = Self.places(backends)
        let caseOrder = Self.places(cases.map(\.id))
        func place(_ result: CaseResult) -> (Int, Int, Int) {
            (modeOrder[result.mode] ?? .max, backendOrder[result.backend] ?? .max, caseOrder[result.id] ?? .max)
        }
        return results.sorted { place($0) < place($1) }
    }

    /// Where each element comes first.
    private static func places<Element: Hashable>(_ elements: [Element]) -> [Element: Int] {
        Dictionary(elements.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
