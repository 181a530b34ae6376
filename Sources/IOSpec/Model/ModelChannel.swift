// The bytes that go one way, from one handle to another.

/// What was sent in order, and how much of it was received.
struct ModelChannel: Sendable {
    /// What is being sent, any part of which may have arrived.
    struct Current: Sendable {
        let number: Int
        let count: Int
        let source: Source

        enum Source: Sendable {
            case payload(Payload)
            /// What comes next out of another channel.
            case channel(Int)
            /// What is in a file.
            case file
        }
    }

    /// What every stream and pipe has room for when nothing is in it.
    static var leastCapacity: Int { 4096 }

    /// The handle that receives; nil while nobody has it yet.
    var reader: Int?
    var writer: Int?
    /// Whether what was sent is there for the receiver at once, as it is within one machine's own streams.
    let isImmediate: Bool
    /// Whether it is not known any more what is in it, so that nothing of it is judged.
    var isUnknown = false
    private(set) var sent: [ModelPiece] = []
    /// The bytes of all sends that have completed.
    private(set) var sentCount = 0
    private(set) var receivedCount = 0
    /// When something was received last.
    private(set) var receiveTime = -1
    var current: Current?
    /// When the sending half, or the receiving one, was shut down.
    var sendingEnd: Int?
    var receivingEnd: Int?
    /// Whether the receiver was told of the end.
    var isAtEnd = false

    init(from writer: Int?, to reader: Int?, isImmediate: Bool) {
        self.writer = writer
        self.reader = reader
        self.isImmediate = isImmediate
    }

    /// Whether nothing is in it, whatever the send under way has done.
    var isSurelyEmpty: Bool { isImmediate && current == nil && receivedCount >= sentCount }

    /// The bytes that were surely sent and not received.
    var leastUnread: Int { max(0, sentCount - receivedCount) }

    /// The bytes of the send under way that were received already.
    var receivedOfCurrent: Int { max(0, receivedCount - sentCount) }

    mutating func finishSend(of pieces: [ModelPiece]) {
        current = nil
        sent += pieces
        for piece in pieces { sentCount += piece.count }
    }

    mutating func receive(_ count: Int, at time: Int) {
        receivedCount += count
        receiveTime = time
    }
}
