// What a tracer has seen.

import CConformance

/// The system calls of this process during a stretch of time, in the order in which they began.
struct Trace {
    /// The calls of all threads.
    private(set) var calls: [TracedCall] = []
    /// When threads were made, on the suite's clock; those of the kernel are not among them.
    private(set) var threadBirths: [Int64] = []

    init(_ events: [conformance_trace_event]) {
        var underWay: [Int32: Int] = [:]
        for event in events {
            switch event.kind {
            case CONFORMANCE_CALL_BEGINS:
                underWay[event.thread] = calls.count
                calls.append(TracedCall(event))
            case CONFORMANCE_CALL_ENDS:
                if let place = underWay.removeValue(forKey: event.thread) { calls[place].result = event.result }
            default:
                threadBirths.append(event.time)
            }
        }
    }
}

extension Trace {
    /// What began within `times`: outside of them the suite itself is at work.
    func clamped(to times: ClosedRange<Int64>) -> Trace {
        var clamped = self
        clamped.calls.removeAll { !times.contains($0.begin) }
        clamped.threadBirths.removeAll { !times.contains($0) }
        return clamped
    }
}

extension TracedCall {
    fileprivate init(_ event: conformance_trace_event) {
        let arguments = event.arguments
        self.init(
            call: SystemCall(number: event.number), thread: event.thread,
            arguments: [arguments.0, arguments.1, arguments.2, arguments.3, arguments.4, arguments.5], begin: event.time, result: nil)
    }
}
