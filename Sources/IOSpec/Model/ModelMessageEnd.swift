// A handle for messages.

/// One end of packets, or a handle for datagrams.
struct ModelMessageEnd: Sendable {
    let handle: Int
    let isPacket: Bool
    /// The end that it is connected to.
    let peer: Int?
    /// The family of the address that it has, if it has one.
    let family: SocketAddress.Family?
    var mailbox = ModelMailbox()
    /// When its halves were shut down.
    var sendingEnd: Int?
    var receivingEnd: Int?
    /// When it was told that its peer was gone with something unread.
    var resetTime: Int?
    /// Whether it was connected later on, after which who may send to it is not known.
    var isUnclear = false
}
