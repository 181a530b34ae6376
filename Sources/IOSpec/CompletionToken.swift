// The 32 bits by which a completion names its operation.

/// The slot of an operation and the low bits of its generation.
///
/// Among the operations in flight a token is unique. The whole ``OperationID`` is what identifies one for ever.
public struct CompletionToken: BitwiseCopyable, Hashable, Sendable {
    /// The slot in bits 0–19, the low 11 bits of the generation in bits 20–30. Bit 31 is always zero.
    public let rawValue: UInt32

    init(rawValue: UInt32) {
        self.rawValue = rawValue & 0x7fff_ffff
    }

    /// The token of the `generation`-th occupant of `slot`.
    public init(slot: UInt32, generation: UInt64) {
        rawValue = UInt32(truncatingIfNeeded: generation & 0x7ff) << 20 | slot
    }

    /// The slot, in `0 ..< 2^20`: an index for tables beside the backend's own.
    public var slot: UInt32 { rawValue & 0xf_ffff }
}
