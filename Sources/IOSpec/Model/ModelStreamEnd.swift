// One of the two ends of a stream.

/// A stream's handle, and the channels that it sends into and receives from, once it is connected.
struct ModelStreamEnd: Sendable {
    /// Whether the stream is connected.
    enum Connection: Sendable {
        case unconnected
        case connected(sending: Int, receiving: Int)
        /// A connect was given up half-way.
        case abandoned
    }

    let handle: Int
    let family: SocketAddress.Family?
    var connection: Connection
    /// When it was connected.
    var connectTime: Int?
    /// Whether it is not known whom it is connected with, so that nothing that goes over it can be judged.
    var isUnclear = false
    /// When an operation was told that the stream was reset.
    var resetTime: Int?
    /// Why the next operation that is told of the end of the stream must be told of a reset instead: the clause that says so.
    var owedReset: String?
}
