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
}
