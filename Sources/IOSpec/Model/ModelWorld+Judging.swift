// Whether a result can be seen in a possible world.

extension ModelWorld {
    /// The worlds in which `operation` says what was observed; none when it cannot in this one.
    func accepting(
        _ operation: ModelOperation, _ observation: Observation, _ result: ModelResult, _ times: ModelTimes
    ) -> [ModelWorld] {
        let states = progress[operation.number] ?? []
        guard case .count(let count) = result else { return mayFail(operation, result, states) ? [self] : [] }
        switch operation.operation {
        case .open(_, _, _, let made): return count == 0 ? opening(operation, made.index, states) : []
        case .read: return mayRead(operation, observation, count, states, times) ? [self] : []
        case .write, .append: return writing(operation, count, states)
        case .status, .pathStatus: return observation.status.map { mayTell($0, states) } == true ? [self] : []
        case .readLink: return count == observation.bytes.count && states.contains(.target(observation.bytes)) ? [self] : []
        case .list: return mayList(observation.names, states, isCutShort: operation.mayBeCutShort) ? [self] : []
        default: return count == 0 && (hasApplied(operation.number) || states.contains(.done)) ? [self] : []
        }
    }

    private func mayFail(_ operation: ModelOperation, _ result: ModelResult, _ states: Set<ModelProgress>) -> Bool {
        guard case .failed(let cause) = result, !hasApplied(operation.number) else { return false }
        if cause == .permissionDenied, !operation.operation.paths.isEmpty, mayRefuseNames { return true }
        return states.contains(.failed(cause))
    }

    private func opening(_ operation: ModelOperation, _ symbol: Int, _ states: Set<ModelProgress>) -> [ModelWorld] {
        var nodes: Set<Int> = []
        if case .opened(let node) = tree.applied[operation.number] { nodes.insert(node) }
        for case .opened(let node) in states { nodes.insert(node) }
        return nodes.sorted().map { node in
            var world = self
            world.tree.opened[symbol] = node
            return world
        }
    }

    // MARK: Contents

    private func mayRead(
        _ operation: ModelOperation, _ observation: Observation, _ count: Int, _ states: Set<ModelProgress>, _ times: ModelTimes
    ) -> Bool {
        guard case .read(let handle, let requested, let offset, _) = operation.operation, count <= requested else { return false }
        guard count == observation.bytes.count, let sizes = Self.sizes(states) else { return false }
        if requested == 0 || isUnknown(handle.index) { return true }
        let end = offset + Int64(count)
        if count > 0, sizes.upperBound < end { return false }
        let isCutShort = operation.mayBeCutShort && count > 0
        if count < requested, sizes.lowerBound > end, !isCutShort { return false }
        guard count > 0, let node = tree.opened[handle.index], let contents = tree.nodes[node]?.contents else { return true }
        return contents.firstUnexplained(observation.bytes, at: offset, since: operation.start ?? 0, times) == nil
    }

    private func isUnknown(_ handle: Int) -> Bool {
        tree.opened[handle].flatMap { tree.nodes[$0]?.contents.isUnknown } ?? false
    }

    private static func sizes(_ states: Set<ModelProgress>) -> ClosedRange<Int64>? {
        var range: ClosedRange<Int64>?
        for case .size(let size) in states {
            range = range.map { min($0.lowerBound, size)...max($0.upperBound, size) } ?? size...size
        }
        return range
    }

    private func writing(_ operation: ModelOperation, _ count: Int, _ states: Set<ModelProgress>) -> [ModelWorld] {
        let requested = operation.operation.requestedCount ?? 0
        if requested == 0 { return count == 0 && states.contains(.done) ? [self] : [] }
        let mayBeShort = operation.mayBeCutShort || operation.mayLackSpace || !sizeLimit(operation).isEmpty
        guard hasApplied(operation.number), count == requested || mayBeShort && count > 0 && count < requested else { return [] }
        var world = self
        world.seal(operation, writing: count)
        return [world]
    }

    // MARK: What is told

    /// While a file grows, every size in between can be seen.
    private func mayTell(_ status: Observation.SymbolicStatus, _ states: Set<ModelProgress>) -> Bool {
        var sizes: ClosedRange<Int64>?
        var isKnown = false
        // The status of an unknown file is not followed, and nor is which of the files here it is.
        let hasUnknown = tree.nodes.values.contains { $0.contents.isUnknown }
        for case .status(let possible, let knowsPermissions) in states where possible.kind == status.kind {
            sizes = sizes.map { min($0.lowerBound, possible.size)...max($0.upperBound, possible.size) } ?? possible.size...possible.size
            let hasLinks = status.kind == .directory || possible.linkCount == status.linkCount
            // What is written to, or lies in a directory of a group, has other bits above those.
            let bits: UInt16 = knowsPermissions ? 0o1777 : 0o777
            let hasPermissions =
                knowsPermissions
                ? possible.permissions & bits == status.permissions & bits : status.permissions & bits & ~possible.permissions == 0
            if hasLinks, hasPermissions { isKnown = true }
        }
        guard isKnown, let sizes else { return false }
        return status.kind != .file || hasUnknown || sizes.contains(status.size)
    }

    /// Names that were there all the while are there, once; those that never were are not. A listing that was asked to end tells what it had found.
    private func mayList(_ listed: [Observation.ListedName], _ states: Set<ModelProgress>, isCutShort: Bool) -> Bool {
        var moments: [[[UInt8]: FileStatus.Kind]] = []
        for case .names(let names) in states { moments.append(names) }
        guard let first = moments.first else { return false }
        var counts: [[UInt8]: Int] = [:]
        for entry in listed {
            let name = Array(entry.name.utf8)
            counts[name, default: 0] += 1
            if !moments.contains(where: { $0[name] == entry.kind }) { return false }
        }
        return first.keys.allSatisfy { name in
            !moments.allSatisfy { $0[name] != nil } || counts[name] == 1 || isCutShort && counts[name] == nil
        }
    }
}
