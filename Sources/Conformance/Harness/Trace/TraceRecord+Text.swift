// A step of a case in words, for reports.

import IOSpec

extension TraceRecord {
    /// One line, for instance `0.132 ms  submit    read (number 3 in slot 0) on handle 2, 512 bytes at 0`.
    var text: String {
        let other = backend == 0 ? "" : "[backend \(Int(backend) + 1)] "
        let time = Self.milliseconds(time)
        // Aligned up to ten seconds, the usual time limit.
        return "\(String(repeating: " ", count: max(0, 11 - time.count)))\(time)  \(other)\(step)"
    }

    private var step: String {
        switch Event(rawValue: event) {
        case .submitted: flags & Self.linkedFlag == 0 ? "submit    \(name)\(arguments)" : "  linked  \(name)\(arguments)"
        case .refused: "submit    \(kindName)\(arguments): the queue is full"
        case .cancelled: "cancel    \(name)"
        case .completed: "complete  \(name) → \(outcome)\(flags & Self.moreFlag == 0 ? "" : ", more to follow")"
        case .shutDown: "shut down"
        case .dropped: "drop the backend"
        case nil: "unknown step \(event)"
        }
    }

    private var kindName: String { OperationKind(rawValue: operation).map { "\($0)" } ?? "an operation" }

    private var name: String {
        "\(kindName) (number \(identity >> OperationID.slotBits) in slot \(identity & (1 << OperationID.slotBits - 1)))"
    }

    private var outcome: String {
        guard result < 0 else { return "\(result)" }
        guard let error = IOError(encoded: result) else { return "\(result), which encodes no cause" }
        return error.detail == 0 ? "\(error.cause)" : "\(error.cause) (native \(error.detail))"
    }

    /// What follows the operation's name, with the space before it.
    private var arguments: String {
        let words = [
            handle == .max ? nil : "on handle \(handle)",
            TraceExtent.Form(rawValue: form).flatMap { TraceExtent($0, count, position: position).text },
            deadline == .max ? nil : "deadline \(Self.relative(deadline))",
            flags & Self.barrierFlag == 0 ? nil : "a barrier",
        ]
        return words.compactMap { $0.map { " \($0)" } }.joined(separator: ",")
    }

    /// An instant, given as the nanoseconds until then.
    static func relative(_ nanoseconds: Int64) -> String {
        if nanoseconds == .max { return "never" }
        if nanoseconds <= 0 { return "in the past" }
        return "in \(milliseconds(nanoseconds))"
    }

    /// Nanoseconds as milliseconds with three digits.
    private static func milliseconds(_ nanoseconds: Int64) -> String {
        let microseconds = max(0, nanoseconds) / 1000
        let fraction = String(microseconds % 1000)
        return "\(microseconds / 1000).\(String(repeating: "0", count: 3 - fraction.count))\(fraction) ms"
    }
}
