// Everything that has an order and no positions.

/// The channels and the ends of streams of a history.
struct ModelStreams: Sendable {
    var channels: [ModelChannel] = []
    var ends: [ModelStreamEnd] = []
    var messageEnds: [ModelMessageEnd] = []
    var listeners: [ModelListener] = []
    /// The connections that were accepted before their connect has completed, by its number.
    var acceptedEarly: [Int: ModelListener.Candidate] = [:]

    /// Acquires what is no file: the things that each symbol stands for.
    mutating func acquire(_ resource: SymbolicResource, _ symbols: [Int]) -> [ModelHandle.Thing] {
        switch resource {
        case .pair(.pipe):
            channels.append(ModelChannel(from: symbols[1], to: symbols[0], isImmediate: true))
            let channel = channels.count - 1
            return [.pipe(channel: channel, isReader: true), .pipe(channel: channel, isReader: false)]
        case .pair(.streams):
            let (first, second) = (addChannel(from: symbols[0], to: symbols[1]), addChannel(from: symbols[1], to: symbols[0]))
            return [
                .stream(addEnd(symbols[0], nil, .connected(sending: first, receiving: second))),
                .stream(addEnd(symbols[1], nil, .connected(sending: second, receiving: first))),
            ]
        case .stream(let family): return [.stream(addEnd(symbols[0], family, .unconnected))]
        case .listener(let family, let backlog):
            listeners.append(ModelListener(handle: symbols[0], family: family, backlog: backlog))
            return [.listener(listeners.count - 1)]
        case .pair(.datagrams), .pair(.packets):
            let first = messageEnds.count
            let isPacket = resource == .pair(.packets)
            messageEnds.append(ModelMessageEnd(handle: symbols[0], isPacket: isPacket, peer: first + 1, family: nil))
            messageEnds.append(ModelMessageEnd(handle: symbols[1], isPacket: isPacket, peer: first, family: nil))
            return [.messages(first), .messages(first + 1)]
        case .datagram(let family):
            messageEnds.append(ModelMessageEnd(handle: symbols[0], isPacket: false, peer: nil, family: family))
            return [.messages(messageEnds.count - 1)]
        case .root, .buffers, .namedPipe, .refused: return []
        }
    }

    private mutating func addChannel(from writer: Int, to reader: Int) -> Int {
        channels.append(ModelChannel(from: writer, to: reader, isImmediate: true))
        return channels.count - 1
    }

    private mutating func addEnd(_ handle: Int, _ family: SocketAddress.Family?, _ connection: ModelStreamEnd.Connection) -> Int {
        ends.append(ModelStreamEnd(handle: handle, family: family, connection: connection))
        return ends.count - 1
    }

    /// The channel that a handle sends into; nil when it is not connected, it is not known with whom, or it is no such handle.
    func sendingChannel(of thing: ModelHandle.Thing?) -> Int? {
        switch thing {
        case .pipe(let channel, false): channel
        case .stream(let end): connection(of: end)?.sending
        default: nil
        }
    }

    /// The channel that a handle receives from.
    func receivingChannel(of thing: ModelHandle.Thing?) -> Int? {
        switch thing {
        case .pipe(let channel, true): channel
        case .stream(let end): connection(of: end)?.receiving
        default: nil
        }
    }

    private func connection(of end: Int) -> (sending: Int, receiving: Int)? {
        guard case .connected(let sending, let receiving) = ends[end].connection, !ends[end].isUnclear else { return nil }
        return (sending, receiving)
    }
}
