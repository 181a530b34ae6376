// What a backend said of one operation.

/// The completion of an operation of a history, with what it put into memory.
public struct Observation: Hashable, Sendable {
    /// The result: a count, a name, or an encoded ``IOError``. The result of what makes a handle is 0.
    public var result: Int32
    /// The bytes that were received or read, or the target of a link.
    public var bytes: [UInt8]
    /// The names of a directory, sorted, each with its kind.
    public var names: [ListedName]
    /// The status that was asked for.
    public var status: SymbolicStatus?
    /// Whether a message was cut off.
    public var isTruncated = false
    /// Whether the operation goes on, and has further completions.
    public var hasMore = false
    /// The buffer of its pool that was filled.
    public var buffer: Int?
    /// Whether a message says that it is the end.
    public var isEnd = false
    /// How many handles came with a message.
    public var handleCount = 0
    /// Whether handles were left out for which there was no room.
    public var areHandlesTruncated = false
    /// The times of a file, where they were asked for.
    public var times: Times?
    /// What the offsets of direct transfers must be aligned to; 0 when that was not told.
    public var directAlignment = 0

    /// How many bytes of a link's target are asked for.
    public static var linkRoom: Int { 256 }

    /// When a file was last read and changed, in nanoseconds since the start of 1970.
    public struct Times: Hashable, Sendable {
        public var access: Int64
        public var modification: Int64

        public init(access: Int64, modification: Int64) {
            self.access = access
            self.modification = modification
        }
    }

    /// One name of a directory.
    public struct ListedName: Hashable, Sendable {
        public var name: String
        public var kind: FileStatus.Kind

        public init(name: String, kind: FileStatus.Kind) {
            self.name = name
            self.kind = kind
        }
    }

    /// What of a status every backend must agree on.
    public struct SymbolicStatus: Hashable, Sendable {
        public var kind: FileStatus.Kind
        /// Of files only; 0 otherwise.
        public var size: Int64
        public var permissions: UInt16
        public var linkCount: UInt32

        public init(kind: FileStatus.Kind, size: Int64, permissions: UInt16, linkCount: UInt32) {
            self.kind = kind
            self.size = size
            self.permissions = permissions
            self.linkCount = linkCount
        }
    }

    /// An observation.
    public init(result: Int32, bytes: [UInt8] = [], names: [ListedName] = [], status: SymbolicStatus? = nil) {
        self.result = result
        self.bytes = bytes
        self.names = names
        self.status = status
    }
}
