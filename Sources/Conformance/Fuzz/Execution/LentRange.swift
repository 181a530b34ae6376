// A stretch of memory that was lent.

/// Part of a buffer.
struct LentRange {
    let buffer: CaseBuffer
    let range: Range<Int>

    /// Sets every byte.
    func fill(with byte: UInt8) { buffer.replace(range, with: repeatElement(byte, count: range.count)) }

    /// Whether every byte is this one.
    func isFilled(with byte: UInt8) -> Bool { buffer.bytes(range.lowerBound, range.count).allSatisfy { $0 == byte } }
}
