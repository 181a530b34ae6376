// Every state that the files of a history can still be in.

/// The possible worlds. A completion that none of them allows is refused; those that do not allow it are gone.
struct ModelWorlds: Sendable {
    /// How many worlds are kept at most. With more, everything is allowed from then on: nothing right is ever refused.
    private static var most: Int { 4096 }
    /// How many steps all searches for them take at most, counting a look at each operation in flight as one; with more, the same.
    private static var mostSteps: Int { 300_000 }

    private(set) var all = [ModelWorld()]
    /// Whether there were too many worlds to go on.
    private(set) var isLost = false
    private var steps = 0

    /// Whether there may be a symbolic link.
    var haveLinks: Bool {
        all.contains { world in world.tree.nodes.values.contains { $0.kind == .symbolicLink } }
    }

    /// Allows everything from now on.
    mutating func giveUp() { isLost = true }

    mutating func forEach(_ body: (inout ModelWorld) -> Void) {
        for index in all.indices { body(&all[index]) }
    }

    /// Keeps the worlds that `accept` makes of those that can be reached when some of `changing` take effect, in any order.
    ///
    /// A world that is accepted is not gone on from where `isFinal` says that what can take effect before can also do so later.
    /// - Returns: whether there is one.
    mutating func keep(
        changing: [ModelOperation], beside others: [ModelOperation], _ times: ModelTimes,
        isFinal: (ModelWorld) -> Bool = { _ in true }, _ accept: (ModelWorld) -> [ModelWorld]
    ) -> Bool {
        if isLost { return true }
        var reached = ModelWorldSet(all)
        var kept = ModelWorldSet([])
        while let world = reached.next() {
            let accepted = accept(world)
            for world in accepted { kept.insert(world) }
            if !accepted.isEmpty, isFinal(world) { continue }
            for operation in changing where !world.hasApplied(operation.number) {
                for next in world.applying(operation, beside: others, times) {
                    reached.insert(next)
                    steps += 1 + others.count
                }
            }
            if reached.count + kept.count > Self.most || steps > Self.mostSteps {
                isLost = true
                return true
            }
        }
        if kept.count == 0 { return false }
        all = kept.worlds
        return true
    }

    /// All that `operation` could have said.
    func outcomes(
        of operation: ModelOperation, changing: [ModelOperation], beside others: [ModelOperation], _ times: ModelTimes
    ) -> ModelOutcomes {
        var outcomes = ModelOutcomes()
        var copy = self
        _ = copy.keep(changing: changing, beside: others, times) { world in
            outcomes.add(world, operation)
            return []
        }
        return outcomes
    }

    /// Joins worlds that have become the same.
    mutating func join() {
        all = ModelWorldSet(all).worlds
    }
}
