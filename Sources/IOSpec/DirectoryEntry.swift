// A name in a directory, as `list` puts it into a buffer.

/// One name of a directory.
///
/// ``FileOperation/list(_:into:after:)`` fills a buffer with records one after the other, none of which is split. A record is: the identity
/// (8 bytes), the cursor (8), the length of the record (2), the kind (1), the name and a zero byte, and padding to a multiple of 8; numbers are in the
/// machine's own order. The names `.` and `..` are not listed.
public struct DirectoryEntry: Sendable {
    /// The bytes of a record before its name.
    public static var nameOffset: Int { 19 }

    /// Which file it is; as ``FileStatus/identity``, but for a name on which another file system is mounted.
    public let identity: UInt64
    /// Where a listing goes on after this name; only of meaning for the same directory.
    public let cursor: UInt64
    /// The kind of what is named.
    public let kind: FileStatus.Kind
    /// Where the name lies among the bytes that the record was read from.
    public let name: Range<Int>
    /// The length of the whole record.
    public let length: Int

    /// Reads the record at `offset` of what a listing filled, or nil when there is none.
    public init?(in bytes: RawSpan, at offset: Int) {
        guard offset >= 0, offset <= bytes.byteCount - Self.nameOffset else { return nil }
        let length = Int(Self.number(in: bytes, at: offset + 16, UInt16.self))
        guard length > Self.nameOffset, offset + length <= bytes.byteCount else { return nil }
        guard let kind = FileStatus.Kind(rawValue: Self.number(in: bytes, at: offset + 18, UInt8.self)) else { return nil }
        var end = offset + Self.nameOffset
        while end < offset + length, Self.number(in: bytes, at: end, UInt8.self) != 0 { end += 1 }
        identity = Self.number(in: bytes, at: offset, UInt64.self)
        cursor = Self.number(in: bytes, at: offset + 8, UInt64.self)
        self.kind = kind
        name = offset + Self.nameOffset..<end
        self.length = length
    }

    private static func number<Number: FixedWidthInteger & BitwiseCopyable>(in bytes: RawSpan, at offset: Int, _: Number.Type) -> Number {
        // Sound: integers have no invalid bits, and the offset is checked.
        unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: Number.self)
    }
}
