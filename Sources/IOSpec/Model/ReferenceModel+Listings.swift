// Judging directories that are listed piece by piece.

extension ReferenceModel {
    mutating func judgePiece(_ operation: ModelOperation, _ observation: Observation, _ result: ModelResult) throws(Refusal) {
        guard case .listPiece(let handle, let room) = operation.operation else { return }
        let begun = listings[handle.index] ?? ModelListing(start: operation.start ?? 0)
        let isAlone = !operations.values.contains { $0.number != operation.number && $0.isPiece(of: handle) }
        defer { note(observation, result, handle.index, begun, isAlone: isAlone) }
        if operation.isClosedUnder || begun.isUnclear || !isAlone || worlds.isLost || mayChangeNames(since: begun.start) { return }
        let isPossible = worlds.all.contains { world in
            world.mayGive(observation.names, result, of: handle.index, after: begun.given, into: room)
        }
        if isPossible { return }
        let repeats = observation.names.contains { begun.given.contains(Array($0.name.utf8)) }
        let isRefusal = !result.isCount || observation.names.isEmpty && room < ModelWorld.shortestEntry
        throw Refusal(
            repeats || isRefusal ? "directory.cursor" : "directory.list",
            allowed:
                "operation \(operation.number): names that were not given yet, none only after the last, invalidArgument where there is no room",
            seen: observation.words(of: .list(handle), result))
    }

    /// Whether names may have changed since `time`.
    private func mayChangeNames(since time: Int) -> Bool {
        nameChange >= time || operations.values.contains { $0.operation.changesNames }
    }

    private mutating func note(
        _ observation: Observation, _ result: ModelResult, _ handle: Int, _ begun: ModelListing, isAlone: Bool
    ) {
        var listing = begun
        if !isAlone { listing.isUnclear = true }
        guard result.isCount else { return listings[handle] = listing }
        for entry in observation.names { listing.given.insert(Array(entry.name.utf8)) }
        // After the last name the next piece begins with the first one.
        listings[handle] = observation.names.isEmpty && isAlone ? nil : listing
    }

    mutating func noteNames(_ operation: ModelOperation) {
        if operation.operation.changesNames { nameChange = times.now }
    }
}

extension ModelOperation {
    fileprivate func isPiece(of handle: Symbol) -> Bool {
        if case .listPiece(handle, _) = operation { return true }
        return false
    }
}

extension SymbolicOperation {
    fileprivate var changesNames: Bool { changesFiles && !paths.isEmpty }
}

extension ModelWorld {
    /// What the shortest name takes.
    static var shortestEntry: Int { entry(of: 1) }

    private static func entry(of count: Int) -> Int { (DirectoryEntry.nameOffset + count + 1 + 7) / 8 * 8 }

    /// Whether a piece of a listing can come to this.
    func mayGive(
        _ listed: [Observation.ListedName], _ result: ModelResult, of handle: Int, after given: Set<[UInt8]>, into room: Int
    ) -> Bool {
        guard let number = tree.opened[handle], let node = tree.nodes[number] else { return false }
        if !node.isDirectory { return result == .failed(.notDirectory) }
        let rest = tree.kinds(in: number).filter { !given.contains($0.key) }
        let longest = rest.keys.map { Self.entry(of: $0.count) }.max() ?? Self.entry(of: 1)
        switch result {
        case .failed(.invalidArgument): return room < longest
        case .failed(.notFound): return node.linkCount == 0
        case .failed: return false
        case .count:
            if listed.isEmpty { return rest.isEmpty }
            let names = listed.map { Array($0.name.utf8) }
            if Set(names).count < names.count { return false }
            return listed.allSatisfy { rest[Array($0.name.utf8)] == $0.kind }
        }
    }
}
