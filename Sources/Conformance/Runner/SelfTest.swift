// The suite's own test: every saboteur must be caught, by the right clause, and a good backend never blamed.

import IOSpec

/// Runs the saboteurs.
public struct SelfTest: Sendable {
    /// What became of one saboteur.
    public struct Finding: Sendable {
        /// The saboteur.
        public let saboteur: Saboteur
        /// The backend that it was put around; nil when none of those at hand can be sabotaged so.
        public let backend: String?
        /// The result that caught it.
        public internal(set) var kill: CaseResult?
        /// Whether the case that caught it speaks about a clause that the saboteur breaks.
        public internal(set) var isRightClause = false

        /// Whether the suite did its work.
        public var isCaught: Bool { kill != nil && isRightClause }
    }

    /// The saboteurs to be caught.
    public var saboteurs: [Saboteur]
    /// The backends that can be sabotaged.
    public var factories: [BackendFactory]
    /// The cases.
    public var cases: [ConformanceCase]
    /// The seed of the run.
    public var seed: UInt64
    /// The children at a time.
    public var jobs: Int
    /// How children are started.
    public var host: ChildHost

    /// A test of `cases` by `saboteurs`.
    public init(
        saboteurs: [Saboteur], factories: [BackendFactory], cases: [ConformanceCase], seed: UInt64, jobs: Int, host: ChildHost
    ) {
        self.saboteurs = saboteurs
        self.factories = factories
        self.cases = cases
        self.seed = seed
        self.jobs = jobs
        self.host = host
    }

    /// Puts each saboteur around a backend that is available and runs cases until one fails: first those of its clauses, then the others.
    ///
    /// - Parameter good: the report of the same cases on the good backends, which tells what is available and how long each case takes.
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when there can be no run.
    public func run(after good: RunReport) throws -> [Finding] {
        try ScratchDirectory.checkParent()
        let scratch = try ScratchDirectory()
        let host = host.scratching(in: scratch)
        let available = factories.filter { factory in good.backends.contains { $0.name == factory.name && $0.available } }
        let cases = limited(by: good)
        var findings = Dictionary(uniqueKeysWithValues: saboteurs.map { ($0.name, finding(for: $0, available)) })
        try hunt(&findings, host) { saboteur in cases.filter { $0.clauses.contains(where: saboteur.clauses.contains) } }
        try hunt(&findings, host) { saboteur in cases.filter { !$0.clauses.contains(where: saboteur.clauses.contains) } }
        return saboteurs.compactMap { findings[$0.name] }
    }

    /// The cases, none of which waits for a sabotaged backend much longer than it takes on a good one.
    private func limited(by good: RunReport) -> [ConformanceCase] {
        let seconds = good.results.reduce(into: [:]) { $0[$1.id] = max($0[$1.id] ?? 0, $1.seconds) }
        return cases.map { $0.limited(to: min($0.timeLimit, max(2, 10 * (seconds[$0.id] ?? 0)))) }
    }

    private func finding(for saboteur: Saboteur, _ available: [BackendFactory]) -> Finding {
        Finding(saboteur: saboteur, backend: available.first { saboteur.wrap($0) != nil }?.name)
    }

    /// Runs candidates against every saboteur that is still alive.
    private func hunt(
        _ findings: inout [String: Finding], _ host: ChildHost, _ candidates: (Saboteur) -> [ConformanceCase]
    ) throws {
        let hunts = findings.values.filter { $0.kill == nil }.sorted { $0.saboteur.name < $1.saboteur.name }.flatMap { finding in
            batches(for: finding, candidates(finding.saboteur))
        }
        var found = findings
        let isAlive = { (batch: CaseBatch) in batch.saboteur.flatMap { found[$0] }?.kill == nil }
        let pool = CasePool(host: host, seed: seed, jobs: jobs, isWanted: isAlive) { batch, result in
            guard let name = batch.saboteur, found[name]?.kill == nil, let finding = found[name] else { return }
            guard catches(finding.saboteur, result) else { return }
            found[name]?.kill = result
            found[name]?.isRightClause = !result.concerned.isDisjoint(with: finding.saboteur.clauses)
        }
        try pool.run(hunts)
        findings = found
    }

    /// One batch for the cases that share a process, so that it stops at the first kill, and one for each of the others.
    private func batches(for finding: Finding, _ cases: [ConformanceCase]) -> [CaseBatch] {
        guard let backend = finding.backend else { return [] }
        return CaseBatch.batches(of: cases, on: backend, size: max(cases.count, 1)).map { batch in
            var sabotaged = batch
            sabotaged.saboteur = finding.saboteur.name
            sabotaged.stopsAtFailure = true
            return sabotaged
        }
    }

    /// Whether a result blames the backend; a missed `should` does when the saboteur breaks that clause.
    private func catches(_ saboteur: Saboteur, _ result: CaseResult) -> Bool {
        if result.verdict.blamesBackend { return true }
        return result.verdict == .nonStrict && !result.concerned.isDisjoint(with: saboteur.clauses)
    }
}
