// Carries a history out, and has the reference model judge what comes of it.

import IOSpec

/// Plays one history on a fresh backend, and into the model in the same order.
final class HistoryExecutor {
    /// How long nothing may complete although something need not wait, in seconds of the backend's clock: more than synchronizing takes on any busy machine.
    static var longestPatience: Double { 8 }
    /// How many operations may be in flight: more than most histories ever have, and fewer than the busiest have.
    static var capacity: Int { 192 }

    let context: CaseContext
    /// The handles that were made and told.
    var handles: [Symbol: Handle] = [:]
    /// Where listeners and datagram handles are, also once they are closed.
    var addresses: [Symbol: SocketAddress] = [:]
    var families: [Symbol: SocketAddress.Family] = [:]
    /// Where local sockets have their names, which is not where the history takes place.
    var socketPlace: (any ScratchPlace)?
    var sockets = 0
    /// The directories that have pipes with names.
    var pipePlaces: [any ScratchPlace] = []
    /// How far directories were listed piece by piece.
    var cursors: [Symbol: UInt64] = [:]
    /// Whether there are datagrams without addresses.
    var hasUnnamedDatagrams = false
    /// Whether times were set, which can be zero then.
    var hasSetTimes = false
    /// The handles that may be of files.
    var files: Set<Symbol> = []
    /// The handles whose transfers are direct.
    var directFiles: Set<Symbol> = []

    /// The pools of buffers.
    var pools: [Symbol: HistoryPool] = [:]
    /// The handles that operations have made.
    var made: Set<Handle> = []
    /// Memory that is registered, as far as it was not lent yet.
    var registered: RegisteredMemory?

    var model = ReferenceModel()
    var identities: [OperationID] = []
    var running: [OperationID: RunningOperation] = [:]
    /// The memory of finished operations, which the backend must not touch any more.
    var returned: [LentRange] = []
    /// Whether something was closed, or a chain was begun, while operations waited: they end in an order that is left open, and each may let others go.
    var hasRaced = false
    /// What was seen of each operation, by its number.
    var observations: [Int: Observation] = [:]

    let patience: Double
    /// How many seconds operations may take to end once the backend is shut down.
    let endingSeconds: Double
    private var watch: ProcessWatch?
    /// Whether the queue stays full, so that the rest of the history cannot take place.
    var isCutOff = false

    private init(_ context: CaseContext, patience: Double, endingSeconds: Double) {
        self.context = context
        self.patience = patience
        self.endingSeconds = endingSeconds
    }

    /// Carries `history` out on a fresh backend.
    ///
    /// - Parameters:
    ///   - failures: The causes that the surroundings may impose on any operation.
    ///   - patience: How many seconds something that need not wait may take before it is a disagreement.
    ///   - seconds: How long operations may take to end once the backend is shut down.
    ///   - watchesProcess: Whether it is looked at what the backend leaves in the process; not for one that has no descriptors.
    static func run(
        _ history: History, on factory: BackendFactory, allowing failures: [IOError.Cause] = [], patience: Double = longestPatience,
        seconds: Double = 10, watchesProcess: Bool = false
    ) -> HistoryOutcome {
        let executor: HistoryExecutor
        let watch: ProcessWatch?
        do {
            let configuration = BackendConfiguration(operations: capacity, handles: max(256, history.steps.count * 2))
            let trace = try CaseTrace()
            watch = watchesProcess ? try ProcessWatch(in: factory.surroundings) : nil
            executor = HistoryExecutor(
                CaseContext(
                    try factory.make(configuration), factory: factory, iterations: 1, seed: history.seed,
                    end: .max, trace: trace), patience: patience, endingSeconds: seconds)
        } catch let unavailability as Unavailability {
            return HistoryOutcome(.unavailable(unavailability.sentence))
        } catch {
            return HistoryOutcome(.broken("\(error)"))
        }
        executor.model.allowedFailures = failures
        executor.watch = watch
        var outcome = executor.outcome(of: history)
        // Also after a failure, and before the memory that the backend may still fill.
        executor.context.dropBackend()
        executor.handles = [:]
        if outcome.verdict == .agreed, let watch { outcome.verdict = Self.verdict(of: watch) }
        return outcome
    }

    private func outcome(of history: History) -> HistoryOutcome {
        var outcome = HistoryOutcome(.agreed)
        do {
            try play(history.steps[...])
            // What is ended by the end races, too.
            if history.isSettled, !hasRaced { outcome.comparable = observations }
            try watch?.checkInheritance()
            try end()
        } catch let refusal as Refusal {
            outcome.verdict = .disagreed(Disagreement(refusal))
        } catch let failure as CaseFailure {
            outcome.verdict = .disagreed(Disagreement(failure))
        } catch let skip as Skip {
            outcome.verdict = .skipped(skip.description)
        } catch {
            outcome.verdict = .broken("\(error)")
        }
        outcome.operations = identities.count
        outcome.hasGivenUp = model.hasGivenUp
        outcome.observations = observations
        return outcome
    }

    // MARK: Steps

    private func play(_ steps: ArraySlice<HistoryStep>) throws {
        var steps = steps
        while let step = steps.popFirst(), !isCutOff {
            switch step {
            case .acquire(let resource, let symbols):
                try acquire(resource, symbols)
                model.acquire(resource, makes: symbols)
            case .submit:
                let members = steps.prefix { if case .submit(_, _, true, _) = $0 { true } else { false } }
                steps.removeFirst(members.count)
                try submit([step] + members)
            case .cancel(let number): cancel(number)
            case .giveBack(let pool):
                try pools[pool]?.giveBack()
                model.giveBack(pool)
            case .register(let symbol): try register(symbol)
            case .registerMemory(let count): try registerMemory(count)
            case .turn: try reap(until: .distantPast)
            case .settle: try settle()
            }
        }
    }
}
