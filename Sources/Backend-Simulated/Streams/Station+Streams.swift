// Operations on streams, pipes and listeners.

import IOSpec

extension Station {
    func attempt(_ operation: StreamOperation, _ flight: InFlight) -> Attempt {
        switch operation {
        case .receive(_, let region), .receiveExactly(_, let region): attemptReceive(region.count, flight) { region.fill($0) }
        case .receiveVectored(_, let segments): attemptReceive(segments.byteCount, flight) { segments.fill($0) }
        case .receiveMultishot(_, let pool): attemptReceive(into: pool, flight)
        case .send(_, let region), .sendZeroCopy(_, let region): attemptSend(region.count, flight) { region.first($0).bytes }
        case .sendVectored(_, let segments): attemptSend(segments.byteCount, flight) { segments.first($0) }
        case .splice(_, _, let count, let offset): attemptSplice(count, at: offset, flight)
        case .accept, .acceptMultishot: attemptAccept(flight)
        case .connect(_, let address): attemptConnect(to: address, flight)
        case .shutDown(_, let direction): attemptShutDown(direction, flight)
        case .setOption(_, let option, let value): attemptSetOption(option, value, flight)
        case .option(_, let option): attemptOption(option, flight)
        }
    }

    private func attemptConnect(to address: MemoryRegion, _ flight: InFlight) -> Attempt {
        switch flight.thing {
        case .stream(let end): attemptConnect(end, to: address, flight)
        case .messages(let end): attemptConnect(end, to: address, flight)
        default: .failed(.wrongKind)
        }
    }

    private func attemptShutDown(_ direction: Direction, _ flight: InFlight) -> Attempt {
        switch flight.thing {
        case .stream(let end): attemptShutDown(direction, end)
        case .messages(let end): end.shutDown(direction)
        default: .failed(.wrongKind)
        }
    }

    private func attemptShutDown(_ direction: Direction, _ end: StreamEnd) -> Attempt {
        if !end.isConnected { return .failed(.notConnected) }
        if end.isReset, end.family.isInternet { return .failed(.connectionReset) }
        end.shutDown(direction)
        return .over(0)
    }
}
