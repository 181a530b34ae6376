// Receiving and sending bytes.

import IOSpec

extension Station {
    // MARK: Receiving

    /// Receives at most `count` bytes, which `fill` puts where they belong.
    func attemptReceive(_ count: Int, _ flight: InFlight, _ fill: ([UInt8]) -> Void) -> Attempt {
        guard let end = flight.thing?.byteEnd else { return .failed(.wrongKind) }
        switch end.incoming {
        case .bytes(let available):
            let bytes = end.take(world.cut(min(count, available)))
            fill(bytes)
            return .over(Int32(bytes.count))
        case .nothing: return .waits(end.receiving)
        case .end: return .over(0)
        case .failed(let cause): return end.failing(cause)
        }
    }

    /// Receives into a buffer of a pool, which is taken only if bytes are there.
    func attemptReceive(into pool: BufferPool, _ flight: InFlight) -> Attempt {
        guard let end = flight.thing?.byteEnd else { return .failed(.wrongKind) }
        let place = Int(pool.index)
        if case .bytes(let available) = end.incoming {
            if pools[place].isEmpty { return .failed(.noBuffers) }
            let (index, region) = pools[place].take()
            let bytes = end.take(world.cut(min(region.count, available)))
            region.fill(bytes)
            return .over(SelectedBuffer(index: index, count: bytes.count).encoded)
        }
        return attemptReceive(0, flight) { _ in }
    }

    // MARK: Sending

    /// Sends some of `count` bytes, of which `bytes` gives the first so many.
    func attemptSend(_ count: Int, _ flight: InFlight, _ bytes: (Int) -> [UInt8]) -> Attempt {
        guard let end = flight.thing?.byteEnd else { return .failed(.wrongKind) }
        let isWhole = count <= end.atomicBytes
        switch end.outgoing(for: count, whole: isWhole) {
        case .room(let room):
            let moved = isWhole ? count : world.cut(min(count, room))
            end.put(bytes(moved))
            return .over(Int32(moved))
        case .nothing: return .waits(end.sending)
        case .failed(let cause): return end.failing(cause)
        }
    }
}

extension SimulatedWorld {
    /// How many bytes a transfer moves that could move `count`: now and then fewer, and never none.
    func cut(_ count: Int) -> Int {
        guard count > 1, chance.happens(settings.rates.shortTransfers) else { return count }
        return Int(chance.number(in: 1...Int64(count)))
    }
}
