// What the suite's own test found, as data.

public import IOSpec

/// The saboteurs with what caught each, and the false alarms of good backends.
public struct SelfTestReport: Codable, Sendable {
    /// What became of a saboteur.
    public enum Outcome: String, Codable, Sendable {
        /// A case of a clause that it breaks saw it.
        case caught
        /// Only a case of other clauses saw it: the clause that it breaks has no case that can fail.
        case wrongClause
        /// No case saw it.
        case survived
        /// None of the backends at hand can be sabotaged so.
        case notApplicable
    }

    /// A result that caught a saboteur.
    public struct Kill: Codable, Hashable, Sendable {
        /// The case's id.
        public var id: String
        /// How the case failed.
        public var verdict: Verdict
        /// What it saw.
        public var message: String
        /// How long it took.
        public var seconds: Double
    }

    /// A saboteur.
    public struct Entry: Codable, Sendable {
        /// Its stable name.
        public var name: String
        /// The ids of the clauses that it breaks.
        public var clauses: [String]
        /// What it does wrong.
        public var summary: String
        /// The measured disagreement of kernels that invites the mistake, if one does: its number and what it is about.
        public var disagreement: String?
        /// The backend that it was put around.
        public var backend: String?
        /// What became of it.
        public var outcome: Outcome
        /// The first result that caught it; or each that did, of the clauses that it breaks, when all of them were asked for.
        public var kills: [Kill]
    }

    /// The version of this structure.
    public var schemaVersion = 2
    /// The circumstances of the run on good backends.
    public var run: RunInformation
    /// How many results of good backends, as they are and in the disguise of a saboteur, were judged.
    public var judged: Int
    /// Those that blame a good backend.
    public var falseAlarms: [CaseResult]
    /// The saboteurs.
    public var saboteurs: [Entry]
    /// Each `must` that can be tested, with the case that shows that it is proved.
    public var clauses: [ClauseKill]

    /// What `findings` say about `clauses`, after the run `good` on good backends and the results of those in disguise.
    public init(_ findings: [SelfTest.Finding], of clauses: [Clause] = Clause.all, after good: RunReport, disguised: [CaseResult] = []) {
        run = good.run
        let results = good.results + disguised
        judged = results.count { $0.verdict != .skip }
        falseAlarms = results.filter(\.verdict.isFailure)
        saboteurs = findings.map(Entry.init)
        self.clauses = ClauseKill.all(of: clauses, in: findings)
    }

    /// How many of the clauses are shown to be proved.
    public var shown: Int { clauses.count { $0.killer != nil } }

    /// Whether the suite caught every saboteur, shows each clause and blamed nothing that is good.
    public var isSuccess: Bool {
        !saboteurs.isEmpty && caught == saboteurs.count && shown == clauses.count && falseAlarms.isEmpty && judged > 0
    }

    /// How many saboteurs were caught by the right clause.
    public var caught: Int { saboteurs.count { $0.outcome == .caught } }
}

extension SelfTestReport.Entry {
    fileprivate init(_ finding: SelfTest.Finding) {
        name = finding.saboteur.name
        clauses = finding.saboteur.clauses
        summary = finding.saboteur.summary
        disagreement = finding.saboteur.disagreement.flatMap { number in
            DivergenceCatalogue.all.first { $0.number == number }.map { "\(number), \($0.title)" }
        }
        backend = finding.backend
        outcome = Self.outcome(of: finding)
        kills = finding.kills.map { SelfTestReport.Kill(id: $0.id, verdict: $0.verdict, message: $0.message, seconds: $0.seconds) }
    }

    private static func outcome(of finding: SelfTest.Finding) -> SelfTestReport.Outcome {
        if finding.isCaught { return .caught }
        if !finding.kills.isEmpty { return .wrongClause }
        return finding.backend == nil ? .notApplicable : .survived
    }
}
