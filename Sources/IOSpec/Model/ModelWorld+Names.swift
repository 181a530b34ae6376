// What operations do to names, and what is wrong with them.

extension ModelWorld {
    // MARK: Mistakes

    /// What is wrong with making, moving or removing a name, whatever the order in which that is found.
    func mistakes(of operation: SymbolicOperation, at name: ModelName, _ first: ModelName?) -> [IOError.Cause] {
        switch operation {
        case .makeDirectory: mistakes(making: name, isDirectory: true)
        case .symbolicLink: mistakes(making: name, isDirectory: false)
        case .unlink: mistakes(unlinking: name)
        case .removeDirectory: mistakes(removing: name)
        case .hardLink: first.map { mistakes(linking: $0, to: name) } ?? []
        case .rename(_, _, _, _, let mode): first.map { mistakes(renaming: $0, to: name, mode) } ?? []
        default: []
        }
    }

    private func mistakes(making name: ModelName, isDirectory: Bool) -> [IOError.Cause] {
        if name.name == nil { return [.alreadyExists] }
        return switch tree.look(at: name) {
        case .node: [.alreadyExists]
        case .failed(let cause): [cause]
        case .missing: name.endsWithSlash && !isDirectory ? [.notFound] : []
        }
    }

    private func mistakes(unlinking name: ModelName) -> [IOError.Cause] {
        if name.name == nil { return [.isDirectory] }
        switch tree.look(at: name) {
        case .missing: return [.notFound]
        case .failed(let cause): return [cause]
        case .node(let node):
            if tree.nodes[node]?.isDirectory == true { return [.isDirectory] }
            return name.endsWithSlash ? [.notDirectory] : []
        }
    }

    private func mistakes(removing name: ModelName) -> [IOError.Cause] {
        switch name.last {
        case .current: return [.invalidArgument]
        case .parent: return [.directoryNotEmpty]
        case .name: break
        }
        switch tree.look(at: name) {
        case .missing: return [.notFound]
        case .failed(let cause): return [cause]
        case .node(let number):
            guard let node = tree.nodes[number], node.isDirectory else { return [.notDirectory] }
            return node.names.isEmpty ? [] : [.directoryNotEmpty]
        }
    }

    private func mistakes(linking source: ModelName, to target: ModelName) -> [IOError.Cause] {
        var mistakes = mistakes(making: target, isDirectory: false)
        switch tree.look(at: source) {
        case .missing: mistakes.append(.notFound)
        case .failed(let cause): mistakes.append(cause)
        case .node(let node): if tree.nodes[node]?.isDirectory == true { mistakes.append(.permissionDenied) }
        }
        return mistakes
    }

    private func mistakes(renaming source: ModelName, to target: ModelName, _ mode: RenameMode) -> [IOError.Cause] {
        var mistakes: [IOError.Cause] = []
        if source.name == nil { mistakes.append(.busy) }
        if target.name == nil { mistakes.append(mode == .exclusive ? .alreadyExists : .busy) }
        let moved = node(at: source, whenMissing: .notFound, &mistakes)
        let replaced = node(at: target, whenMissing: mode == .exchanging ? .notFound : nil, &mistakes)
        if mode == .exclusive, replaced != nil { mistakes.append(.alreadyExists) }
        // What is no name is never moved, whatever else is wrong with it.
        guard let moved, source.name != nil, target.name != nil else { return mistakes }
        return mistakes + self.mistakes(moving: moved, from: source, to: target, onto: replaced, mode)
    }

    private func node(at name: ModelName, whenMissing missing: IOError.Cause?, _ mistakes: inout [IOError.Cause]) -> Int? {
        switch tree.look(at: name) {
        case .node(let node): return node
        case .missing: if let missing { mistakes.append(missing) }
        case .failed(let cause): mistakes.append(cause)
        }
        return nil
    }

    private func mistakes(
        moving moved: Int, from source: ModelName, to target: ModelName, onto replaced: Int?, _ mode: RenameMode
    ) -> [IOError.Cause] {
        var mistakes: [IOError.Cause] = []
        let movesDirectory = tree.nodes[moved]?.isDirectory == true
        let meansDirectory = source.endsWithSlash || mode != .exchanging && target.endsWithSlash
        if !movesDirectory, meansDirectory { mistakes.append(.notDirectory) }
        if tree.isAbove(moved, target.directory) { mistakes.append(.invalidArgument) }
        guard let replaced, let node = tree.nodes[replaced] else { return mistakes }
        if mode == .exchanging, target.endsWithSlash, !node.isDirectory { mistakes.append(.notDirectory) }
        if replaced == moved { return mistakes }
        if tree.isAbove(replaced, source.directory) { mistakes.append(mode == .exchanging ? .invalidArgument : .directoryNotEmpty) }
        if mode != .replacing { return mistakes }
        if movesDirectory, !node.isDirectory { mistakes.append(.notDirectory) }
        if !movesDirectory, node.isDirectory { mistakes.append(.isDirectory) }
        if movesDirectory, !node.names.isEmpty { mistakes.append(.directoryNotEmpty) }
        return mistakes
    }

    /// Whether there is nothing to do: between two names of one file a rename does nothing.
    func isWithoutEffect(_ operation: SymbolicOperation, at name: ModelName, _ first: ModelName?) -> Bool {
        guard case .rename = operation, let first else { return false }
        guard case .node(let moved) = tree.look(at: first), case .node(let replaced) = tree.look(at: name) else { return false }
        return moved == replaced
    }

    // MARK: Effects

    /// The files once the operation has taken effect from one of the states that it can be in; several, or none.
    func nameEffects(of operation: ModelOperation, in state: ModelProgress) -> [ModelTree] {
        switch (operation.operation, state) {
        case (.open(_, _, let options, _), .found(let node)): openingEffects(on: node, options, operation.number)
        case (.open(_, _, let options, _), .placed(let name, _)): creatingEffects(at: name, options, operation.number)
        case (_, .placed(let name, let first)): effects(of: operation, at: name, first)
        default: []
        }
    }

    private func effects(of operation: ModelOperation, at name: ModelName, _ first: ModelName?) -> [ModelTree] {
        guard let last = name.name, mistakes(of: operation.operation, at: name, first).isEmpty else { return [] }
        if isWithoutEffect(operation.operation, at: name, first) { return [] }
        var tree = tree
        tree.applied[operation.number] = .done
        switch operation.operation {
        case .makeDirectory: tree.make(.directory([:]), named: last, in: name.directory, by: operation.number)
        case .symbolicLink(_, _, let target):
            tree.make(.link(target: Array(target.utf8)), named: last, in: name.directory, by: operation.number)
        case .unlink, .removeDirectory: tree.remove(last, in: name.directory)
        case .hardLink:
            guard let first, case .node(let node) = tree.look(at: first) else { return [] }
            tree.add(last, in: name.directory, to: node)
        case .rename(_, _, _, _, let mode):
            guard let first, let source = first.name else { return [] }
            tree.rename(source, in: first.directory, to: last, in: name.directory, exchanging: mode == .exchanging)
        default: return []
        }
        return [tree]
    }

    private func openingEffects(on node: Int, _ options: OpenOptions, _ number: Int) -> [ModelTree] {
        if !openingMistakes(node, options).isEmpty { return [] }
        var tree = tree
        if options.contains(.temporary) {
            tree.nodes[number] = ModelNode(.file(ModelContents()), parent: node)
            tree.nodes[number]?.linkCount = 0
            tree.applied[number] = .opened(node: number)
            return [tree]
        }
        guard options.contains(.truncating) else { return [] }
        tree.nodes[node]?.contents.truncate(to: 0, by: number)
        tree.applied[number] = .opened(node: node)
        return [tree]
    }

    private func creatingEffects(at name: ModelName, _ options: OpenOptions, _ number: Int) -> [ModelTree] {
        guard let last = name.name, !name.endsWithSlash else { return [] }
        switch tree.look(at: name) {
        case .failed: return []
        case .node(let node): return options.contains(.exclusive) ? [] : openingEffects(on: node, options, number)
        case .missing:
            var tree = tree
            tree.make(.file(ModelContents()), named: last, in: name.directory, by: number)
            tree.applied[number] = .opened(node: number)
            return [tree]
        }
    }
}

extension ModelTree {
    fileprivate mutating func rename(
        _ source: [UInt8], in first: Int, to target: [UInt8], in second: Int, exchanging: Bool
    ) {
        let moved = nodes[first]?.names[source]
        let replaced = nodes[second]?.names[target]
        remove(source, in: first)
        remove(target, in: second)
        if let moved { add(target, in: second, to: moved) }
        if exchanging, let replaced { add(source, in: first, to: replaced) }
    }
}
