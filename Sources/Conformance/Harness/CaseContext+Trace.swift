// What the context writes down of each step, for the report of a case that fails.

import IOSpec

extension CaseContext {
    /// Writes down that `submission` was accepted as `id`, or refused when that is nil.
    func trace(_ submission: Submission, _ id: OperationID?, isLinked: Bool = false) {
        trace.append(
            TraceRecord(
                id == nil ? .refused : .submitted, backend: place, id, submission, now: submission.needsClock ? now : .distantPast,
                isLinked: isLinked))
    }

    /// Writes down a step of an operation that was submitted before.
    func trace(_ event: TraceRecord.Event, _ id: OperationID) {
        trace.append(TraceRecord(event, backend: place, id, kinds[id]))
    }

    /// Writes down a completion of `id`, or of nothing that is in flight.
    func trace(_ completion: Completion, _ id: OperationID?) {
        trace.append(TraceRecord(.completed, backend: place, id, id.flatMap { kinds[$0] }, completion: completion))
    }

    /// Writes down a step of the backend as a whole.
    func trace(_ event: TraceRecord.Event) {
        trace.append(TraceRecord(event, backend: place))
    }
}

extension Submission {
    /// Whether something in it can only be told in relation to the present.
    fileprivate var needsClock: Bool { deadline != .never || operation.kind == .timer }
}
