// A message as it is sent and received: bytes, an address, handles.

/// The parts of a message, in a fixed layout in the program's memory. What a receive tells is stored in it before its completion.
public struct Message: BitwiseCopyable, Sendable {
    /// What was special about a message that was received.
    public struct Flags: OptionSet, BitwiseCopyable, Hashable, Sendable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) {
            self.rawValue = rawValue
        }

        /// The message was longer than the segments; the rest is gone.
        public static var truncated: Flags { Flags(rawValue: 1) }
        /// More handles came than there was room for; those are closed.
        public static var handlesTruncated: Flags { Flags(rawValue: 2) }
        /// The address is that of the sender. Only of datagrams; without it the sender has none, or there is no room for it.
        public static var hasAddress: Flags { Flags(rawValue: 4) }
        /// There is no message: the peer has closed. Only of packets; tells the end from an empty message.
        public static var endOfStream: Flags { Flags(rawValue: 8) }
    }

    /// The most handles that one message carries.
    public static var maximumHandles: Int { 16 }

    /// Where the bytes are, or go.
    public var segments: SegmentList
    /// Exactly one ``SocketAddress``: whom to send to, which only a datagram may say, or room for whom it came from; empty for the connected peer, or for nobody.
    public var address: MemoryRegion
    /// An array of ``Handle``, at most ``maximumHandles``, aligned as such: those to pass, or room for those that come. Only on local streams, packets and datagrams. A
    /// handle that is passed stays open here, and means the same file there; each that comes is a handle of the receiver's own. A stream or packets that come before
    /// they were connected stay `.notConnected`; what is nothing of the specification's comes as ``HandleKind/foreign``.
    public var handles: MemoryRegion
    /// The handles that came.
    public var handleCount: Int32 = 0
    /// What was special.
    public var flags: Flags = []
    /// The bytes of the message as it was sent, also of what was cut off.
    public var length: Int = 0

    /// A message of `segments`.
    public init(_ segments: SegmentList, address: MemoryRegion = .empty, handles: MemoryRegion = .empty) {
        self.segments = segments
        self.address = address
        self.handles = handles
    }
}
