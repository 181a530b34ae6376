// A file with every operation, for trace viewers.

import Glibc
import IOSpec
import Synchronization

/// Writes the operations of all loops of a runtime as JSON in the format of trace events: an array of events, a line each.
final class OperationTrace: Sendable {
    /// How much a loop gathers before it writes.
    static let block = 64 * 1024

    private let file: Mutex<Int32>

    /// Begins a file; one of that name is replaced.
    init(writingTo name: String) throws(StartFailure) {
        let descriptor = unsafe open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        if descriptor < 0 {
            let number = errno
            throw .unwritableTrace(name, reason: unsafe String(cString: strerror(number)))
        }
        file = Mutex(descriptor)
        // The last event has no comma behind it, which the format allows to be missing together with the closing bracket; this one has none to lose.
        write(Array(#"[{"ph":"M","name":"process_name","pid":1,"args":{"name":"io-runtime"}}"#.utf8))
    }

    deinit {
        write(Array("\n]\n".utf8))
        _ = file.withLock { close($0) }
    }

    /// Appends what one loop has gathered. What the system does not take is lost, as the trace is nobody's reason to fail.
    func write(_ bytes: [UInt8]) {
        file.withLock { descriptor in
            var written = 0
            while written < bytes.count {
                let count = unsafe bytes[written...].withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return }
                written += count
            }
        }
    }

    /// Adds the two events of an operation, its begin and its end: operations overlap, so that they are told apart by their slots, whose operations follow each other.
    static func append(
        _ operation: LoopObserver.Operation, result: Int32, end: Instant, loop: Int, slot: UInt32, to lines: inout [UInt8]
    ) {
        let common = #""cat":"io","name":"\#(operation.kind)","pid":1,"tid":\#(loop),"id":"\#(loop).\#(slot)""#
        let outcome = IOError(encoded: result).map { "\"\($0.cause)\"" } ?? "\(result)"
        lines += #",\#n{"ph":"b",\#(common),"ts":\#(microseconds(operation.start))}"#.utf8
        lines += #",\#n{"ph":"e",\#(common),"ts":\#(microseconds(end)),"args":{"result":\#(outcome)}}"#.utf8
    }

    /// With the nanoseconds as decimals.
    private static func microseconds(_ instant: Instant) -> String {
        let decimals = "\(1000 + instant.nanoseconds % 1000)".dropFirst()
        return "\(instant.nanoseconds / 1000).\(decimals)"
    }
}
