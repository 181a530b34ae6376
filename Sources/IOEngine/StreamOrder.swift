// The half of a handle in which operations keep their order.

public import IOSpec

/// Which queue of its handle an operation goes through.
@usableFromInline enum StreamOrder: UInt8 {
    /// None: it may run beside any other.
    case none
    case receiving
    /// For an operation that acts on two handles: that of the second one.
    case sending
    /// The receiving half of its handle and the sending half of the second one.
    case both

    /// The queue that `operation` goes through. A receiving half is shut down without waiting, since its purpose is to end the pending receive.
    @inlinable init(_ operation: StreamOperation) {
        switch operation {
        case .receive, .receiveExactly, .receiveVectored, .receiveMultishot, .accept, .acceptMultishot: self = .receiving
        case .shutDown(_, .receiving), .setOption, .option: self = .none
        case .send, .sendVectored, .sendZeroCopy, .connect, .shutDown: self = .sending
        case .splice: self = .both
        }
    }

    /// Whether it goes through a receiving half.
    @inlinable var receives: Bool { self == .receiving || self == .both }

    /// Whether it goes through a sending half.
    @inlinable var sends: Bool { self == .sending || self == .both }
}
