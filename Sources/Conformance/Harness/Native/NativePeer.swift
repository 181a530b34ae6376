// A stream of the backend whose other end is the system's own: what is sent there is sent behind the backend's back.

import Glibc
import IOSpec

/// A stream to receive from, and the descriptor that its peer writes to.
struct NativePeer {
    let receiver: Handle
    /// Where the peer writes.
    let descriptor: Int32
    private let socket: NativeSocket?

    /// The kinds of streams that can have such a peer.
    static var kinds: [StreamKind] { [.internet, .local, .pipe] }

    /// Makes a stream of `kind` with its peer.
    init(_ c: CaseContext, _ kind: StreamKind) throws {
        if kind == .pipe {
            let name = "peer\(Int.random(in: 0..<1 << 32, using: &c.random))"
            try Native.makeNamedPipe(at: c.nativePath(name))
            let opening = try c.submit(c.opening(name, .reading))
            try c.turn()
            descriptor = try Native.openDescriptor(c.nativePath(name), flags: O_RDWR)
            socket = nil
            receiver = try c.handle(of: c.complete(opening))
            return
        }
        let listener = try c.listener(kind == .internet ? .internet4 : .local)
        let connected = try NativeSocket(connectedTo: listener.address)
        receiver = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
        try c.close(listener.handle)
        socket = connected
        descriptor = connected.descriptor
    }

    /// Closes the peer's end.
    func close() {
        if let socket { socket.close() } else { Native.close(descriptor) }
    }
}
