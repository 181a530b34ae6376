// The suite's own test: every saboteur must be caught, each must by a case of its own, and nothing that is good ever blamed.

public import IOSpec

/// Runs the good backends, and then the saboteurs.
public struct SelfTest: Sendable {
    /// What became of one saboteur.
    public struct Finding: Sendable {
        /// The saboteur.
        public let saboteur: Saboteur
        /// The backend that it was put around; nil when none of those at hand can be sabotaged so.
        public let backend: String?
        /// The results that caught it: the first one of its clauses and of each clause that nothing else shows, or all of them where they are asked for.
        public internal(set) var kills: [CaseResult] = []

        /// Whether the suite did its work: a case that caught it speaks about a clause that the saboteur breaks.
        public var isCaught: Bool { kills.contains { !$0.concerned.isDisjoint(with: saboteur.clauses) } }
    }

    /// The saboteurs to be caught.
    public var saboteurs: [Saboteur]
    /// The backends that can be sabotaged.
    public var factories: [BackendFactory]
    /// The clauses, of which each `must` is to have a case that catches a saboteur of it.
    public var clauses: [Clause]
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
        saboteurs: [Saboteur], factories: [BackendFactory], clauses: [Clause] = Clause.all, cases: [ConformanceCase], seed: UInt64,
        jobs: Int, host: ChildHost, findsAllKills: Bool = false
    ) {
        self.saboteurs = saboteurs
        self.factories = factories
        self.clauses = clauses
        self.cases = cases
        self.seed = seed
        self.jobs = jobs
        self.host = host
        self.findsAllKills = findsAllKills
    }

    /// The surroundings in which saboteurs are hunted.
    var modes: [AmbientMode] { AmbientMode.allCases.filter { mode in mode == .default || saboteurs.contains { $0.mode == mode } } }

    /// The cases that are to hold in `mode`: in one that is not the default those about the clauses of the saboteurs that are hunted there.
    func cases(in mode: AmbientMode) -> [ConformanceCase] {
        if mode == .default { return cases }
        let broken = Set(saboteurs.filter { $0.mode == mode }.flatMap(\.clauses))
        return cases.filter { !broken.isDisjoint(with: $0.clauses) }
    }

    /// The saboteurs, each with the backend that it can be put around among those that `good` has found to be available.
    func findings(after good: RunReport) -> [Finding] {
        let available = factories.filter { factory in good.backends.contains { $0.name == factory.name && $0.available } }
        return saboteurs.map { saboteur in
            Finding(saboteur: saboteur, backend: available.first { saboteur.wrap($0) != nil }?.name)
        }
    }
}
