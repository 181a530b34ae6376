// What a run of random histories and its children tell each other: one line of JSON each.

/// A line to a child.
enum FuzzOrder: Codable, Sendable {
    /// What every later order is about.
    case target(FuzzTarget)
    /// Carry out every so many generated histories one, from a place on, until one fails or the seconds are over; what need not wait may take as long as `patience` says.
    case hunt(from: Int, stride: Int, seconds: Double, patience: Double)
    /// Carry a history out, so many times or until it fails; what need not wait may take so many seconds.
    case attempt(text: String, times: Int, patience: Double)
}

/// A line from a child.
enum FuzzNote: Codable, Sendable {
    /// The history at this place is carried out next, after so much.
    case began(Int, after: FuzzProgress)
    /// The history at this place came to rest after each step, and this is what all that was seen comes to.
    case rested(Int, digest: UInt64)
    /// The history at this place failed.
    case found(Int, Disagreement)
    /// So much was carried out since the order.
    case hunted(FuzzProgress)
    /// What an attempt came to, how often it was made, and what was seen of each operation the last time; also of what every backend must see alike.
    case attempted(HistoryOutcome.Verdict, times: Int, lines: [String], comparable: [String]?)
    /// The backend cannot be had here.
    case unavailable(String)
    /// The suite could not do its part.
    case broken(String)
}

/// How much was carried out.
struct FuzzProgress: Codable, Hashable, Sendable {
    /// Histories that were judged.
    var histories = 0
    /// Their operations.
    var operations = 0
    /// Those of them whose files could be in too many states to be judged to the end.
    var givenUp = 0
    /// Histories that need what cannot be had here.
    var skipped = 0
    /// Why the last of those could not be judged.
    var skipReason: String?

    /// Counts a history that was judged.
    mutating func add(_ outcome: HistoryOutcome) {
        histories += 1
        if outcome.hasGivenUp { givenUp += 1 }
    }

    /// Counts a history of about `length` operations whose child could not tell what came of it.
    mutating func addUntold(length: Int) {
        histories += 1
        operations += length
    }
}
