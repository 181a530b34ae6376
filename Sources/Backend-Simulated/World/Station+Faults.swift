// Faults that come by chance.

import IOSpec

extension Station {
    /// What goes wrong with an operation that is tried for the first time; nil when nothing does, or it is for the operation itself to find out.
    func fault(in flight: InFlight) -> Attempt? {
        if flight.wasTried { return nil }
        flight.wasTried = true
        let rates = world.settings.rates
        switch flight.operation {
        case .stream(.connect):
            if case .stream? = flight.thing, world.chance.happens(rates.refusedConnections) { return .failed(.connectionRefused) }
        case .file(.write), .file(.writeVectored), .file(.append), .file(.allocate):
            return world.chance.happens(rates.noSpace) ? .failed(.noSpace) : nil
        case .stream(.send), .stream(.sendVectored), .stream(.sendZeroCopy), .stream(.receive), .stream(.receiveExactly),
            .stream(.receiveVectored), .stream(.receiveMultishot), .message:
            if world.chance.happens(rates.resets), case .stream(let end)? = flight.thing { end.abort() }
        default: break
        }
        return nil
    }

    /// How long the kernel takes before it first looks at an operation, in nanoseconds.
    func latency(of operation: Operation) -> Int64 {
        let settings = world.settings
        let isSpike = world.chance.happens(settings.rates.latencySpikes)
        return world.chance.number(in: isSpike ? settings.rates.latencySpike : settings.latency)
    }
}
