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

    /// Datagrams over internet addresses.
    public static var internetDatagrams: Capabilities { Capabilities(rawValue: 256) }
    /// Datagrams and packets over local names.
    public static var localMessages: Capabilities { Capabilities(rawValue: 512) }
    /// Handles pass over local streams and messages.
    public static var passesHandles: Capabilities { Capabilities(rawValue: 1024) }
    /// Files can be locked.
    public static var locks: Capabilities { Capabilities(rawValue: 2048) }
    /// Processes can be waited for.
    public static var processes: Capabilities { Capabilities(rawValue: 4096) }
    /// What the program has from elsewhere can be waited for.
    public static var foreignHandles: Capabilities { Capabilities(rawValue: 8192) }
    /// Splicing.
    public static var splicing: Capabilities { Capabilities(rawValue: 16384) }

    /// Each single capability with its name, for reports.
    public static var named: [(capability: Capabilities, name: String)] {
        [
            (.files, "files"), (.directFiles, "directFiles"), (.internetStreams, "internetStreams"),
            (.localStreams, "localStreams"), (.abstractNames, "abstractNames"), (.pipes, "pipes"),
            (.namedPipes, "namedPipes"), (.nativeSystem, "nativeSystem"), (.internetDatagrams, "internetDatagrams"),
            (.localMessages, "localMessages"), (.passesHandles, "passesHandles"), (.locks, "locks"), (.processes, "processes"),
            (.foreignHandles, "foreignHandles"), (.splicing, "splicing"),
        ]
    }
}
