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

    /// How many bytes of a link's target are asked for.
    public static var linkRoom: Int { 256 }

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
