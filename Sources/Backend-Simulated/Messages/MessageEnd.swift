// What whole messages are sent and received with.

import IOSpec

/// A handle for datagrams, or one end of a connection for packets.
final class MessageEnd: Description {
    /// What carries the messages.
    enum Transport: Equatable {
        /// Datagrams of the internet protocol of that family.
        case internet(SocketAddress.Family)
        /// Datagrams on one host.
        case local
        /// Whole messages in order, with one peer on the same host, and an end.
        case packets
    }

    let transport: Transport
    let host: SimulatedHost
    /// Where others reach it; nil for what has no name.
    var address: SocketAddress?
    /// Its name in the file tree, if that is where it is.
    var socketName: SocketName?
    /// Whom messages without an address go to: where that is for the internet's, who that is on one host.
    var peerAddress: SocketAddress?
    var peer: MessageEnd?
    /// What waits to be received.
    var inbox: [Parcel] = []
    var inboxBytes = 0
    /// What was sent from here and waits at receivers of this host.
    var waitingBytes = 0
    /// What the next operation meets, instead of being carried out.
    var failure: IOError.Cause?
    /// Of packets: whether an operation has met the failure. It stays, and is no news any more.
    private var isFailureTold = false
    var options: SocketOptions
    var isOpen = true
    /// Of packets: whether each half has ended, by shutting it down or because the peer has gone.
    var hasFinishedSending = false
    var hasFinishedReceiving = false
    /// Of packets: whether there ever was a peer.
    var wasConnected = false
    /// Given when something was taken from the inbox, or nothing will be any more: senders of the same host may wait for that.
    let relief = Signal()

    init(_ transport: Transport, on host: SimulatedHost) {
        self.transport = transport
        self.host = host
        if case .internet = transport { options = SocketOptions(.internetDatagram) } else { options = SocketOptions(.other) }
    }

    /// Makes two ends each other's peers.
    static func connect(_ first: MessageEnd, _ second: MessageEnd) {
        for (end, other) in [(first, second), (second, first)] {
            end.peer = other
            end.peerAddress = other.address
            end.wasConnected = true
        }
    }

    var isInternet: Bool {
        if case .internet = transport { true } else { false }
    }

    // MARK: The inbox

    /// What the next operation meets. A refused datagram is told once; packets that broke stay broken.
    func takeFailure() -> IOError.Cause? {
        guard let cause = failure else { return nil }
        if transport == .packets { isFailureTold = true } else { failure = nil }
        return cause
    }

    func put(_ parcel: Parcel) {
        inbox.append(parcel)
        inboxBytes += parcel.cost
        receiving.give()
    }

    func take() -> Parcel? {
        if inbox.isEmpty { return nil }
        let parcel = inbox.removeFirst()
        inboxBytes -= parcel.cost
        parcel.relieveSender()
        relief.give()
        return parcel
    }

    // MARK: Readiness

    override var readiness: Readiness {
        var ready: Readiness = []
        if !inbox.isEmpty || hasFinishedReceiving || failure != nil { ready.insert(.receiving) }
        if hasRoomToSend { ready.insert(.sending) }
        if hasFinishedReceiving { ready.insert(.peerFinished) }
        if failure != nil, !isFailureTold { ready.insert(.failed) }
        if hasFinishedReceiving, hasFinishedSending { ready.insert(.hangUp) }
        return ready
    }

    private var hasRoomToSend: Bool {
        if isInternet { return true }
        if let peer, peer.isOpen, peer.isFull(for: self) { return false }
        return waitingBytes < Int(options[.sendBuffer])
    }

    /// Whether `sender` has to wait for this receiver of datagrams. One that sends back to nobody but that sender lets it be held back by its own buffer alone.
    func isFull(for sender: MessageEnd) -> Bool {
        transport == .local && peer !== sender && inbox.count > Self.mostWaiting
    }

    // MARK: The end

    override func end() {
        isOpen = false
        release()
        let isBroken = inbox.contains { !$0.bytes.isEmpty }
        while let parcel = take() { parcel.drop() }
        if transport == .packets { leavePeer(isBroken: isBroken) }
        peer = nil
        for signal in [relief, receiving, sending] { signal.give() }
    }
}
