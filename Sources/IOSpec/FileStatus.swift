// What `status` tells of a file, in a fixed layout that the backend fills in.

/// The status of a file, directory, stream or pipe.
///
/// ``FileOperation/status(_:into:)`` fills a region of exactly `MemoryLayout<FileStatus>.size` bytes with one.
public struct FileStatus: BitwiseCopyable, Hashable, Sendable {
    /// What kind of thing a name or handle refers to.
    public enum Kind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
        /// A file with a size.
        case file
        /// A directory.
        case directory
        /// A symbolic link.
        case symbolicLink
        /// A pipe, named or not.
        case pipe
        /// A socket.
        case socket
        /// A device that transfers characters.
        case characterDevice
        /// A device that transfers blocks.
        case blockDevice
    }

    /// The size in bytes.
    public var size: Int64 = 0
    /// The bytes that are taken up in storage; less than `size` when the file has holes.
    public var allocatedSize: Int64 = 0
    /// When the contents changed, in nanoseconds since the start of 1970.
    public var modificationTime: Int64 = 0
    /// When the contents were read, in nanoseconds since the start of 1970.
    public var accessTime: Int64 = 0
    /// When the status changed, in nanoseconds since the start of 1970.
    public var statusChangeTime: Int64 = 0
    /// When the file was made, in nanoseconds since the start of 1970; 0 when the file system does not keep it.
    public var birthTime: Int64 = 0
    /// Which storage the file lies on.
    public var device: UInt64 = 0
    /// Which file it is, on that storage.
    public var identity: UInt64 = 0
    /// The number of names that the file has.
    public var linkCount: UInt32 = 0
    /// The alignment that direct transfers need in memory, in bytes; 0 when the file has no direct transfers.
    public var directMemoryAlignment: UInt32 = 0
    /// The alignment that direct transfers need of offset and length, in bytes; 0 when the file has no direct transfers.
    public var directOffsetAlignment: UInt32 = 0
    /// The permission bits.
    public var permissions: UInt16 = 0
    /// The kind.
    public var kind: Kind = .file

    /// The status of an empty file.
    public init() {}
}
