// The system that the suite runs on.

public import IOSpec

/// What backends with a kernel underneath live in.
public struct NativeSurroundings: Surroundings {
    /// The system's own files, peers and limits.
    public init() {}

    public func makeScratchDirectory() throws -> any ScratchPlace { try ScratchDirectory() }

    // MARK: Peers

    public func connect(to address: SocketAddress) throws -> any ConnectionPeer { try NativeSocket(connectedTo: address) }

    public func openNamedPipe(at path: String) throws -> any BytePeer { try NativeDescriptor.openBothWays(path) }
}

extension ScratchDirectory: ScratchPlace {}
