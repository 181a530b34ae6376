// Which bytes can be where, also while they are spliced from one channel to another.

extension ModelStreams {
    /// How many splices are followed from one channel to the next; splices can go in a circle.
    private static var longestWay: Int { 8 }

    /// The bytes that can have arrived and were not received.
    func mostUnread(of place: Int, way: Int = 0) -> Int {
        let channel = channels[place]
        return channel.sentCount + countOfCurrent(channel, way) - channel.receivedCount
    }

    private func countOfCurrent(_ channel: ModelChannel, _ way: Int) -> Int {
        guard let current = channel.current else { return 0 }
        guard case .channel(let source) = current.source, way < Self.longestWay, !channels[source].isUnknown else { return current.count }
        return max(channel.receivedOfCurrent, min(current.count, mostUnread(of: source, way: way + 1)))
    }

    /// Whether the next bytes that are received can be these.
    func continues(_ place: Int, with bytes: [UInt8]) -> Bool {
        let first = channels[place].receivedCount
        let pieces = pieces(of: place, from: first, count: bytes.count)
        var index = 0
        for piece in pieces {
            for offset in 0..<piece.count where !piece.explains(bytes[index + offset], at: offset) { return false }
            index += piece.count
        }
        return index == bytes.count
    }

    /// The pieces that lie at a position of all that was or is being sent; fewer than `count` bytes when there are no more.
    func pieces(of place: Int, from start: Int, count: Int, way: Int = 0) -> [ModelPiece] {
        var found: [ModelPiece] = []
        var position = 0
        var next = start
        let end = start + count
        for piece in channels[place].sent {
            let last = min(end, position + piece.count)
            if next < last {
                found.append(piece.part(from: next - position, count: last - next))
                next = last
            }
            position += piece.count
        }
        guard next < end, let current = channels[place].current, way < Self.longestWay else {
            // Around a circle of splices anything can come.
            return way < Self.longestWay ? found : [ModelPiece(nil, count: count)]
        }
        let offset = next - position
        let rest = min(end - next, current.count - offset)
        if rest <= 0 { return found }
        switch current.source {
        case .payload(let payload): found.append(ModelPiece(payload, from: offset, count: rest))
        case .file: found.append(ModelPiece(nil, count: rest))
        case .channel(let source):
            if channels[source].isUnknown { return found + [ModelPiece(nil, count: rest)] }
            found += pieces(of: source, from: channels[source].receivedCount + offset, count: rest, way: way + 1)
        }
        return found
    }

    /// What an operation was sending is no longer under way.
    mutating func forgetCurrent(_ number: Int) {
        for place in channels.indices where channels[place].current?.number == number { channels[place].current = nil }
    }
}
