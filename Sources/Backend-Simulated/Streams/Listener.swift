// Where connections arrive.

import IOSpec

/// A listener for streams or packets, and the connections that wait in it.
final class Listener: Description {
    /// What its connections are.
    enum Carries {
        case streams, packets
    }

    let host: SimulatedHost
    /// With the port that it has.
    let address: SocketAddress
    let carries: Carries
    var options: SocketOptions
    /// Given when a connection was taken, and when it is closed.
    let room = Signal()
    /// What it is bound to, when that is in the file tree.
    var socketName: SocketName?

    private let backlog: Int
    private var waiting: [Thing] = []

    init(on host: SimulatedHost, at address: SocketAddress, carries: Carries, backlog: Int) {
        self.host = host
        self.address = address
        self.carries = carries
        // As many as Linux lets wait at most.
        self.backlog = min(backlog, 4096)
        options = SocketOptions(streamsOf: address.family, isListener: true)
    }

    /// Whether another connection may wait. There is always room for one.
    var hasRoom: Bool { waiting.count <= backlog }

    /// The connection that has waited longest.
    var first: Thing? { waiting.first }

    /// Lets the server's end of a connection wait.
    func add(_ connection: Thing) {
        connection.description.hold()
        waiting.append(connection)
        receiving.give()
    }

    /// The first connection was accepted.
    func removeFirst() {
        waiting.removeFirst().description.letGo()
        room.give()
    }

    override func end() {
        host.unbind(self)
        let connections = waiting
        waiting = []
        for connection in connections { connection.refuse() }
        room.give()
    }

    override var readiness: Readiness { waiting.isEmpty ? [] : .receiving }
}

extension Thing {
    /// Breaks a connection that nobody has accepted.
    fileprivate func refuse() {
        switch self {
        case .stream(let end): end.abort()
        case .messages(let end): end.abort()
        case .file, .directory, .pipe, .listener: break
        }
        description.letGo()
    }
}
