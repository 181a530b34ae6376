// A stream of the backend whose other end nobody's backend has: what is sent there is sent behind the backend's back.

import IOSpec

/// A stream to receive from, and its peer.
struct PeeredStream {
    let receiver: Handle
    let peer: any BytePeer

    /// The kinds of streams that can have such a peer.
    static var kinds: [StreamKind] { [.internet, .local, .pipe] }

    /// Makes a stream of `kind` with its peer.
    init(_ c: CaseContext, _ kind: StreamKind) throws {
        if kind == .pipe {
            let path = try c.nativePath("peer\(Int.random(in: 0..<1 << 32, using: &c.random))")
            try c.surroundings.makeNamedPipe(at: path)
            let opening = try c.submit(c.opening(String(path.split(separator: "/").last ?? ""), .reading))
            try c.turn()
            peer = try c.surroundings.openNamedPipe(at: path)
            receiver = try c.handle(of: c.complete(opening))
            return
        }
        let listener = try c.listener(kind == .internet ? .internet4 : .local)
        peer = try c.surroundings.connect(to: listener.address)
        receiver = try c.handle(of: c.perform(.stream(.accept(listener.handle))))
        try c.close(listener.handle)
    }
}
