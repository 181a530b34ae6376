// What waits at a listener.

/// A listener, and the connections to it that no accept has surely given.
struct ModelListener: Sendable {
    /// One stream's connection, from the start of its connect on.
    struct Candidate: Sendable {
        /// The end of the stream that connects.
        let client: Int
        /// The number of the connect.
        let number: Int
        let channelToServer: Int
        let channelToClient: Int
        /// Whether the connect has completed.
        var isEstablished = false
    }

    let handle: Int
    let family: SocketAddress.Family
    let backlog: Int
    var candidates: [Candidate] = []
    /// How many of the candidates were accepted, where it is not known which.
    var acceptedUnknown = 0

    /// Whether a connection is there to be accepted as soon as its connect has completed.
    var isImmediate: Bool { family == .local || family == .localAbstract }

    /// The connections that can still be accepted.
    var mostWaiting: Int { candidates.count - acceptedUnknown }

    /// The connections that surely wait to be accepted.
    var leastWaiting: Int { candidates.count { $0.isEstablished } - acceptedUnknown }
}
