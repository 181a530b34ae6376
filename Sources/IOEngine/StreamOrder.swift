// The half of a handle in which operations keep their order.

public import IOSpec

/// Which queue of its handle an operation goes through.
@usableFromInline enum StreamOrder: UInt8 {
    /// None: it may run beside any other.
    case none
    case receiving
    case sending

    /// The queue that `operation` goes through. A receiving half is shut down without waiting, since its purpose is to end the pending receive.
    @inlinable init(_ operation: Operation) {
        switch operation {
        case .stream(.receive), .stream(.accept): self = .receiving
        case .stream(.shutDown(_, .receiving)): self = .none
        case .stream(.send), .stream(.connect), .stream(.shutDown), .file(.append): self = .sending
        default: self = .none
        }
    }
}
