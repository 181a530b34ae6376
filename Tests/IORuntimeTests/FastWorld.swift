// A simulated world whose time does not take any.

import BackendSimulated
import Glibc
import IOEngine
import IORuntime
import IOSpec
import Synchronization

extension BackendChoice {
    /// A world of a seed, in which a second goes by each time that somebody waits.
    static func fastWorld(seed: UInt64, settings: SimulationSettings = SimulationSettings()) -> BackendChoice {
        let world = SimulatedWorld(seed: seed, settings: settings)
        let time = SharedNumber()
        world.open(to: Outside(now: { time.add(1_000_000_000) }, pause: { _ in sched_yield() }))
        return .custom("fast world \(seed)", clock: { world.now }) { (configuration) throws(Unavailability) in
            try IOEngine(configuration: configuration, on: world.firstHost)
        }
    }
}

/// A number that threads share.
final class SharedNumber: Sendable {
    private let number = Atomic<Int64>(0)

    /// Adds to it, and returns what it is then.
    @discardableResult
    func add(_ amount: Int64) -> Int64 { number.add(amount, ordering: .relaxed).newValue }

    var value: Int64 { number.load(ordering: .relaxed) }
}
