// Carries a history out, and has the reference model judge what comes of it.

import IOSpec

/// Plays one history on a fresh backend, and into the model in the same order.
final class HistoryExecutor {
    /// How long nothing may complete although something need not wait, in seconds of the backend's clock: more than synchronizing takes on any busy machine.
    static var longestPatience: Double { 8 }
    /// How long nothing must come before everything is said to be at rest, in nanoseconds of the backend's clock, twice.
    private static var quiet: Int64 { 1_000_000 }
    /// How many operations may be in flight: more than most histories ever have, and fewer than the busiest have.
    private static var capacity: Int { 192 }

    let context: CaseContext
    /// The handles that were made and told.
    var handles: [Symbol: Handle] = [:]
    /// Where listeners and datagram handles are, also once they are closed.
    var addresses: [Symbol: SocketAddress] = [:]
    var families: [Symbol: SocketAddress.Family] = [:]
    /// Where local sockets have their names, which is not where the history takes place.
    var socketPlace: (any ScratchPlace)?
    var sockets = 0

    private var model = ReferenceModel()
    private var identities: [OperationID] = []
    private var running: [OperationID: RunningOperation] = [:]
    /// The memory of finished operations, which the backend must not touch any more.
    private var returned: [CaseBuffer] = []
    /// Whether something was closed, or a chain was begun, while operations waited: they end in an order that is left open, and each may let others go.
    private var hasRaced = false
    /// What was seen of each operation, by its number.
    private(set) var observations: [Int: Observation] = [:]

    private let patience: Double
    private var watch: ProcessWatch?
    /// Whether the queue stays full, so that the rest of the history cannot take place.
    private var isCutOff = false

    private init(_ context: CaseContext, patience: Double) {
        self.context = context
        self.patience = patience
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
                    end: CaseContext.clock + Int64(seconds * 1e9), trace: trace), patience: patience)
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

    private static func verdict(of watch: ProcessWatch) -> HistoryOutcome.Verdict {
        do {
            try watch.checkLeaks()
            return .agreed
        } catch let failure as CaseFailure {
            return .disagreed(Disagreement(failure))
        } catch {
            return .broken("\(error)")
        }
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
            outcome.verdict = .skipped(skip.text)
        } catch {
            outcome.verdict = .broken("\(error)")
        }
        outcome.operations = identities.count
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
            case .turn: try reap(until: .distantPast)
            case .settle: try settle()
            }
        }
    }

    /// Submits one operation, or a chain.
    /// Whether something waits for the readiness of one of these handles.
    private func isWatching(any handles: [Symbol]) -> Bool {
        running.values.contains { one in
            guard case .watch(.readiness(let watched, _)) = one.operation else { return false }
            return handles.contains { self.handles[$0] == watched }
        }
    }

    private func submit(_ members: [HistoryStep]) throws {
        var submissions: [Submission] = []
        var lowered: [RunningOperation] = []
        // What waits may be ended by one member of a chain, before the next one begins or after.
        if members.count > 1, !running.isEmpty { hasRaced = true }
        for case .submit(let operation, let deadline, _, let isBarrier) in members {
            if case .close = operation, !running.isEmpty || members.count > 1 { hasRaced = true }
            // Whether a wait for readiness is told of what another operation takes as soon as it comes is left open.
            if isWatching(any: operation.uses) { hasRaced = true }
            let now = context.now
            var one = try lower(operation, numbered: identities.count + lowered.count + 1)
            let end = deadline.map { now.advanced(byNanoseconds: Int64($0) * 1000) } ?? .never
            one.due = Self.soon(end, after: now) ?? one.due
            submissions.append(Submission(one.operation, deadline: end, isBarrier: isBarrier))
            lowered.append(one)
        }
        guard let ids = try accepted(submissions) else { return }
        for ((id, one), submission) in zip(zip(ids, lowered), submissions) {
            identities.append(id)
            running[id] = one
            model.submit(
                one.number, one.symbolic, hasDeadline: submission.deadline != .never, isLinked: id != ids.first,
                isBarrier: submission.isBarrier)
        }
    }

    /// The identities of what was submitted; nil when the queue stays full.
    private func accepted(_ submissions: [Submission]) throws -> [OperationID]? {
        var idleTurns = 0
        while idleTurns < 20 {
            do {
                let ids = try submissions.count > 1 ? context.submit(chain: submissions) : [submitted(submissions[0])]
                try checkNumberInFlight(running.count + ids.count)
                return ids
            } catch is SubmissionQueueFull {
                try checkNumberInFlight(running.count)
                if running.count + submissions.count <= Self.capacity {
                    throw CaseFailure(
                        "submit says that the queue is full with \(running.count) of \(Self.capacity) slots taken",
                        clause: "completion.queue-full")
                }
            }
            idleTurns = try reap(until: context.now.advanced(byNanoseconds: Self.quiet)) ? 0 : idleTurns + 1
        }
        isCutOff = true
        return nil
    }

    private func submitted(_ submission: Submission) throws -> OperationID {
        try context.submit(submission.operation, deadline: submission.deadline, isBarrier: submission.isBarrier)
    }

    /// What was accepted is in flight until it is reaped.
    private func checkNumberInFlight(_ count: Int) throws {
        if context.inFlight == count { return }
        throw CaseFailure(
            "\(context.inFlight) operations are said to be in flight, and \(count) are", clause: "completion.not-from-submit")
    }

    /// An instant that everything waits for which comes to rest.
    static func soon(_ instant: Instant, after now: Instant) -> Instant? {
        instant < now.advanced(byNanoseconds: 100_000_000) ? instant : nil
    }

    private func cancel(_ number: Int) {
        guard identities.indices.contains(number - 1) else { return }
        context.cancel(identities[number - 1])
        model.cancel(number)
    }

    /// Reaps until only what may wait is left.
    private func settle() throws {
        var start = context.now
        var idleTurns = 0
        while !running.isEmpty {
            if try reap(until: context.now.advanced(byNanoseconds: Self.quiet)) {
                idleTurns = 0
                start = context.now
            } else {
                idleTurns += 1
            }
            let due = running.values.map(\.due).max() ?? .distantPast
            if idleTurns < 2 || context.now < due.advanced(byNanoseconds: Self.quiet) { continue }
            do {
                try model.settle()
                return try checkNothingIsOverdue()
            } catch {
                if context.now > start.advanced(byNanoseconds: Int64(patience * 1e9)) { throw error }
            }
        }
    }

    /// Whatever can be interrupted has ended at its deadline, also while it waits for its turn.
    private func checkNothingIsOverdue() throws {
        let overdue = running.values.filter { $0.due != .distantPast && $0.symbolic.endsAtDeadline }
        guard let first = overdue.min(by: { $0.number < $1.number }) else { return }
        throw CaseFailure("operation \(first.number) (\(first.symbolic.text)) waits past its deadline", clause: "time.deadline")
    }

    /// Shuts the backend down, which is as if everything were cancelled, and looks at what must be true then.
    private func end() throws {
        model.shutDown()
        context.shutDown()
        let late = try? context.submit(.control(.nop))
        while !running.isEmpty || late.map({ context.completions[$0] == nil }) ?? false {
            if CaseContext.clock >= context.end { break }
            try reap(until: context.now.advanced(byNanoseconds: 20_000_000))
        }
        if let late, let completion = context.completions[late], completion.error?.cause != .cancelled {
            throw CaseFailure("what was submitted after shutting down comes to \(completion.result)", clause: "shutdown.refuses")
        }
        try context.finish()
        for buffer in returned where !buffer.bytes.allSatisfy({ $0 == Self.givenBack }) {
            throw CaseFailure(
                "memory was written after the completion of the operation that it was lent to", clause: "buffer.owned-until-completion")
        }
    }

    // MARK: Completions

    /// What memory is filled with that is the program's again.
    private static var givenBack: UInt8 { 0x5A }

    /// Reaps once, and judges what came; whether anything did.
    @discardableResult
    private func reap(until deadline: Instant) throws -> Bool {
        let ids = try context.reap(until: deadline)
        for id in ids { try complete(id) }
        return !ids.isEmpty
    }

    private func complete(_ id: OperationID) throws {
        guard let completion = context.completions[id], let one = running.removeValue(forKey: id) else { return }
        try checkTime(of: one, completion)
        let observation = try observe(one, completion)
        observations[one.number] = observation
        if let made = one.symbolic.makes, completion.error == nil { handles[made] = try context.handle(of: completion) }
        for buffer in one.lent { buffer.fill(with: Self.givenBack) }
        returned += one.lent
        do {
            try model.complete(one.number, observation)
        } catch {
            throw error.about(one)
        }
    }
}

extension SymbolicOperation {
    /// Whether a deadline ends it; what lends memory to the network has it back when the network likes, and a timer's instant is none.
    fileprivate var endsAtDeadline: Bool {
        switch self {
        case .sendZeroCopy, .timer: false
        default: true
        }
    }
}

extension HistoryExecutor {
    private func checkTime(of one: RunningOperation, _ completion: Completion) throws {
        guard case .time(.timer(let instant)) = one.operation, completion.error == nil, context.now < instant else { return }
        throw CaseFailure("operation \(one.number) (\(one.symbolic.text)) fired before its time", clause: "time.never-early")
    }
}

extension Refusal {
    /// The same refusal, which names the operation.
    fileprivate func about(_ one: RunningOperation) -> Refusal {
        Refusal(clause: clause, allowed: allowed, seen: "operation \(one.number) (\(one.symbolic.text)): \(seen)")
    }
}
