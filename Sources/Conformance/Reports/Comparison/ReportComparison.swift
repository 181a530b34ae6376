// What changed from one run to another, case by case.

/// Two reports held against each other.
public struct ReportComparison: Codable, Sendable {
    /// Which way a result changed.
    public enum Trend: String, Codable, Sendable, CaseIterable {
        /// It fails and did not, a *should* is missed that was not, or what was judged no longer is, because it is skipped or absent.
        case worse
        /// The other way round.
        case better
        /// Neither, for instance a case that only the second report has.
        case other
    }

    /// A result that is not the same in both reports.
    public struct Change: Codable, Hashable, Sendable {
        /// The backend, and the mode unless that is the default, as ``CaseResult/setting`` has them.
        public var backend: String
        /// The case's id.
        public var id: String
        /// The verdict in the first report; nil when it has no such result.
        public var before: Verdict?
        /// The verdict in the second report; nil when it has no such result.
        public var after: Verdict?
        /// What was seen: in the second report, or in the first when only that one has the result.
        public var message: String
        /// Which way it changed.
        public var trend: Trend
    }

    /// The version of this structure.
    public var schemaVersion = 1
    /// The circumstances of the first run.
    public var before: RunInformation
    /// The circumstances of the second run.
    public var after: RunInformation
    /// What changed, the worse first, then in the order of the reports.
    public var changes: [Change]
    /// How many results have the same verdict in both.
    public var same: Int
    /// How many of those fail.
    public var stillFailing: Int

    private struct Place: Hashable {
        var backend: String
        var id: String

        init(_ result: CaseResult) {
            backend = result.setting
            id = result.id
        }
    }

    /// Compares two reports.
    public init(_ before: RunReport, _ after: RunReport) {
        self.before = before.run
        self.after = after.run
        let first = Dictionary(before.results.map { (Place($0), $0) }, uniquingKeysWith: { $1 })
        let second = Dictionary(after.results.map { (Place($0), $0) }, uniquingKeysWith: { $1 })
        let places = (before.results + after.results).map(Place.init).uniqued()
        let changes = places.compactMap { Self.change(at: $0, first[$0], second[$0]) }
        self.changes = Trend.allCases.flatMap { trend in changes.filter { $0.trend == trend } }
        let unchanged = places.filter { first[$0]?.verdict == second[$0]?.verdict }
        same = unchanged.count
        stillFailing = unchanged.count { second[$0]?.verdict.isFailure == true }
    }

    private static func change(at place: Place, _ before: CaseResult?, _ after: CaseResult?) -> Change? {
        if before?.verdict == after?.verdict { return nil }
        return Change(
            backend: place.backend, id: place.id, before: before?.verdict, after: after?.verdict,
            message: after?.message ?? before?.message ?? "", trend: trend(before?.verdict, after?.verdict))
    }

    private static func trend(_ before: Verdict?, _ after: Verdict?) -> Trend {
        // What was not there before can only be worse by failing.
        guard let before else { return after?.isFailure == true ? .worse : .other }
        // What is gone is judged no longer, whatever it was judged to be.
        guard let after else { return before == .skip ? .other : .worse }
        if after.weight == before.weight { return .other }
        return after.weight > before.weight ? .worse : .better
    }

    /// The changes of one kind.
    public func changes(_ trend: Trend) -> [Change] { changes.filter { $0.trend == trend } }

    /// Whether anything got worse.
    public var hasRegression: Bool { changes.contains { $0.trend == .worse } }
}

extension Verdict {
    /// How far the verdict is from what everyone wants; equal for verdicts between which nobody can choose.
    fileprivate var weight: Int {
        switch self {
        case .pass, .informational: 0
        case .nonStrict: 1
        // What is not judged may hide anything, and so may a failure that is declared.
        case .skip: 2
        case .expectedFailure: 3
        case .unexpectedPass, .fail, .timeout, .crash, .leak, .broken: 4
        }
    }
}
