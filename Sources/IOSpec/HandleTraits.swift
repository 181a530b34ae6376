// What may be done with a handle, fixed when it is acquired or opened.

/// The access and the modes that a handle was opened with.
public struct HandleTraits: OptionSet, BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// May be read or received from.
    public static var reading: HandleTraits { HandleTraits(rawValue: 1) }
    /// May be written or sent to.
    public static var writing: HandleTraits { HandleTraits(rawValue: 2) }
    /// Every write goes to the end of the file.
    public static var appending: HandleTraits { HandleTraits(rawValue: 4) }
    /// Transfers go around the system's cache; see ``FileStatus/directMemoryAlignment``.
    public static var direct: HandleTraits { HandleTraits(rawValue: 8) }
    /// A directory whose paths may lead outside it; given only at boot.
    public static var unconfined: HandleTraits { HandleTraits(rawValue: 16) }
    /// A directory that was passed, so that somebody else's listings may move the position of its own. No listener is a directory: the two share a bit.
    public static var sharingPosition: HandleTraits { HandleTraits(rawValue: 32) }
    /// A listener whose connections are packets.
    public static var acceptingPackets: HandleTraits { HandleTraits(rawValue: 32) }
    /// Known to the kernel by its place in a table, and no longer looked up for each operation.
    public static var registered: HandleTraits { HandleTraits(rawValue: 64) }
    /// Handles can be passed over it: local streams, packets and datagrams, and listeners for those.
    public static var passesHandles: HandleTraits { HandleTraits(rawValue: 128) }
}
