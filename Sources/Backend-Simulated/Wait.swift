// Waiting: the world's agenda is worked off, and virtual time goes on when nothing else is left to do.

public import IOSpec

extension Simulated {
    public mutating func wait(until deadline: Instant, into events: inout OutputSpan<KernelEvent>) -> WaitOutcome {
        while true {
            station.world.acquire()
            let step = step(until: deadline, into: &events)
            station.world.release()
            switch step {
            case .over(let outcome): return outcome
            case .pause(let nanoseconds): station.world.pause(nanoseconds)
            case .again: continue
            case .rest(let simulation): if !simulation.rest(station, until: deadline) { return .woken }
            case .poll(let simulation):
                simulation.poll()
                return .progressed
            }
        }
    }

    private enum Step {
        case over(WaitOutcome)
        /// Nothing happens for as long, unless somebody outside sees to it.
        case pause(Int64)
        case again
        /// The others of a simulation go on first.
        case rest(Simulation)
        /// The program has only asked; the others of a simulation may go on.
        case poll(Simulation)
    }

    // Runs with the world's lock held, which is given up between two steps, so that others get their turn.
    private func step(until deadline: Instant, into events: inout OutputSpan<KernelEvent>) -> Step {
        let world = station.world
        world.runDue()
        station.deliver(into: &events)
        if station.isWoken {
            station.isWoken = false
            return .over(.woken)
        }
        let isPoll = deadline <= world.present
        if isPoll || !events.isEmpty { world.tick() }
        if !events.isEmpty { return .over(.progressed) }
        if let simulation = station.simulation {
            if station.isDead { return .over(station.wakeDead()) }
            return isPoll ? .poll(simulation) : .rest(simulation)
        }
        if isPoll { return .over(.progressed) }
        let next = min(deadline, world.agenda.earliest)
        if next == .never {
            guard world.isOpen else { world.reportDeadlock(of: station) }
            return .pause(world.longestPause)
        }
        let wait = world.advance(towards: next)
        return wait > 0 ? .pause(wait) : .again
    }
}

extension Station {
    /// Hands over as many events as fit.
    func deliver(into output: inout OutputSpan<KernelEvent>) {
        var taken = 0
        while taken < events.count, !output.isFull {
            output.append(events[taken])
            taken += 1
        }
        events.removeFirst(taken)
    }
}

extension SimulatedWorld {
    /// A simulation that has nothing left to do, and waits for ever, is a mistake of the program in it.
    fileprivate func reportDeadlock(of station: Station) -> Never {
        preconditionFailure(
            "Nothing can happen any more in the simulation with seed \(seed): \(station.inFlight.count) operations wait for ever")
    }
}
