// Running programs with many seeds.

import IOSpec

extension Simulation {
    /// Runs what `setUp` starts once for each seed, one after the other, until one fails.
    ///
    /// The same seed gives the same run, as long as the programs do the same when the same is told to them: they must ask no clock but their backend's, take no chance but
    /// ``number(in:)``, and share nothing between seeds.
    ///
    /// - Parameters:
    ///   - seeds: one run for each.
    ///   - hosts: the names of the hosts, at least one. The first one has the address 10.0.0.1, the second 10.0.0.2.
    ///   - faults: what goes wrong.
    ///   - settings: latencies and sizes; its rates are those of `faults`.
    ///   - steps: a run that takes more has failed.
    ///   - setUp: starts the programs of one run.
    /// - Throws: the failure of the first seed that fails.
    /// - Returns: what became of each seed.
    @discardableResult
    public static func run(
        seeds: some Sequence<UInt64>, hosts: [String] = ["host"], faults: FaultPlan = FaultPlan(),
        settings: SimulationSettings = SimulationSettings(), steps: Int = 100_000, setUp: (Simulation) throws -> Void
    ) throws(SimulationFailure) -> [SimulationOutcome] {
        var outcomes: [SimulationOutcome] = []
        for seed in seeds {
            let simulation = Simulation(seed: seed, hosts: hosts, faults: faults, settings: settings, limit: steps)
            do { try setUp(simulation) } catch {
                throw SimulationFailure(seed: seed, step: 0, digest: simulation.world.traceDigest, reason: "in its set-up: \(error)")
            }
            try simulation.run()
            outcomes.append(SimulationOutcome(seed: seed, steps: simulation.steps, digest: simulation.world.traceDigest))
        }
        return outcomes
    }
}
