// What a program acquires while it boots.

/// Something that is acquired as one handle, in the boot phase.
public enum Resource: Sendable {
    /// A directory by its name in the system. Paths beneath it may leave it only when it is `unconfined`
    /// (clauses `path.beneath` and `path.unconfined`).
    case directory(name: String, unconfined: Bool)
    /// A listener at an address, that lets up to `backlog` connections wait.
    case listener(at: SocketAddress, backlog: Int)
    /// A stream of a family, to be connected.
    case stream(SocketAddress.Family)
    /// A listener for packets at a local address.
    case packetListener(at: SocketAddress, backlog: Int)
    /// Packets of a local family, to be connected.
    case packets(SocketAddress.Family)
    /// A handle for datagrams of a family, at an address or at none until it sends.
    case datagram(SocketAddress.Family, at: SocketAddress?)
    /// A process that this one has started, by its number in the system; `.notFound` for any other, and for one whose end was told (clause `process.child`).
    case process(number: Int32)
    /// Something that the program has by a number of the system's own. The handle is one of its own: closing it leaves the number open, and nothing about what the
    /// number refers to is changed (clauses `foreign.acquire`, `foreign.own`, `foreign.readiness`).
    ///
    /// On Linux there is one thing that closing does change: the classic record locks (`fcntl`) that this process holds on a file end when any number of that file
    /// is closed.
    case foreign(number: Int32)
}
