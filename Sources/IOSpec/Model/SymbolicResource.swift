// What a history acquires before and between its operations.

/// A resource of a history; each makes one symbol, a pair two.
public enum SymbolicResource: Hashable, Sendable {
    /// The directory in which the history takes place.
    case root
    /// Two connected ends.
    case pair(PairedResource)
    /// A listener for streams at a fresh address of a family.
    case listener(SocketAddress.Family, backlog: Int)
    /// A stream to be connected.
    case stream(SocketAddress.Family)
    /// A handle for datagrams at a fresh address of a family.
    case datagram(SocketAddress.Family)
    /// A pool of so many buffers of so many bytes each.
    case buffers(count: Int, size: Int)
    /// A directory of its own, in which a pipe has the name “p”.
    case namedPipe
    /// What cannot be acquired, and makes nothing.
    case refused(RefusedResource)
}

/// What every acquisition of is refused.
public enum RefusedResource: Hashable, Sendable, CaseIterable {
    /// A listener where somebody listens.
    case addressInUse
    /// A number that refers to nothing.
    case closedNumber
    /// A process that is no child.
    case stranger
}
