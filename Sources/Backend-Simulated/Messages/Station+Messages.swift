// Operations on whole messages.

import IOSpec

extension Station {
    func attempt(_ operation: MessageOperation, _ flight: InFlight) -> Attempt {
        guard let thing = flight.thing else { return .failed(.badHandle) }
        switch (operation, thing) {
        case (.send(_, let region), .messages(let end)): return end.send(region.load(as: Message.self), flight)
        case (.receive(_, let region), .messages(let end)): return receive(into: region, from: end)
        case (.send(_, let region), .stream(let end)): return send(region.load(as: Message.self), over: end, flight)
        case (.receive(_, let region), .stream(let end)): return receive(into: region, from: end)
        default: return .failed(.wrongKind)
        }
    }

    private func receive(into region: MemoryRegion, from end: MessageEnd) -> Attempt {
        if let cause = end.takeFailure() { return .failed(cause) }
        if let parcel = end.take() { return .over(unpack(parcel, into: region, of: end)) }
        if end.transport == .packets {
            if !end.wasConnected { return .failed(.notConnected) }
            if end.hasFinishedReceiving { return .over(tellEnd(in: region)) }
        }
        return .waits(end.receiving)
    }

    private func tellEnd(in region: MemoryRegion) -> Int32 {
        tell(of: 0, .endOfStream, passed: [], in: region)
        return 0
    }

    private func unpack(_ parcel: Parcel, into region: MemoryRegion, of end: MessageEnd) -> Int32 {
        let message = region.load(as: Message.self)
        let count = min(message.segments.fill(parcel.bytes), parcel.bytes.count)
        var flags: Message.Flags = count < parcel.bytes.count ? .truncated : []
        if end.transport != .packets, message.address.count > 0, let sender = parcel.address {
            message.address.store(sender)
            flags.insert(.hasAddress)
        }
        tell(of: parcel.bytes.count, flags, passed: parcel.passed, in: region)
        return Int32(count)
    }

    // MARK: Streams

    private func send(_ message: Message, over end: StreamEnd, _ flight: InFlight) -> Attempt {
        let count = message.segments.byteCount
        switch end.outgoing(for: count, whole: false) {
        case .room(let room):
            let moved = world.cut(min(count, room))
            end.put(message.segments.first(moved), passing: flight.makePassed())
            return .over(Int32(moved))
        case .nothing: return .waits(end.sending)
        case .failed(let cause): return end.failing(cause)
        }
    }

    private func receive(into region: MemoryRegion, from end: StreamEnd) -> Attempt {
        let segments = region.load(as: Message.self).segments
        switch end.incoming {
        case .bytes(let available):
            let (bytes, passed) = end.takeMessage(world.cut(min(segments.byteCount, available)))
            segments.fill(bytes)
            tell(of: bytes.count, [], passed: passed, in: region)
            return .over(Int32(bytes.count))
        case .nothing: return .waits(end.receiving)
        case .end:
            tell(of: 0, [], passed: [], in: region)
            return .over(0)
        case .failed(let cause): return end.failing(cause)
        }
    }

    // MARK: What the program is told

    private func tell(of length: Int, _ flags: Message.Flags, passed: [PassedThing], in region: MemoryRegion) {
        var message = region.load(as: Message.self)
        message.length = length
        message.flags = flags
        message.handleCount = 0
        unpack(passed, into: &message)
        region.store(message)
    }
}
