// The bytes that a history sends or writes.

/// Bytes that follow from a seed, so that a history is short and any byte of it can be told from any other.
public struct Payload: Hashable, Sendable {
    /// Which bytes.
    public let seed: UInt8
    /// How many.
    public let count: Int

    /// `count` bytes of `seed`.
    public init(seed: UInt8, count: Int) {
        self.seed = seed
        self.count = count
    }

    /// The byte at `index`; never 0, so that a hole is told from what was written.
    public func byte(at index: Int) -> UInt8 {
        UInt8((Int(seed) &* 31 &+ index &* 7 &+ index / 251) % 255) + 1
    }

    /// All bytes.
    public var bytes: [UInt8] { (0..<count).map { byte(at: $0) } }
}
