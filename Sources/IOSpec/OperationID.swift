// The name of one operation, never used again.

/// The identity of an accepted operation: its slot and the slot's generation.
///
/// An identity is never reused in the life of a backend, so that a late cancel can never hit a later operation in the same
/// slot (clause `completion.identity`).
public struct OperationID: BitwiseCopyable, Hashable, Sendable {
    /// The number of bits that hold the slot; the rest hold the generation.
    public static var slotBits: UInt64 { 20 }

    /// The generation above, the slot in the low ``slotBits`` bits.
    public let rawValue: UInt64

    /// Names the `generation`-th occupant of `slot`.
    public init(slot: UInt32, generation: UInt64) {
        rawValue = generation << Self.slotBits | UInt64(slot)
    }

    /// The slot, in `0 ..< 2^20`.
    public var slot: UInt32 { UInt32(truncatingIfNeeded: rawValue & (1 << Self.slotBits - 1)) }

    /// Which occupant of the slot.
    public var generation: UInt64 { rawValue >> Self.slotBits }

    /// What the operation's completions carry.
    public var token: CompletionToken { CompletionToken(slot: slot, generation: generation) }
}
