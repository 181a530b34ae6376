// The backend of a case while it lives.

import IOSpec

/// Holds a backend, whose end is the end of this object.
final class LiveBackend {
    var backend: any IOBackend & ~Copyable

    init(_ backend: consuming any IOBackend & ~Copyable) {
        self.backend = consume backend
    }
}

// A borrowing call with arguments on a stored existential would consume it, which the compiler refuses; a mutating one opens it in place.
extension IOBackend where Self: ~Copyable {
    mutating func localAddressInPlace(of handle: Handle) throws(IOError) -> SocketAddress { try localAddress(of: handle) }
    mutating func peerAddressInPlace(of handle: Handle) throws(IOError) -> SocketAddress { try peerAddress(of: handle) }
    mutating func bufferInPlace(selectedBy completion: Completion) -> SelectedBuffer? { buffer(selectedBy: completion) }
    mutating func handleInPlace(madeBy completion: Completion) -> Handle? { handle(madeBy: completion) }
    mutating func mechanismInPlace(of kind: OperationKind) -> Mechanism { mechanism(of: kind) }
}
