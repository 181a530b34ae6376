// Contents in which every misplaced byte shows.

/// Bytes that depend on a seed and on their position, so that a shifted, repeated or lost stretch is seen.
public enum Pattern {
    /// The byte at `position` of the pattern `seed`.
    public static func byte(at position: Int, seed: UInt64) -> UInt8 {
        let mixed = (UInt64(truncatingIfNeeded: position) &+ seed &* 0x9e37_79b9_7f4a_7c15) &* 0xbf58_476d_1ce4_e5b9
        return UInt8(truncatingIfNeeded: mixed >> 56)
    }

    /// `count` bytes of the pattern `seed`, from `offset` on.
    public static func bytes(_ count: Int, seed: UInt64, from offset: Int = 0) -> [UInt8] {
        (0..<count).map { byte(at: offset + $0, seed: seed) }
    }
}
