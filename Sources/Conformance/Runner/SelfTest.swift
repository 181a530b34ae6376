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
        /// The results that caught it: the first one, or all of those about its clauses where they are asked for.
        public internal(set) var kills: [CaseResult] = []

        /// Whether the suite did its work: a case that caught it speaks about a clause that the saboteur breaks.
        public var isCaught: Bool { kills.contains { !$0.concerned.isDisjoint(with: saboteur.clauses) } }
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
    /// Whether every case about a saboteur's clauses is tried on it, and not only until one catches it.
    public var findsAllKills: Bool

    /// A test of `cases` by `saboteurs`.
    public init(
        saboteurs: [Saboteur], factories: [BackendFactory], cases: [ConformanceCase], seed: UInt64, jobs: Int, host: ChildHost,
        findsAllKills: Bool = false
    ) {
        self.saboteurs = saboteurs
        self.factories = factories
        self.cases = cases
        self.seed = seed
        self.jobs = jobs
        self.host = host
        self.findsAllKills = findsAllKills
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
        try hunt(&findings, host, stopsAtFirst: !findsAllKills) { saboteur in
            cases.filter { $0.clauses.contains(where: saboteur.clauses.contains) }
        }
        try hunt(&findings, host, stopsAtFirst: true) { saboteur in cases.filter { !$0.clauses.contains(where: saboteur.clauses.contains) }
        }
        let places = Dictionary(cases.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        for name in findings.keys { findings[name]?.kills.sort { places[$0.id, default: 0] < places[$1.id, default: 0] } }
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
        _ findings: inout [String: Finding], _ host: ChildHost, stopsAtFirst: Bool, _ candidates: (Saboteur) -> [ConformanceCase]
    ) throws {
        let hunts = findings.values.filter(\.kills.isEmpty).sorted { $0.saboteur.name < $1.saboteur.name }.flatMap { finding in
            batches(for: finding, candidates(finding.saboteur), stopsAtFailure: stopsAtFirst)
        }
        var found = findings
        let isOpen = { (name: String?) in !stopsAtFirst || name.flatMap { found[$0] }?.kills.isEmpty == true }
        let pool = CasePool(host: host, seed: seed, jobs: jobs, isWanted: { isOpen($0.saboteur) }) { batch, result in
            guard let name = batch.saboteur, isOpen(name), let finding = found[name], catches(finding.saboteur, result) else { return }
            found[name]?.kills.append(result)
        }
        try pool.run(hunts)
        findings = found
    }

    /// One batch for the cases that share a process, so that it stops at the first kill, and one for each of the others.
    private func batches(for finding: Finding, _ cases: [ConformanceCase], stopsAtFailure: Bool) -> [CaseBatch] {
        guard let backend = finding.backend else { return [] }
        return CaseBatch.batches(of: cases, on: backend, in: finding.saboteur.mode, size: max(cases.count, 1)).map { batch in
            var sabotaged = batch
            sabotaged.saboteur = finding.saboteur.name
            sabotaged.stopsAtFailure = stopsAtFailure
            return sabotaged
        }
    }

    /// Whether a result blames the backend; a missed `should` does when the saboteur breaks that clause.
    private func catches(_ saboteur: Saboteur, _ result: CaseResult) -> Bool {
        if result.verdict.blamesBackend { return true }
        return result.verdict == .nonStrict && !result.concerned.isDisjoint(with: saboteur.clauses)
    }
}
