// How a frame says its length.

/// The number before a frame, which is the length of what follows it.
public struct LengthPrefix: Sendable, Hashable {
    /// The bytes of the number.
    let byteCount: Int
    /// Whether its last byte counts least, as in the protocols of the internet.
    let isBigEndian: Bool

    /// One byte.
    public static let uint8 = LengthPrefix(byteCount: 1, isBigEndian: true)
    /// Two bytes, the first of which counts most.
    public static let uint16 = LengthPrefix(byteCount: 2, isBigEndian: true)
    /// Four bytes, the first of which counts most.
    public static let uint32 = LengthPrefix(byteCount: 4, isBigEndian: true)
    /// Eight bytes, the first of which counts most.
    public static let uint64 = LengthPrefix(byteCount: 8, isBigEndian: true)

    /// The same number of bytes, the last of which counts most.
    public var littleEndian: LengthPrefix { LengthPrefix(byteCount: byteCount, isBigEndian: false) }

    /// The longest frame that it can be the length of.
    var maximum: UInt64 { byteCount == 8 ? .max : 1 << (8 * UInt64(byteCount)) - 1 }

    /// The number that `byte` gives the bytes of.
    func value(_ byte: (Int) -> UInt8) -> UInt64 {
        (0..<byteCount).reduce(0) { $0 << 8 | UInt64(byte(isBigEndian ? $1 : byteCount - 1 - $1)) }
    }

    /// The bytes of a number, the first ``byteCount`` ones of these.
    func bytes(of value: UInt64) -> InlineArray<8, UInt8> {
        InlineArray { place in
            if place >= byteCount { return 0 }
            let shift = 8 * (isBigEndian ? byteCount - 1 - place : place)
            return UInt8(truncatingIfNeeded: value >> UInt64(shift))
        }
    }
}
