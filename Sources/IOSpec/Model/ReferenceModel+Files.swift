// Judging operations on files and names by the possible worlds.

extension ReferenceModel {
    mutating func judgeFiles(_ operation: ModelOperation, _ observation: Observation, _ result: ModelResult) throws(Refusal) {
        let flights = operations.keys.sorted().compactMap { operations[$0] }.filter { $0.start != nil && isJudgedByWorlds($0) }
        let before = worlds
        let times = times
        let changing = related(to: operation, among: flights)
        // What succeeds without having changed anything here may have changed something behind others: opened a file, or made it anew.
        let leavesMore = result.isCount && operation.operation.leavesMore
        let isFinal = { (world: ModelWorld) in !leavesMore || world.hasApplied(operation.number) }
        let isPossible = worlds.keep(changing: changing, beside: flights, times, isFinal: isFinal) { world in
            world.accepting(operation, observation, result, times).map { world in
                var world = world
                world.forget(operation.number)
                return world
            }
        }
        if isPossible { return }
        let outcomes = before.outcomes(of: operation, changing: changing, beside: flights, times)
        throw refusal(
            clause(for: operation.operation, result, outcomes), of: operation, allowed: outcomes.words,
            seen: observation.words(of: operation.operation, result))
    }

    // MARK: What touches the same

    /// The operations in flight that may have taken effect before `operation`, and whose order matters for it.
    private func related(to operation: ModelOperation, among flights: [ModelOperation]) -> [ModelOperation] {
        let changing = flights.filter { $0.operation.changesFiles }
        let mayHaveLinks = worlds.haveLinks || flights.contains { $0.operation.makesLink }
        var related = [operation]
        var next = 0
        while next < related.count {
            for other in changing
            where !related.contains(where: { $0.number == other.number }) && touch(related[next], other, mayHaveLinks: mayHaveLinks) {
                related.append(other)
            }
            next += 1
        }
        return related.filter { $0.operation.changesFiles }
    }

    private func touch(_ first: ModelOperation, _ second: ModelOperation, mayHaveLinks: Bool) -> Bool {
        let isAboutNames = (first.operation.isAboutNames, second.operation.isAboutNames)
        if isAboutNames.0, isAboutNames.1 {
            return mayHaveLinks || mayRemoveDirectory(of: first, second) || mayRemoveDirectory(of: second, first)
                || shareNames(first.operation, second.operation)
        }
        if isAboutNames.0 || isAboutNames.1 { return first.operation.looksInside || second.operation.looksInside }
        return worlds.all.contains { $0.tree.opened[first.handles[0]] == $0.tree.opened[second.handles[0]] }
    }

    private func shareNames(_ first: SymbolicOperation, _ second: SymbolicOperation) -> Bool {
        if case .list = first { return true }
        if case .list = second { return true }
        let names = first.names
        let others = second.names
        let parent = [UInt8(ascii: "."), UInt8(ascii: ".")]
        return names.contains(parent) || others.contains(parent) || !names.isDisjoint(with: others)
    }

    /// Whether one operation may take the directory away beneath which the other one looks.
    private func mayRemoveDirectory(of operation: ModelOperation, _ remover: ModelOperation) -> Bool {
        switch remover.operation {
        case .removeDirectory, .rename: operation.handles.contains { handle in worlds.all.contains { $0.tree.opened[handle] != 0 } }
        default: false
        }
    }

    private func refusal(_ clause: String, of operation: ModelOperation, allowed: String, seen: String) -> Refusal {
        Refusal(clause, allowed: "operation \(operation.number): \(allowed)", seen: seen)
    }

    // MARK: Clauses

    private func clause(for operation: SymbolicOperation, _ result: ModelResult, _ outcomes: ModelOutcomes) -> String {
        if case .failed(let cause) = result { return operation.clause(failingWith: cause) }
        if !outcomes.canSucceed { return operation.clauseOfSuccess(insteadOf: outcomes.causes) }
        if case .read(_, let requested, let offset, _) = operation, case .count(let count) = result, let sizes = outcomes.sizes {
            let end = offset + Int64(count)
            if count > 0, end > sizes.upperBound { return "file.end-of-file" }
            if count < requested, end < sizes.lowerBound { return "file.full-transfer" }
        }
        return operation.clause
    }
}

extension SymbolicOperation {
    /// Whether it looks names up, or lists them.
    fileprivate var isAboutNames: Bool {
        if case .list = self { return true }
        return !paths.isEmpty
    }

    fileprivate var makesLink: Bool {
        if case .symbolicLink = self { return true }
        return false
    }

    /// Whether its success leaves something behind that differs with what took effect before it: a change, or what a handle refers to.
    fileprivate var leavesMore: Bool {
        if case .open = self { return true }
        return changesFiles
    }

    /// Whether what it finds depends on names and on contents.
    fileprivate var looksInside: Bool {
        switch self {
        case .pathStatus, .open, .status: true
        default: false
        }
    }

    fileprivate var names: Set<[UInt8]> {
        var names: Set<[UInt8]> = []
        for (_, path) in paths { names.formUnion(ModelWalk.components(of: Array(path.utf8))) }
        return names
    }
}
