// The controls of the suite's own test: backends as they are, and behind what saboteurs are made of, with nothing done wrong.

extension SelfTest {
    /// The most cases that one child runs.
    private static var batchSize: Int { 12 }

    /// Runs the backends as they are, in every mode in which a saboteur is hunted.
    ///
    /// - Parameter required: the backends that must be available.
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when there can be no run.
    public func runGood(required: Set<String>) throws -> RunReport {
        let names = factories.map(\.name)
        let reports = try modes.map { mode in
            try ConformanceRun(
                backends: names, required: required, modes: [mode], cases: cases(in: mode), seed: seed, jobs: jobs, host: host
            ).run()
        }
        // The default mode comes first, and has every case.
        var whole = reports[0]
        whole.run.modes = modes
        whole.results = reports.flatMap(\.results)
        return whole
    }

    /// Puts what saboteurs are made of, with nothing done wrong, around each backend that is to be sabotaged, and runs the same cases: whoever blames that
    /// would blame a saboteur for its disguise.
    ///
    /// - Returns: the results, whose backends are named with what was put around them.
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when there can be no run.
    public func runDisguised(after good: RunReport) throws -> [CaseResult] {
        let scratch = try ScratchDirectory()
        defer { withExtendedLifetime(scratch) {} }
        let findings = findings(after: good)
        var results: [CaseResult] = []
        for mode in modes {
            let backends = findings.filter { mode == .default || $0.saboteur.mode == mode }.compactMap(\.backend).uniqued()
            let pool = CasePool(host: host.scratching(in: scratch), seed: seed, jobs: jobs) { batch, result in
                var result = result
                result.backend += " (\(batch.saboteur ?? ""))"
                results.append(result)
            }
            try pool.run(backends.flatMap { batches(on: $0, in: mode) })
        }
        return results
    }

    /// What only waits first, as in every run.
    private func batches(on backend: String, in mode: AmbientMode) -> [CaseBatch] {
        let batches = ControlSaboteurs.all.flatMap { control in
            CaseBatch.batches(of: cases(in: mode), on: backend, in: mode, size: Self.batchSize).map { batch in
                var disguised = batch
                disguised.saboteur = control.name
                disguised.breaksRules = false
                return disguised
            }
        }
        return batches.filter { $0.idleSeconds > 0 } + batches.filter { $0.idleSeconds == 0 }
    }
}
