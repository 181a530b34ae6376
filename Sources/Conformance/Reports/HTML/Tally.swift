// How a group of results stands: what a cell of a matrix shows.

/// The results of a group, counted.
struct Tally: Sendable {
    private let counts: [Verdict: Int]

    /// Counts `results`.
    init(_ results: some Sequence<CaseResult>) {
        counts = results.reduce(into: [:]) { $0[$1.verdict, default: 0] += 1 }
    }

    /// How many there are.
    var total: Int { counts.values.reduce(0, +) }

    /// How many hold: were judged, do not fail, and are not declared to.
    var good: Int { total - count(of: .skip) - count(of: .expectedFailure) - failed }

    /// How many fail the run.
    var failed: Int { counts.reduce(0) { $0 + ($1.key.isFailure ? $1.value : 0) } }

    /// How many there are of a verdict.
    func count(of verdict: Verdict) -> Int { counts[verdict, default: 0] }

    /// The verdicts that were given, the worst first, with their numbers.
    var verdicts: [(verdict: Verdict, count: Int)] {
        Verdict.worstFirst.compactMap { verdict in counts[verdict].map { (verdict, $0) } }
    }

    /// The verdict that a reader must see; nil for an empty group. Skipped cases only show where nothing worse does.
    var worst: Verdict? { verdicts.first?.verdict }

    /// `11/12`, or what there is instead of a result.
    var figure: String {
        if total == 0 { return "–" }
        return count(of: .skip) == total ? "skip" : "\(good)/\(total)"
    }

    /// Every verdict with its number, in words.
    var words: String {
        total == 0 ? "no case" : verdicts.map { "\($0.count) \($0.verdict.rawValue)" }.joined(separator: ", ")
    }
}

extension Verdict {
    /// Every verdict, in the order of what a reader must see first.
    static var worstFirst: [Verdict] {
        [.broken, .crash, .timeout, .fail, .leak, .unexpectedPass, .expectedFailure, .nonStrict, .skip, .informational, .pass]
    }

    /// A sign beside the colour, for those who do not see it.
    var sign: String {
        switch self {
        case .pass: "✓"
        case .informational: "i"
        case .nonStrict: "!"
        case .skip: "–"
        case .expectedFailure: "≈"
        case .fail, .timeout, .crash, .leak, .unexpectedPass: "✗"
        case .broken: "?"
        }
    }
}
