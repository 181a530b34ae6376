// A path as an operation carries it: borrowed bytes, ended by a zero byte.

/// The borrowed bytes of a path, in UTF-8 or whatever the file system holds, the last of which is zero.
///
/// The closing zero is part of the region, so that no backend has to copy a path to hand it on. The empty path, a
/// path that does not end with zero, and one with a zero inside are `.invalidArgument`.
public struct PathReference: BitwiseCopyable, Hashable, Sendable {
    /// The bytes and their closing zero; lent until the operation's own terminal completion.
    public let region: MemoryRegion

    /// Names the path whose bytes and closing zero lie in `region`.
    public init(_ region: MemoryRegion) {
        self.region = region
    }
}
