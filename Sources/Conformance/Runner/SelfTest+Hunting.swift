// The hunt for saboteurs, case by case.

extension SelfTest {
    /// Puts each saboteur around a backend that is available and runs cases until one fails: first those of its clauses; then, for each clause without a
    /// case that caught one of its saboteurs, the cases of that clause; at last all others on those that are still alive.
    ///
    /// - Parameter good: the report of the same cases on the good backends, which tells what is available and how long each case takes.
    /// - Returns: what became of each saboteur, in their order.
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when there can be no run.
    public func run(after good: RunReport) throws -> [Finding] {
        try ScratchDirectory.checkParent()
        let scratch = try ScratchDirectory()
        defer { withExtendedLifetime(scratch) {} }
        let host = host.scratching(in: scratch)
        let cases = limited(by: good)
        var findings = findings(after: good)

        let own = findings.flatMap { batches(for: $0, cases.filter($0.saboteur.isConcerned), stopsAtFailure: !findsAllKills) }
        try hunt(&findings, own, host) { findings, place, _ in findsAllKills || findings[place].kills.isEmpty }
        try huntForClauses(&findings, host, cases)
        let others = findings.filter(\.kills.isEmpty).flatMap { finding in
            batches(for: finding, cases.filter { !finding.saboteur.isConcerned($0) })
        }
        try hunt(&findings, others, host) { findings, place, _ in findings[place].kills.isEmpty }
        return sorted(findings)
    }

    /// Runs the cases of each clause that nothing shows so far on every saboteur that breaks it, until one of them is caught.
    private func huntForClauses(_ findings: inout [Finding], _ host: ChildHost, _ cases: [ConformanceCase]) throws {
        let found = findings
        let hunts = unshown(by: found).flatMap { clause in
            found.filter { $0.saboteur.clauses.contains(clause) }.flatMap { finding in
                batches(for: finding, cases.filter { $0.clauses.contains(clause) })
            }
        }
        try hunt(&findings, hunts, host) { findings, place, batch in
            unshown(by: findings).contains { clause in
                findings[place].saboteur.clauses.contains(clause) && batch.cases.allSatisfy { $0.clauses.contains(clause) }
            }
        }
    }

    /// The clauses of which no saboteur was caught by a case of theirs.
    private func unshown(by findings: [Finding]) -> [String] {
        ClauseKill.all(of: clauses, in: findings).filter { $0.killer == nil }.map(\.clause)
    }

    /// Runs batches, each as long as it is wanted with what was found so far, and adds what catches a saboteur.
    private func hunt(
        _ findings: inout [Finding], _ hunts: [CaseBatch], _ host: ChildHost,
        isWanted: @escaping (_ findings: [Finding], _ place: Int, CaseBatch) -> Bool
    ) throws {
        var found = findings
        let places = Dictionary(findings.enumerated().map { ($1.saboteur.name, $0) }, uniquingKeysWith: { first, _ in first })
        func place(of batch: CaseBatch) -> Int? {
            guard let place = batch.saboteur.flatMap({ places[$0] }), isWanted(found, place, batch) else { return nil }
            return place
        }
        let pool = CasePool(host: host, seed: seed, jobs: jobs, isWanted: { place(of: $0) != nil }) { batch, result in
            guard let place = place(of: batch), catches(found[place].saboteur, result) else { return }
            if !found[place].kills.contains(where: { $0.id == result.id }) { found[place].kills.append(result) }
        }
        try pool.run(hunts)
        findings = found
    }

    /// One batch for the cases that share a process, so that it stops at the first kill, and one for each of the others.
    private func batches(for finding: Finding, _ cases: [ConformanceCase], stopsAtFailure: Bool = true) -> [CaseBatch] {
        guard let backend = finding.backend else { return [] }
        return CaseBatch.batches(of: cases, on: backend, in: finding.saboteur.mode, size: max(cases.count, 1)).map { batch in
            var sabotaged = batch
            sabotaged.saboteur = finding.saboteur.name
            sabotaged.stopsAtFailure = stopsAtFailure
            return sabotaged
        }
    }

    /// The cases, none of which waits for a sabotaged backend much longer than it takes on a good one.
    private func limited(by good: RunReport) -> [ConformanceCase] {
        let seconds = good.results.reduce(into: [:]) { $0[$1.id] = max($0[$1.id] ?? 0, $1.seconds) }
        return cases.map { $0.limited(to: min($0.timeLimit, max(2, 10 * (seconds[$0.id] ?? 0)))) }
    }

    /// Whether a result blames the backend; a missed `should` does when the saboteur breaks that clause.
    private func catches(_ saboteur: Saboteur, _ result: CaseResult) -> Bool {
        if result.verdict.blamesBackend { return true }
        return result.verdict == .nonStrict && !result.concerned.isDisjoint(with: saboteur.clauses)
    }

    /// The findings with their kills in the order of the cases.
    private func sorted(_ findings: [Finding]) -> [Finding] {
        let places = Dictionary(cases.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        return findings.map { finding in
            var sorted = finding
            sorted.kills.sort { places[$0.id, default: 0] < places[$1.id, default: 0] }
            return sorted
        }
    }
}

extension Saboteur {
    /// Whether a case proves a clause that the saboteur breaks.
    fileprivate func isConcerned(_ conformanceCase: ConformanceCase) -> Bool { conformanceCase.clauses.contains(where: clauses.contains) }
}
