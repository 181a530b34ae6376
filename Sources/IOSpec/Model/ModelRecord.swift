// What one operation did to the bytes of a file.

/// Bytes of a payload, or zeros, in a range of a file.
///
/// No clause says that a transfer happens at once: each byte of the range got its value at some time while the operation was under way. For the same reason
/// the pieces of appends beside each other can lie between each other: the range is then longer than the payload.
struct ModelRecord: Hashable, Sendable {
    /// The number of the operation.
    let source: Int
    var lower: Int64
    var upper: Int64
    /// The bytes, in their order; nil for zeros.
    let payload: Payload?
    let isAppend: Bool
    /// The size of the file before, until the operation is over.
    var sizeBefore: Int64 = 0

    /// By how much a byte can be behind where it would be if all had been written at once.
    private var slack: Int64 {
        guard isAppend, let payload else { return 0 }
        return max(0, upper - lower - Int64(payload.count))
    }

    /// Whether every byte of the range was written.
    var isExact: Bool { slack == 0 }

    func covers(_ position: Int64) -> Bool { lower <= position && position < upper }

    /// Whether the byte at `position` can be `byte`.
    func explains(_ byte: UInt8, at position: Int64) -> Bool {
        guard let payload else { return byte == 0 }
        let last = min(Int64(payload.count) - 1, position - lower)
        var index = max(0, position - lower - slack)
        while index <= last {
            if payload.byte(at: Int(index)) == byte { return true }
            index += 1
        }
        return false
    }
}
