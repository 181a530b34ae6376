// What a backend can do, as a set that cases and programs can ask for.

/// Optional parts of the specification that a backend has.
///
/// What is claimed must work; what is not claimed must fail with `.unsupported` and do nothing.
public struct Capabilities: OptionSet, BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Files and directories.
    public static var files: Capabilities { Capabilities(rawValue: 1) }
    /// Transfers around the cache, on file systems that have them.
    public static var directFiles: Capabilities { Capabilities(rawValue: 2) }
    /// Streams over internet addresses.
    public static var internetStreams: Capabilities { Capabilities(rawValue: 4) }
    /// Streams over local names.
    public static var localStreams: Capabilities { Capabilities(rawValue: 8) }
    /// Local names outside the file system.
    public static var abstractNames: Capabilities { Capabilities(rawValue: 16) }
    /// Pipes.
    public static var pipes: Capabilities { Capabilities(rawValue: 32) }
    /// Pipes with a name in the file system.
    public static var namedPipes: Capabilities { Capabilities(rawValue: 64) }
    /// Has a kernel underneath: descriptors, signals, processes and limits exist.
    public static var nativeSystem: Capabilities { Capabilities(rawValue: 128) }

    /// Each single capability with its name, for reports.
    public static var named: [(capability: Capabilities, name: String)] {
        [
            (.files, "files"), (.directFiles, "directFiles"), (.internetStreams, "internetStreams"),
            (.localStreams, "localStreams"), (.abstractNames, "abstractNames"), (.pipes, "pipes"),
            (.namedPipes, "namedPipes"), (.nativeSystem, "nativeSystem"),
        ]
    }
}
