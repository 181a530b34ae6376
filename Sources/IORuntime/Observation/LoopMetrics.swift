// The counters of a loop.

import CoreMetrics
import IOSpec

/// Where a loop counts, by names that ``RuntimeConfiguration/metrics`` tells.
struct LoopMetrics {
    private struct Row {
        let successes: any CounterHandler
        let failures: any CounterHandler
        let bytes: (any CounterHandler)?
        let latency: any TimerHandler
    }

    // By the operations' raw values, so that nothing is looked up by name while operations end.
    private let rows: [Row]
    private let batch: any RecorderHandler
    private let depth: any RecorderHandler

    init(loop: Int, in factory: any MetricsFactory) {
        let common = [("loop", "\(loop)")]
        func counter(_ name: String, _ dimensions: [(String, String)]) -> any CounterHandler {
            factory.makeCounter(label: name, dimensions: common + dimensions)
        }
        rows = OperationKind.allCases.map { kind in
            let name = ("operation", "\(kind)")
            return Row(
                successes: counter("io_operations", [name, ("outcome", "success")]),
                failures: counter("io_operations", [name, ("outcome", "failure")]),
                bytes: kind.movesBytes ? counter("io_bytes", [name]) : nil,
                latency: factory.makeTimer(label: "io_latency", dimensions: common + [name]))
        }
        batch = factory.makeRecorder(label: "io_batch", dimensions: common, aggregate: true)
        depth = factory.makeRecorder(label: "io_depth", dimensions: common, aggregate: true)
    }

    func note(_ kind: OperationKind, result: Int32, after nanoseconds: Int64) {
        let row = rows[Int(kind.rawValue)]
        (result >= 0 ? row.successes : row.failures).increment(by: 1)
        if result > 0 { row.bytes?.increment(by: Int64(result)) }
        row.latency.recordNanoseconds(nanoseconds)
    }

    func note(batch count: Int, depth inFlight: Int) {
        batch.record(Int64(count))
        depth.record(Int64(inFlight))
    }
}

extension OperationKind {
    /// Whether its result is a number of bytes.
    fileprivate var movesBytes: Bool {
        switch self {
        case .read, .write, .readVectored, .writeVectored, .append, .receive, .receiveExactly, .receiveVectored, .receiveMultishot, .send,
            .sendVectored,
            .sendZeroCopy, .splice, .sendMessage, .receiveMessage:
            true
        default: false
        }
    }
}
