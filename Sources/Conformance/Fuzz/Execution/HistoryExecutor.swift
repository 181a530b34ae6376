// Carries a history out, and has the reference model judge what comes of it.

import IOSpec

/// Plays one history on a fresh backend, and into the model in the same order.
final class HistoryExecutor {
    /// How long nothing may complete although something need not wait, in seconds of the backend's clock: more than synchronizing takes on any busy machine.
    static var longestPatience: Double { 8 }
    /// How long nothing must come before everything is said to be at rest, in nanoseconds of the backend's clock, twice.
    private static var quiet: Int64 { 1_000_000 }

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
    static func run(
        _ history: History, on factory: BackendFactory, allowing failures: [IOError.Cause] = [], patience: Double = longestPatience,
        seconds: Double = 10
    ) -> HistoryOutcome {
        let executor: HistoryExecutor
        do {
            let configuration = BackendConfiguration(
                operations: max(256, history.steps.count + 1), handles: max(256, history.steps.count * 2))
            executor = HistoryExecutor(
                CaseContext(
                    try factory.make(configuration), factory: factory, iterations: 1, seed: history.seed,
                    end: CaseContext.clock + Int64(seconds * 1e9), trace: try CaseTrace()), patience: patience)
        } catch let unavailability as Unavailability {
            return HistoryOutcome(.unavailable(unavailability.sentence))
        } catch {
            return HistoryOutcome(.broken("\(error)"))
        }
        // Also after a failure, and before the memory that the backend may still fill.
        defer { executor.context.dropBackend() }
        executor.model.allowedFailures = failures
        return executor.outcome(of: history)
    }

    private func outcome(of history: History) -> HistoryOutcome {
        var outcome = HistoryOutcome(.agreed)
        do {
            try play(history.steps[...])
            // What is ended by the end races, too.
            if history.isSettled, !hasRaced { outcome.comparable = observations }
            try end()
        } catch let refusal as Refusal {
            outcome.verdict = .disagreed(Disagreement(refusal))
        } catch let failure as CaseFailure {
            outcome.verdict = .disagreed(Disagreement(failure))
        } catch is SubmissionQueueFull {
            outcome.verdict = .disagreed(
                Disagreement(clause: "completion.queue-full", allowed: "a free slot", seen: "submit says that the queue is full"))
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
        while let step = steps.popFirst() {
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
        let ids: [OperationID] =
            if submissions.count > 1 {
                try context.submit(chain: submissions)
            } else {
                [try context.submit(submissions[0].operation, deadline: submissions[0].deadline, isBarrier: submissions[0].isBarrier)]
            }
        for ((id, one), submission) in zip(zip(ids, lowered), submissions) {
            identities.append(id)
            running[id] = one
            model.submit(
                one.number, one.symbolic, hasDeadline: submission.deadline != .never, isLinked: id != ids.first,
                isBarrier: submission.isBarrier)
        }
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
                return try model.settle()
            } catch {
                if context.now > start.advanced(byNanoseconds: Int64(patience * 1e9)) { throw error }
            }
        }
    }

    /// Shuts the backend down, which is as if everything were cancelled, and looks at what must be true then.
    private func end() throws {
        model.shutDown()
        context.shutDown()
        while !running.isEmpty {
            if CaseContext.clock >= context.end { break }
            try reap(until: context.now.advanced(byNanoseconds: 20_000_000))
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

extension Refusal {
    /// The same refusal, which names the operation.
    fileprivate func about(_ one: RunningOperation) -> Refusal {
        Refusal(clause: clause, allowed: allowed, seen: "operation \(one.number) (\(one.symbolic.text)): \(seen)")
    }
}
