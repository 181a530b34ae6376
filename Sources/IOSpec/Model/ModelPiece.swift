// Bytes on their way.

/// A part of a payload; or bytes of which only the number is known, since they were spliced out of a file.
struct ModelPiece: Hashable, Sendable {
    let payload: Payload?
    let start: Int
    let count: Int

    init(_ payload: Payload?, from start: Int = 0, count: Int) {
        self.payload = payload
        self.start = start
        self.count = count
    }

    /// Whether the byte at `index` can be `byte`.
    func explains(_ byte: UInt8, at index: Int) -> Bool {
        payload.map { $0.byte(at: start + index) == byte } ?? true
    }

    /// The part of it that begins at `index`.
    func part(from index: Int, count: Int) -> ModelPiece { ModelPiece(payload, from: start + index, count: count) }
}
