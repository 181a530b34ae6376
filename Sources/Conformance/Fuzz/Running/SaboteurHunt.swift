// Whether random histories notice the saboteurs, and how soon.

import IOSpec

/// Hunts every deterministic saboteur with random histories.
public struct SaboteurHunt: Sendable {
    /// The saboteurs, each with the name of the backend that it is put around.
    private let hunts: [FuzzTarget]
    private let saboteurs: [Saboteur]
    private let seconds: Double
    private let jobs: Int
    private let host: ChildHost

    /// A hunt of those saboteurs that one run of a case can show, each around the first of `factories` that can be sabotaged so.
    ///
    /// - Throws: ``WrongUse`` for a name that no saboteur has; `all` names each.
    public init(
        _ name: String, of saboteurs: [Saboteur], factories: [BackendFactory], like target: FuzzTarget, seconds: Double, jobs: Int,
        host: ChildHost
    ) throws(WrongUse) {
        let chosen = name == "all" ? saboteurs.filter(\.isDeterministic) : saboteurs.filter { $0.name == name }
        if chosen.isEmpty { throw WrongUse("there is no saboteur “\(name)”; iospec selftest names each, and all stands for all of them") }
        self.saboteurs = chosen
        self.seconds = seconds
        self.jobs = jobs
        self.host = host
        hunts = chosen.compactMap { saboteur in
            guard let factory = factories.first(where: { saboteur.wrap($0) != nil }) else { return nil }
            var hunted = target
            hunted.backend = factory.name
            hunted.saboteur = saboteur.name
            if saboteur.mode != .default { hunted.mode = saboteur.mode }
            return hunted
        }
    }

    /// Hunts them, several at a time.
    ///
    /// - Throws: ``Interruption/Requested``, or ``HarnessProblem`` when histories cannot be carried out.
    public func run(progress: @escaping @Sendable (FuzzResult) -> Void = { _ in }) throws -> SaboteurHuntReport {
        try ScratchDirectory.checkParent()
        let scratch = try ScratchDirectory()
        let host = host.scratching(in: scratch)
        let results = Guarded<[Result<FuzzResult, any Error>]>([])
        let next = Guarded(0)
        let lanes = try (0..<jobs).map { _ in
            try BackgroundThread { [hunts, seconds] in
                while true {
                    let place = next.withLock { place in
                        defer { place += 1 }
                        return place
                    }
                    guard hunts.indices.contains(place), !results.withLock({ $0.contains(where: \.isFailure) }) else { return }
                    // A few repetitions tell enough of what is broken on purpose.
                    let hunt = FuzzHunt(target: hunts[place], host: host, shrinkingSeconds: 15, repetitions: 3, candidates: 400)
                    let result = Result { try Self.judged(hunt.run(seconds: seconds), hunts[place], host) }
                    results.withLock { $0.append(result) }
                    if case .success(let result) = result { progress(result) }
                }
            }
        }
        for lane in lanes { lane.join() }
        let found = try results.withLock { $0 }.map { try $0.get() }
        return SaboteurHuntReport(found.sorted { ($0.saboteur ?? "") < ($1.saboteur ?? "") }, saboteurs: saboteurs)
    }
}

extension SaboteurHunt {
    /// The result, once the good backend has carried out what was found on the sabotaged one.
    fileprivate static func judged(_ result: FuzzResult, _ target: FuzzTarget, _ host: ChildHost) throws -> FuzzResult {
        guard let finding = result.finding else { return result }
        var good = target
        good.saboteur = nil
        let attempts = HistoryAttempts(good, host: host)
        var result = result
        result.isFalseAlarm = try attempts.rate(of: finding.disagreement, finding.history, times: 3) > 0
        return result
    }
}

extension Result {
    fileprivate var isFailure: Bool {
        if case .failure = self { true } else { false }
    }
}

extension Saboteur {
    /// Whether one run of a case tells: it breaks a clause of that kind.
    fileprivate var isDeterministic: Bool {
        clauses.contains { id in Clause.all.contains { $0.id == id && $0.kind == .deterministic } }
    }
}
