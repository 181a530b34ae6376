// One program of a host, as its kernel sees it: handles, operations in flight, events.

import IOSpec

/// The state behind one ``Simulated`` kernel interface; everything in it belongs to whoever holds the world's lock.
final class Station {
    let host: SimulatedHost
    // Kept by whoever has the program: what waits in a world knows its program, and would keep the world for ever.
    unowned let world: SimulatedWorld
    let configuration: BackendConfiguration
    /// Tells the programs of a world apart.
    let number: UInt64
    /// What the program's handles refer to, by their number.
    var things: [Int32: Thing] = [:]
    var inFlight: [UInt32: InFlight] = [:]
    /// Told operations apart that had one slot after the other.
    var serial: UInt64 = 0
    /// What has not been handed over yet.
    var events: [KernelEvent] = []
    var isWoken = false
    var pools: [FreeBuffers] = []
    /// The simulation that decides what goes on while this program waits; nil when it waits by itself.
    var simulation: Simulation?
    /// Until when the program waits, if it does.
    var restsUntil = Instant.distantPast
    /// Whether the host has crashed under it.
    var isDead = false
    var deadWaits = 0
    private var freeNumbers: [Int32] = []
    private var usedNumbers: Int32 = 0

    init(configuration: BackendConfiguration, host: SimulatedHost) {
        self.configuration = configuration
        self.host = host
        world = host.world
        number = host.world.nextIdentity()
    }

    // MARK: Handles

    /// Gives something a number.
    ///
    /// - Throws: `.tooManyOpen`.
    func insert(_ thing: Thing) throws(IOError) -> Int32 {
        guard hasRoomForHandle else { throw IOError(.tooManyOpen) }
        let number = freeNumbers.popLast() ?? nextNumber()
        thing.description.hold()
        things[number] = thing
        return number
    }

    /// Whether the program may have another handle.
    var hasRoomForHandle: Bool { !host.refusesHandles && things.count < world.settings.handles }

    private func nextNumber() -> Int32 {
        usedNumbers += 1
        return usedNumbers - 1
    }

    func close(_ handle: NativeHandle) {
        guard let thing = things.removeValue(forKey: handle.number) else { return }
        freeNumbers.append(handle.number)
        thing.description.letGo()
    }

    /// The program is gone: nothing in it happens any more, and its handles close.
    func end() {
        for slot in inFlight.keys.sorted() { inFlight[slot]?.letGo() }
        inFlight = [:]
        for number in things.keys.sorted() { things[number]?.description.letGo() }
        things = [:]
    }

    // MARK: Trying

    /// Tries an operation whose turn has come, unless it is over.
    func attempt(_ slot: UInt32, serial: UInt64) {
        guard let flight = inFlight[slot], flight.serial == serial else { return }
        attempt(slot, flight)
    }

    func attempt(_ slot: UInt32, _ flight: InFlight) {
        switch attempt(flight) {
        case .over(let result, let made, let alignment):
            finish(slot, flight, result, made, alignment)
        case .waits(let first, let second): wait(slot, flight, for: first, second)
        case .tells(let result, let first, let second):
            tell(slot, result)
            wait(slot, flight, for: first, second)
        }
    }

    private func wait(_ slot: UInt32, _ flight: InFlight, for first: Signal, _ second: Signal?) {
        if flight.isStopped { return finish(slot, flight, IOError(.cancelled).encoded) }
        first.add(self, slot, flight.serial)
        second?.add(self, slot, flight.serial)
    }

    /// Adds to what a lasting wait is told and has not heard, so that each has at most one event.
    private func tell(_ slot: UInt32, _ readiness: Int32) {
        if let place = events.firstIndex(where: { $0.slot == slot && $0.hasMore }) {
            events[place].result |= readiness
        } else {
            events.append(KernelEvent(slot: slot, result: readiness, hasMore: true))
        }
        world.note(self, slot, readiness)
    }

    private func finish(
        _ slot: UInt32, _ flight: InFlight, _ result: Int32, _ made: HandleKind = .file, _ alignment: DirectAlignment = .none
    ) {
        inFlight[slot] = nil
        flight.letGo()
        events.append(KernelEvent(slot: slot, result: result, made: made, alignment: alignment))
        world.note(self, slot, result)
        if result > 0 { world.note(bytesOf: flight.operation, count: Int(result)) }
    }

    private func attempt(_ flight: InFlight) -> Attempt {
        if let fault = fault(in: flight) { return fault }
        return carryOut(flight)
    }

    private func carryOut(_ flight: InFlight) -> Attempt {
        switch flight.operation {
        case .control(.nop): .over(0)
        case .control(.close): attemptClose(flight)
        case .time: preconditionFailure("Timers are the engine's")
        case .path(let operation): attempt(operation, flight)
        case .file(let operation): attempt(operation, flight)
        case .stream(let operation): attempt(operation, flight)
        case .message(let operation): attempt(operation, flight)
        case .watch(let operation): attempt(operation, flight)
        }
    }

    private func attemptClose(_ flight: InFlight) -> Attempt {
        close(flight.handle)
        return .over(0)
    }
}
