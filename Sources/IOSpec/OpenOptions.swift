// How a path is opened.

/// What opening a path asks for.
public struct OpenOptions: OptionSet, BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// The handle may be read.
    public static var reading: OpenOptions { OpenOptions(rawValue: 1) }
    /// The handle may be written.
    public static var writing: OpenOptions { OpenOptions(rawValue: 2) }
    /// Every write goes to the end; implies `writing`. Positional writes are then `.invalidArgument`.
    public static var appending: OpenOptions { OpenOptions(rawValue: 4) }
    /// A missing file is made.
    public static var creating: OpenOptions { OpenOptions(rawValue: 8) }
    /// With `creating`: an existing file is `.alreadyExists`.
    public static var exclusive: OpenOptions { OpenOptions(rawValue: 16) }
    /// An existing file loses its contents; needs `writing`.
    public static var truncating: OpenOptions { OpenOptions(rawValue: 32) }
    /// Transfers go around the system's cache and must be aligned (clause `file.direct-alignment`).
    public static var direct: OpenOptions { OpenOptions(rawValue: 64) }
    /// What is opened must be a directory; the handle serves path operations.
    public static var directory: OpenOptions { OpenOptions(rawValue: 128) }
    /// A symbolic link as the last component is `.symbolicLinkLoop` and not followed.
    public static var noFollow: OpenOptions { OpenOptions(rawValue: 256) }

    /// The path is a directory, in which a file without a name is made that vanishes with its handle; needs `writing`
    /// (clause `path.temporary`).
    public static var temporary: OpenOptions { OpenOptions(rawValue: 512) }

    /// Every option of the closed set; a value with any other bit is `.invalidArgument`.
    public static var all: OpenOptions { OpenOptions(rawValue: 1023) }
}
