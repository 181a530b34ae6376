// The byte streams over which families of cases run.

import IOSpec

/// What carries the bytes from one end to the other.
enum StreamKind: String, CaseIterable, Sendable {
    /// A connection over the loopback of the internet protocol.
    case internet
    /// A connection through a local name.
    case local
    /// Two streams that were acquired as a pair.
    case pair
    /// A pipe, which has one direction only.
    case pipe

    /// Those with two directions.
    static var twoWay: [StreamKind] { [.internet, .local, .pair] }

    /// Those whose bytes are there as soon as the send has completed; the internet protocol may deliver them a little later.
    static var immediate: [StreamKind] { [.local, .pair, .pipe] }

    /// What a backend must be capable of to have it.
    var capability: Capabilities {
        switch self {
        case .internet: .internetStreams
        case .local, .pair: .localStreams
        case .pipe: .pipes
        }
    }

    /// More bytes than any system keeps between the two ends, so that a send of as many waits for its reader.
    var overwhelming: Int {
        switch self {
        case .internet: 8 << 20
        case .local, .pair: 2 << 20
        case .pipe: 2 << 20
        }
    }
}

extension CaseContext {
    /// A stream of `kind`: what is sent at the first end arrives at the second.
    func ends(_ kind: StreamKind) throws -> (sender: Handle, receiver: Handle) {
        switch kind {
        case .internet, .local:
            let connected = try connectedPair(over: kind == .internet ? .internet4 : .local)
            return (connected.client, connected.server)
        case .pair:
            let pair = try streamPair()
            return (pair.first, pair.second)
        case .pipe:
            let pair = try pipe()
            return (pair.second, pair.first)
        }
    }
}

extension ConformanceCase {
    /// One case for each kind of stream, `id.kind`.
    static func family(
        _ id: String,
        proves clauses: String...,
        over kinds: [StreamKind] = StreamKind.allCases,
        title: String? = nil,
        kind: Kind = .deterministic,
        requires: Capabilities = [],
        needs: Set<CaseNeed> = [],
        isolation: Isolation = .inProcess,
        timeLimit: Double = 10,
        configuration: BackendConfiguration = BackendConfiguration(operations: 512, handles: 1024),
        body: @escaping @Sendable (CaseContext, StreamKind) throws -> Void
    ) -> [ConformanceCase] {
        kinds.map { stream in
            ConformanceCase(
                id: "\(id).\(stream)", clauses: clauses, title: title, kind: kind, requires: requires.union(stream.capability),
                needs: needs, isolation: isolation, timeLimit: timeLimit, configuration: configuration
            ) { try body($0, stream) }
        }
    }

    /// One case for each family of addresses, `id.family`.
    static func family(
        _ id: String,
        proves clauses: String...,
        at addresses: [SocketAddress.Family],
        title: String? = nil,
        kind: Kind = .deterministic,
        requires: Capabilities = [],
        timeLimit: Double = 10,
        body: @escaping @Sendable (CaseContext, SocketAddress.Family) throws -> Void
    ) -> [ConformanceCase] {
        addresses.map { address in
            ConformanceCase(
                id: "\(id).\(address)", clauses: clauses, title: title, kind: kind,
                requires: requires.union(address.capability), needs: [], isolation: .inProcess, timeLimit: timeLimit,
                configuration: BackendConfiguration(operations: 512, handles: 1024)
            ) { try body($0, address) }
        }
    }

    /// Several families as one list.
    static func joined(_ families: [ConformanceCase]...) -> [ConformanceCase] { families.flatMap { $0 } }

    init(
        id: String, clauses: [String], title: String?, kind: Kind, requires: Capabilities, needs: Set<CaseNeed> = [], isolation: Isolation,
        timeLimit: Double,
        configuration: BackendConfiguration, body: @escaping Body
    ) {
        self.id = id
        self.clauses = clauses
        self.title = title
        level = .must
        self.kind = kind
        self.requires = requires
        self.needs = needs
        self.isolation = isolation
        self.timeLimit = timeLimit
        self.configuration = configuration
        self.body = body
    }
}

extension SocketAddress.Family {
    /// What a backend must be capable of to have it.
    var capability: Capabilities {
        switch self {
        case .internet4, .internet6: .internetStreams
        case .local: .localStreams
        case .localAbstract: [.localStreams, .abstractNames]
        }
    }
}
