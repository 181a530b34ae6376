// What is noted of the operations of a loop, for those who asked for it.

import CoreMetrics
import IOSpec

/// Sees each operation of one loop begin and end. Confined to the loop's thread.
@safe
final class LoopObserver {
    /// An operation in flight.
    struct Operation {
        var kind: OperationKind
        var start: Instant
    }

    private let metrics: LoopMetrics?
    private let trace: OperationTrace?
    private let loop: Int
    private var inFlight: [Operation]
    private var lines: [UInt8] = []

    /// An observer with a place for each operation that the backend can have; nil when nobody wants to know.
    init?(loop: Int, operations: Int, metrics: (any MetricsFactory)?, trace: OperationTrace?) {
        if metrics == nil, trace == nil { return nil }
        self.loop = loop
        self.metrics = metrics.map { LoopMetrics(loop: loop, in: $0) }
        self.trace = trace
        inFlight = Array(repeating: Operation(kind: .nop, start: .distantPast), count: operations)
    }

    deinit { writeTrace() }

    func began(_ kind: OperationKind, slot: UInt32, at now: Instant) {
        inFlight[Int(slot)] = Operation(kind: kind, start: now)
    }

    func ended(slot: UInt32, result: Int32, at now: Instant) {
        let operation = inFlight[Int(slot)]
        metrics?.note(operation.kind, result: result, after: now.nanoseconds - operation.start.nanoseconds)
        guard trace != nil else { return }
        OperationTrace.append(operation, result: result, end: now, loop: loop, slot: slot, to: &lines)
        if lines.count > OperationTrace.block { writeTrace() }
    }

    /// One turn of the loop brought so many completions, and left so many operations in flight.
    func turned(completions: Int, inFlight: Int) {
        if completions > 0 { metrics?.note(batch: completions, depth: inFlight) }
    }

    private func writeTrace() {
        if lines.isEmpty { return }
        trace?.write(lines)
        lines.removeAll(keepingCapacity: true)
    }
}
