// An operation in flight, as the reference model knows it.

/// What decides when an operation may start, how it may end, and where it has its place.
struct ModelOperation: Sendable {
    let number: Int
    let operation: SymbolicOperation
    let hasDeadline: Bool
    let isBarrier: Bool
    /// The member of its chain before it, while that is in flight.
    var predecessor: Int?
    /// The halves of handles in which it keeps its order.
    var places: [ModelPlace]
    /// What is wrong with it whatever the state of the world; it fails with one of these.
    let mistakes: [IOError.Cause]
    /// What was wrong with it when it was submitted, and need not be any more once it starts: it may fail with one of these.
    var earlyMistakes: Set<IOError.Cause> = []
    /// The handles that it uses.
    let handles: [Int]
    /// How the first of them was opened.
    let options: OpenOptions
    /// The time from which on it may take effect; nil while a rule holds it back.
    var start: Int?
    /// Whether nothing held it back when it was submitted.
    var startedAtOnce = false
    /// Whether it could complete without waiting when it started.
    var isReady = false
    /// How many completions with more to follow it had.
    var shotCount = 0
    /// Whether a lasting wait has still to tell that its handle can be received from, once it surely can.
    var owesNews = true
    /// Whether everything else came to rest while it waited, so that it has surely begun.
    var hasWaited = false
    /// Whether it was asked to end.
    var isCancelled = false
    /// Whether the chain broke before it.
    var isBroken = false
    /// Whether the chain must break here, since a later member has said that it did.
    var mustBreakChain = false
    /// Whether it is a connect of a stream that another connect was under way for.
    var isSecondConnect = false
    /// Whether it may have been refused already, or may keep its order in the halves of its handles all the same.
    var mayHavePlaces = false
    /// Whether storage may run out under it.
    var mayLackSpace = false
    /// What the offsets of direct transfers were known to be aligned to when it was submitted; 0 when that was not told.
    var directAlignment = 0
    /// Whether a close of one of its handles was submitted before it, and may begin before it starts.
    let mayFindClosed: Bool
    /// Whether a close of one of its handles was submitted.
    var isClosedUnder = false

    init(
        _ number: Int, _ operation: SymbolicOperation, hasDeadline: Bool, isBarrier: Bool, predecessor: Int?, places: [ModelPlace],
        mistakes: [IOError.Cause], options: OpenOptions, mayFindClosed: Bool
    ) {
        self.number = number
        self.operation = operation
        self.hasDeadline = hasDeadline
        self.isBarrier = isBarrier
        self.predecessor = predecessor
        self.places = places
        self.mistakes = mistakes
        self.options = options
        self.mayFindClosed = mayFindClosed
        handles = operation.usedHandles.map { $0.index }
        isClosedUnder = mayFindClosed
    }

    /// Whether its memory or its effect may be cut short, since somebody asked it to end.
    var mayBeCutShort: Bool { isCancelled || hasDeadline || isClosedUnder }
}
