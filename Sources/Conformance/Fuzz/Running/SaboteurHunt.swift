// Whether random histories notice the saboteurs, and how soon.

import IOSpec

/// Hunts deterministic saboteurs with random histories.
public struct SaboteurHunt: Sendable {
    private struct Prey: Sendable {
        let saboteur: Saboteur
        let targets: [FuzzTarget]
    }

    private let prey: [Prey]
    private let seconds: Double
    private let jobs: Int
    private let host: ChildHost

    /// A hunt of those saboteurs that one run of a case can show, each around all of `factories` that can be sabotaged so, in this order.
    ///
    /// - Throws: ``WrongUse`` for a name that no saboteur has; `all` names each.
    public init(
        _ name: String, of saboteurs: [Saboteur], factories: [BackendFactory], like target: FuzzTarget, seconds: Double, jobs: Int,
        host: ChildHost
    ) throws(WrongUse) {
        let chosen = name == "all" ? saboteurs.filter(\.isDeterministic) : saboteurs.filter { $0.name == name }
        if chosen.isEmpty { throw WrongUse("there is no saboteur “\(name)”; iospec selftest names each, and all stands for all of them") }
        self.seconds = seconds
        self.jobs = jobs
        self.host = host
        prey = chosen.compactMap { saboteur in
            let targets = factories.filter { saboteur.wrap($0) != nil }.map { target.sabotaged(by: saboteur, $0.name) }
            // What no history can show is looked for when it is asked for by name.
            let isLeftOut = name == "all" && saboteur.isHiddenFromHistoriesBecause != nil
            return targets.isEmpty ? nil : Prey(saboteur: saboteur, targets: isLeftOut ? [] : targets)
        }
    }

    /// Hunts them, several at a time, telling `progress` of each as it is done with.
    ///
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when histories cannot be carried out.
    public func run(progress: @escaping @Sendable (SaboteurHuntResult) -> Void = { _ in }) throws -> SaboteurHuntReport {
        try ScratchDirectory.checkParent()
        let scratch = try ScratchDirectory()
        let host = host.scratching(in: scratch)
        let results = Guarded<[Result<SaboteurHuntResult, any Error>]>([])
        let next = Guarded(0)
        let lanes = try (0..<jobs).map { _ in
            try BackgroundThread { [prey, seconds] in
                while true {
                    let place = next.withLock { place in
                        defer { place += 1 }
                        return place
                    }
                    guard prey.indices.contains(place), !results.withLock({ $0.contains(where: \.isFailure) }) else { return }
                    let chase = SaboteurChase(targets: prey[place].targets, seconds: seconds, host: host)
                    let result = Result { try chase.run(prey[place].saboteur) }
                    results.withLock { $0.append(result) }
                    if case .success(let result) = result { progress(result) }
                }
            }
        }
        for lane in lanes { lane.join() }
        let found = try results.withLock { $0 }.map { try $0.get() }
        return SaboteurHuntReport(found.sorted { $0.saboteur < $1.saboteur })
    }
}

extension Result {
    fileprivate var isFailure: Bool {
        if case .failure = self { true } else { false }
    }
}

extension FuzzTarget {
    fileprivate func sabotaged(by saboteur: Saboteur, _ backend: String) -> FuzzTarget {
        var target = self
        target.backend = backend
        target.saboteur = saboteur.name
        target.watchesProcess = true
        if saboteur.mode != .default { target.mode = saboteur.mode }
        return target
    }
}

extension Saboteur {
    /// Whether one run of a case tells: it breaks a clause of that kind.
    fileprivate var isDeterministic: Bool {
        clauses.contains { id in Clause.all.contains { $0.id == id && $0.kind == .deterministic } }
    }
}
