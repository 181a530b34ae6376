// A state that the files of a history can be in.

/// The files, and how far each operation in flight can have come.
struct ModelWorld: Sendable {
    var tree = ModelTree()
    /// The operations in flight that have started, each with all states that it can be in.
    var progress: [Int: Set<ModelProgress>] = [:]

    /// Lets an operation start.
    mutating func start(_ operation: ModelOperation) {
        progress[operation.number] = initialProgress(of: operation)
        advance(operation)
    }

    /// The operation is over, or was never begun.
    mutating func forget(_ number: Int) {
        progress[number] = nil
        tree.applied[number] = nil
    }

    func hasApplied(_ number: Int) -> Bool { tree.applied[number] != nil }

    /// Lets an operation get as far as it can without changing anything.
    mutating func advance(_ operation: ModelOperation) {
        guard var reached = progress[operation.number], !hasApplied(operation.number) else { return }
        var next = Array(reached) + look(operation)
        while let state = next.popLast() {
            reached.insert(state)
            for following in states(after: state, of: operation) where !reached.contains(following) {
                reached.insert(following)
                next.append(following)
            }
        }
        progress[operation.number] = reached
    }

    /// The worlds in which the operation takes effect now, each with what `others` can have seen of it.
    func applying(_ operation: ModelOperation, beside others: [ModelOperation], _ times: ModelTimes) -> [ModelWorld] {
        if hasApplied(operation.number) { return [] }
        return effects(of: operation, times).map { tree in
            var world = self
            world.tree = tree
            world.progress[operation.number] = []
            for other in others { world.advance(other) }
            return world
        }
    }

    private func initialProgress(of operation: ModelOperation) -> Set<ModelProgress> {
        operation.operation.paths.isEmpty ? [] : [beginning(of: operation)]
    }

    private func effects(of operation: ModelOperation, _ times: ModelTimes) -> [ModelTree] {
        if operation.operation.paths.isEmpty { return fileEffects(of: operation, times) }
        var trees: [ModelTree] = []
        for state in progress[operation.number] ?? [] {
            for tree in nameEffects(of: operation, in: state) where !trees.contains(tree) { trees.append(tree) }
        }
        return trees
    }

    /// Whether a program without privileges may be refused a name.
    var mayRefuseNames: Bool {
        tree.nodes.values.contains { $0.isDirectory && $0.mayRefuse(0o700) }
    }
}
