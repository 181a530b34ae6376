// Hands operations over to the backend, and tells the model of them.

import IOSpec

extension HistoryExecutor {
    /// Submits one operation, or a chain.
    func submit(_ members: [HistoryStep]) throws {
        var submissions: [Submission] = []
        var lowered: [RunningOperation] = []
        // What waits may be ended by one member of a chain, before the next one begins or after.
        if members.count > 1, !running.isEmpty { hasRaced = true }
        for case .submit(let operation, let deadline, _, let isBarrier) in members {
            if case .close = operation, !running.isEmpty || members.count > 1 { hasRaced = true }
            // Whether a wait for readiness is told of what another operation takes as soon as it comes is left open.
            if isWatching(any: operation.uses) { hasRaced = true }
            if operation.reachesLargestSize { hasRaced = true }
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

    /// Whether something waits for the readiness of one of these handles.
    private func isWatching(any handles: [Symbol]) -> Bool {
        running.values.contains { one in
            switch one.operation {
            case .watch(.readiness(let watched, _)), .watch(.readinessMultishot(let watched, _)):
                return handles.contains { self.handles[$0] == watched }
            default: return false
            }
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

    func cancel(_ number: Int) {
        guard identities.indices.contains(number - 1) else { return }
        context.cancel(identities[number - 1])
        model.cancel(number)
    }
}

extension SymbolicOperation {
    /// Whether it is about bytes so far from the beginning that some file systems have no room for them: each has a largest size of its own.
    fileprivate var reachesLargestSize: Bool {
        switch self {
        case .write(_, _, let offset, _), .truncate(_, let offset), .allocate(_, let offset, _, _), .splice(_, _, _, let offset):
            offset >= 1 << 43
        default: false
        }
    }
}
