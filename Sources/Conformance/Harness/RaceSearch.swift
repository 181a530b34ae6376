// The search for the delay between two actions at which the outcome of their race flips.

/// Looks for the delay at which neither side of a race is sure to win, and stays around it, so that both outcomes are really seen.
///
/// A positive delay postpones the challenger (a cancel, a deadline), a negative one the event that it races with. The search begins with
/// both at once. As long as the same side wins its steps double, in favour of the other side; each time the winner changes they halve.
struct RaceSearch {
    /// In nanoseconds; below this two clock readings tell no difference.
    private static var smallestStep: Int64 { 64 }
    /// In nanoseconds; as long as a busy machine keeps a thread from running.
    private static var largestStep: Int64 { 1 << 21 }
    private static var largestDelay: Int64 { 1 << 23 }
    /// In nanoseconds: how long the rounds of one case may take where the two threads have to share a processor.
    private static var patience: Int64 { 1_500_000_000 }

    private let eventName: String
    private let challengerName: String
    private var delay: Int64 = 0
    private var step: Int64 = 512
    private var didEventWin: Bool?
    private var eventWins = 0
    private var challengerWins = 0
    private var flips = 0
    private let end = CaseContext.clock + Self.patience

    /// A search between an event and its challenger, called in the report by what their victories look like.
    init(event eventName: String, challenger challengerName: String) {
        self.eventName = eventName
        self.challengerName = challengerName
    }

    /// Whether another round may begin after so many: a race that takes long has been looked at long enough.
    func goesOn(after rounds: Int, of iterations: Int) -> Bool {
        rounds < iterations && CaseContext.clock < end
    }

    /// The delay of the next round, in nanoseconds.
    func next(using random: inout SplitMix64) -> Int64 {
        let scatter = Int64.random(in: -step...step, using: &random)
        return min(max(delay + scatter, -Self.largestDelay), Self.largestDelay)
    }

    /// Takes the outcome of a round into account.
    mutating func record(eventWon: Bool) {
        if eventWon { eventWins += 1 } else { challengerWins += 1 }
        if let didEventWin {
            let hasFlipped = didEventWin != eventWon
            if hasFlipped { flips += 1 }
            step = hasFlipped ? max(step / 2, Self.smallestStep) : min(step * 2, Self.largestStep)
        }
        didEventWin = eventWon
        delay = min(max(delay + (eventWon ? -step : step), -Self.largestDelay), Self.largestDelay)
    }

    /// How many rounds there were, and how often each outcome was seen.
    var summary: String {
        let counts = "\(eventWins + challengerWins) rounds: \(eventWins) \(eventName), \(challengerWins) \(challengerName)"
        if eventWins == 0 { return "\(counts); \(eventName) was never seen" }
        if challengerWins == 0 { return "\(counts); \(challengerName) was never seen" }
        return "\(counts), \(flips) flips"
    }
}

extension CaseContext {
    /// Races a partner's action against `challenge`, as often as the case repeats what it proves or the time allows, and reports the outcomes.
    ///
    /// - Parameters:
    ///   - event: what the victory of the partner's action looks like, in a word.
    ///   - challenger: the same of the challenge.
    ///   - partner: the thread with the action.
    ///   - prepare: what goes before a round.
    ///   - challenge: what races with the action.
    ///   - judge: checks the outcome of a round, given what the action returned, and tells whether the action won.
    func race<Round>(
        event: String, challenger: String, with partner: RacePartner, prepare: (Int) throws -> Round,
        challenge: (Round) throws -> Void, judge: (Round, Int32) throws -> Bool
    ) throws {
        var search = RaceSearch(event: event, challenger: challenger)
        var number = 0
        while search.goesOn(after: number, of: iterations) {
            let round = try prepare(number)
            let delay = search.next(using: &random)
            partner.begin(number, after: max(0, -delay))
            Native.spin(nanoseconds: max(0, delay))
            try challenge(round)
            let answer = partner.finish()
            search.record(eventWon: try judge(round, answer))
            number += 1
        }
        measured(search.summary)
    }
}
