// One end of a connection.

import IOSpec

/// A stream, connected or to be connected.
///
/// Each end knows only what has reached it. Sent bytes count against the room until the peer has taken them.
final class StreamEnd: ByteEnd {
    let host: SimulatedHost
    let family: SocketAddress.Family
    var options: SocketOptions
    /// Nil when it has no name, as the ends of a pair and clients of a local listener.
    private(set) var localAddress: SocketAddress?
    private(set) var peerAddress: SocketAddress?

    // Strong both ways: the last of the two that closes takes the link apart.
    private(set) var peer: StreamEnd?
    private(set) var isConnected = false
    private var wire: Wire?
    var queue = ByteQueue()
    /// The bytes that were sent and that the peer is not known to have taken.
    private var outstanding = 0
    /// Whether the own sending half is over.
    private(set) var hasFinished = false
    /// Whether the own receiving half was shut down.
    private(set) var hasShutReceiving = false
    /// Whether the peer's end has come.
    private(set) var peerHasFinished = false
    /// Whether nobody receives any more what is sent.
    private(set) var isUnheard = false
    /// Whether the connection was reset, which it stays.
    private(set) var isReset = false
    /// Whether the connection broke, by a reset or because nobody receives any more, and no operation was told of it yet.
    private var isBreakNews = false
    /// Whether it is closed.
    private(set) var isGone = false

    init(_ family: SocketAddress.Family, on host: SimulatedHost) {
        self.host = host
        self.family = family
        options = SocketOptions(streamsOf: family)
        localAddress = family.isInternet ? .unspecified(family) : nil
    }

    // MARK: Connecting

    /// Connects two ends to each other, and gives them their addresses.
    func connect(to peer: StreamEnd, from address: SocketAddress? = nil, at peerAddress: SocketAddress? = nil) {
        join(peer, address, peerAddress)
        peer.join(self, peerAddress, address)
    }

    private func join(_ peer: StreamEnd, _ address: SocketAddress?, _ peerAddress: SocketAddress?) {
        self.peer = peer
        wire = Wire(from: host, to: peer.host)
        localAddress = address
        self.peerAddress = peerAddress
        isConnected = true
        receiving.give()
        sending.give()
    }

    // MARK: Receiving

    override var incoming: Incoming {
        if !isConnected { return .failed(.notConnected) }
        if queue.count > 0 { return .bytes(queue.takeable) }
        if isReset { return .failed(.connectionReset) }
        return peerHasFinished || hasShutReceiving ? .end : .nothing
    }

    override func first(_ count: Int) -> [UInt8] { queue.first(count) }

    override func take(_ count: Int) -> [UInt8] {
        let (bytes, things) = takeMessage(count)
        things.letGo()
        return bytes
    }

    /// As ``take(_:)``, with the handles that came with the bytes, for which the caller is responsible.
    func takeMessage(_ count: Int) -> (bytes: [UInt8], things: [PassedThing]) {
        let taken = queue.take(count)
        guard let wire, let peer else { return taken }
        wire.carry { peer.acknowledge(count) }
        return taken
    }

    override func failing(_ cause: IOError.Cause) -> Attempt {
        // On one host a send that fails leaves the news to a receive.
        if cause == .connectionReset || cause == .brokenPipe && family.isInternet { isBreakNews = false }
        return .failed(cause)
    }

    // MARK: Sending

    override func outgoing(for count: Int, whole: Bool) -> Outgoing {
        if !isConnected { return .failed(.notConnected) }
        // Names on one host know of each other that nobody receives any more; over the internet only the reset tells it.
        if isReset { return .failed(family.isInternet ? .connectionReset : .brokenPipe) }
        if hasFinished || isUnheard { return .failed(.brokenPipe) }
        return room > 0 ? .room(room) : .nothing
    }

    /// Over the internet bytes wait on both sides, and else on the sender's.
    private var room: Int {
        let received = family.isInternet ? Int(peer?.options[.receiveBuffer] ?? 0) : 0
        return Int(options[.sendBuffer]) + received - outstanding
    }

    override func put(_ bytes: [UInt8]) { put(bytes, passing: []) }

    /// As ``put(_:)``, with handles that the message holds.
    func put(_ bytes: [UInt8], passing things: [PassedThing]) {
        guard let wire, let peer else { return }
        outstanding += bytes.count
        wire.carry { peer.arrive(bytes, things) }
    }

    /// Sizes may have changed.
    func optionsChanged() {
        sending.give()
        peer?.sending.give()
    }

    // MARK: What reaches this end

    private func arrive(_ bytes: [UInt8], _ things: [PassedThing]) {
        if isReset { return things.letGo() }
        if isGone {
            things.letGo()
            return resetPeer()
        }
        if refusesBytes {
            things.letGo()
            return abort()
        }
        queue.append(bytes, passing: things)
        receiving.give()
    }

    /// Over the internet, an end that was shut both ways takes what still comes for a mistake.
    private var refusesBytes: Bool { family.isInternet && hasFinished && hasShutReceiving }

    private func acknowledge(_ count: Int) {
        let hadRoom = room > 0
        outstanding -= count
        if !hadRoom, room > 0 { sending.give() }
    }

    private func peerFinished() {
        peerHasFinished = true
        receiving.give()
        if hasFinished { sending.give() }
    }

    private func peerStoppedReceiving() {
        isUnheard = true
        receiving.give()
        sending.give()
    }

    /// Over the internet, a reset after the peer's end says only that nobody receives any more.
    private func beReset() {
        if isReset || isGone || isUnheard && family.isInternet { return }
        isBreakNews = true
        if family.isInternet, peerHasFinished { return peerStoppedReceiving() }
        isReset = true
        receiving.give()
        sending.give()
    }

    // MARK: Ending

    func shutDown(_ direction: Direction) {
        if direction != .sending, !hasShutReceiving {
            hasShutReceiving = true
            receiving.give()
            // Names on one host know of each other; the internet tells nobody.
            if !family.isInternet { peer?.peerStoppedReceiving() }
        }
        if direction != .receiving, !hasFinished {
            finish()
            sending.give()
        }
    }

    private func finish() {
        hasFinished = true
        guard let wire, let peer else { return }
        wire.carry { peer.peerFinished() }
    }

    private func resetPeer() {
        guard let wire, let peer else { return }
        wire.cut()
        wire.carry { peer.beReset() }
    }

    /// Breaks the connection, as the host of a program does that is no more.
    func abort() {
        if isReset { return }
        if !isGone { resetPeer() }
        isReset = true
        isBreakNews = true
        receiving.give()
        sending.give()
    }

    /// Closing with bytes that nobody received breaks the connection.
    override func end() {
        isGone = true
        let breaks = queue.count > 0 || options[.resetsOnClose] == 1
        queue.drop()
        guard let peer else { return }
        if !isReset {
            if breaks { resetPeer() } else if !hasFinished { finish() }
            if !breaks, !family.isInternet { peer.peerStoppedReceiving() }
        }
        if peer.isGone { separate(from: peer) }
    }

    private func separate(from peer: StreamEnd) {
        peer.peer = nil
        self.peer = nil
    }

    // MARK: Readiness

    override var readiness: Readiness {
        if !isConnected { return [.sending, .hangUp] }
        var readiness: Readiness = []
        if case .nothing = incoming {} else { readiness.insert(.receiving) }
        if case .nothing = outgoing(for: 1, whole: false) {} else { readiness.insert(.sending) }
        let isOver = peerHasFinished || hasShutReceiving
        if isOver || isReset { readiness.insert(.peerFinished) }
        if isReset { readiness.insert(.hangUp) }
        if isBreakNews { readiness.insert(.failed) }
        if isOver, hasFinished || isUnheard { readiness.insert(.hangUp) }
        return readiness
    }
}
