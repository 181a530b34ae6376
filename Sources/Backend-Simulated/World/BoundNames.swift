// What is bound to internet ports and abstract names of a host.

import IOSpec

/// Who listens or receives where. Names in the file tree are its nodes.
struct BoundNames {
    /// Streams have ports of their own, apart from those of datagrams.
    enum Transport: UInt8 { case streams, datagrams }

    struct Port: Hashable {
        let transport: Transport
        let number: UInt16
        let family: SocketAddress.Family
    }

    var ports: [Port: Thing] = [:]
    var abstractNames: [[UInt8]: Thing] = [:]
    private var nextPort: UInt16 = 32_768

    init() {}

    /// A port that nobody uses.
    ///
    /// - Throws: `.addressInUse` when each is taken.
    mutating func freePort(_ transport: Transport, _ family: SocketAddress.Family) throws(IOError) -> UInt16 {
        for _ in 32_768...UInt16.max {
            nextPort = nextPort == .max ? 32_768 : nextPort + 1
            if ports[Port(transport: transport, number: nextPort, family: family)] == nil { return nextPort }
        }
        throw IOError(.addressInUse)
    }
}
