// Starting operations: each is put on the world's agenda, and tried when its turn comes.

public import IOSpec

extension Simulated {
    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle) -> StartOutcome {
        station.world.exclusively { station.start(slot, operation, on: handle, others: []) }
        return .pending
    }

    public mutating func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, and others: Span<NativeHandle>)
        -> StartOutcome
    {
        var list: [NativeHandle] = []
        for place in others.indices { list.append(others[place]) }
        station.world.exclusively { station.start(slot, operation, on: handle, others: list) }
        return .pending
    }
}

extension Station {
    /// Puts an operation in flight. What it acts on is kept by reference: closing a handle that a message passes does not end that.
    func start(_ slot: UInt32, _ operation: Operation, on handle: NativeHandle, others: [NativeHandle]) {
        if isDead { return refuse(slot) }
        serial += 1
        let flight = InFlight(operation, on: handle, things[handle.number], serial: serial)
        flight.others = others
        for other in others {
            guard let thing = things[other.number] else { continue }
            thing.description.hold()
            flight.otherThings.append(thing)
        }
        inFlight[slot] = flight
        world.schedule(.attempt(self, slot: slot, serial: serial), after: latency(of: operation))
    }
}
