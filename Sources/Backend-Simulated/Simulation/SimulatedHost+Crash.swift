// The crash of a host.

import IOSpec

extension SimulatedHost {
    /// Crashes the host, which is up again at once, with nothing but its files.
    ///
    /// The backends of its programs are dead: what they had in flight, and what they are given afterwards, fails with `.noDevice`, and their handles mean nothing. Peers of their
    /// connections see a reset. Of what was not synchronized in the file tree, chance decides how much is left.
    public func crash() {
        world.exclusively {
            let lost = stations.filter { !$0.isDead }
            for station in lost { station.crash() }
            tree.crash(&world.chance)
            world.noteCrash(of: self)
        }
    }
}

extension Station {
    /// Nothing in the program happens any more, and whatever it waits for has failed.
    func crash() {
        if isDead { return }
        isDead = true
        // What was over before, and has not been told, is not told any more.
        let slots = (inFlight.keys + events.lazy.filter { !$0.hasMore }.map(\.slot)).sorted()
        events = []
        for number in things.keys.sorted() {
            if case .stream(let end)? = things[number] { end.abort() }
        }
        end()
        for slot in slots { refuse(slot) }
    }

    /// Ends a wait of a program of a simulation whose host has crashed, and that has been told everything. One that goes on waiting all the same would do so for ever.
    func wakeDead() -> WaitOutcome {
        deadWaits += 1
        precondition(
            deadWaits < 1_000_000,
            "A program waits on although its host “\(host.name)” has crashed, in the simulation with seed \(world.seed)")
        return .woken
    }

    /// Tells that an operation has failed because the host has crashed.
    func refuse(_ slot: UInt32) {
        events.append(KernelEvent(slot: slot, result: IOError(.noDevice).encoded))
    }

    /// When there is something to do for the program, if nothing happens before.
    var wakes: Instant { isDead || isWoken || !events.isEmpty ? .distantPast : restsUntil }
}
