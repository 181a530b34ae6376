// How operations that begin with a path come to the place where they act.

extension ModelWorld {
    func beginning(of operation: ModelOperation) -> ModelProgress {
        // What is wrong with a handle comes before what is wrong with a path.
        if operation.operation.paths.contains(where: { !isDirectory($0.directory) }) { return .failed(.wrongKind) }
        let (directory, path) = operation.operation.paths[0]
        return walking(Array(path.utf8), beneath: directory, goal: goal(of: operation.operation, Array(path.utf8)), first: nil)
    }

    private func isDirectory(_ symbol: Int) -> Bool { tree.opened[symbol].flatMap { tree.nodes[$0]?.isDirectory } == true }

    private func walking(_ path: [UInt8], beneath symbol: Int, goal: ModelWalk.Goal, first: ModelName?) -> ModelProgress {
        guard let directory = tree.opened[symbol], tree.nodes[directory]?.isDirectory == true else { return .failed(.wrongKind) }
        guard let walk = ModelWalk(path, beneath: directory, goal: goal) else { return .failed(.outsideDirectory) }
        return .walking(walk, first: first)
    }

    private func goal(of operation: SymbolicOperation, _ path: [UInt8]) -> ModelWalk.Goal {
        switch operation {
        case .open(_, _, let options, _) where options.contains(.temporary): .node(followsLink: true)
        case .open(_, _, let options, _) where options.contains(.creating): .name
        case .open(_, _, let options, _): .node(followsLink: !options.contains(.noFollow))
        case .pathStatus(_, _, let followsLink): .node(followsLink: followsLink)
        case .readLink: .node(followsLink: false)
        // What can only be a directory is looked for as a whole, and gets no further name.
        case .hardLink: Self.meansDirectory(path) ? .node(followsLink: true) : .name
        default: .name
        }
    }

    private static func meansDirectory(_ path: [UInt8]) -> Bool {
        if path.last == UInt8(ascii: "/") { return true }
        guard let last = ModelWalk.components(of: path).last else { return true }
        return last == [UInt8(ascii: ".")] || last == [UInt8(ascii: "."), UInt8(ascii: ".")]
    }

    /// What an operation can come to next, without changing anything.
    func states(after state: ModelProgress, of operation: ModelOperation) -> [ModelProgress] {
        switch state {
        case .walking(let walk, let first): [next(after: walk, first, operation)]
        case .found(let node): states(finding: node, operation)
        case .placed(let name, let first): states(at: name, first, operation)
        default: []
        }
    }

    private func next(after walk: ModelWalk, _ first: ModelName?, _ operation: ModelOperation) -> ModelProgress {
        switch walk.step(in: tree) {
        case .walking(let next): return .walking(next, first: first)
        case .found(let node): return .found(node: node)
        case .failed(let cause): return .failed(cause)
        case .placed(let name):
            let paths = operation.operation.paths
            if paths.count == 1 || first != nil { return .placed(name, first: first) }
            return walking(Array(paths[1].path.utf8), beneath: paths[1].directory, goal: .name, first: name)
        }
    }

    private func states(finding node: Int, _ operation: ModelOperation) -> [ModelProgress] {
        switch operation.operation {
        case .pathStatus: return [tree.status(of: node)].compactMap { $0 }
        case .readLink:
            guard let target = tree.nodes[node]?.target else { return [.failed(.invalidArgument)] }
            return [target.count > Observation.linkRoom ? .failed(.invalidArgument) : .target(target)]
        case .hardLink: return [.failed(tree.nodes[node]?.isDirectory == true ? .permissionDenied : .notDirectory)]
        case .open(_, _, let options, _): return states(opening: node, options)
        default: return []
        }
    }

    private func states(at name: ModelName, _ first: ModelName?, _ operation: ModelOperation) -> [ModelProgress] {
        if case .open(_, _, let options, _) = operation.operation { return states(creating: name, options, operation) }
        let mistakes = mistakes(of: operation.operation, at: name, first)
        if mistakes.isEmpty, isWithoutEffect(operation.operation, at: name, first) { return [.done] }
        return mistakes.map { .failed($0) }
    }

    // MARK: Opening

    private func states(opening node: Int, _ options: OpenOptions) -> [ModelProgress] {
        var states = openingMistakes(node, options).map { ModelProgress.failed($0) }
        if states.isEmpty, options.isDisjoint(with: [.truncating, .temporary]) { states.append(.opened(node: node)) }
        if !options.isDisjoint(with: [.temporary, .direct]) { states.append(.failed(.unsupported)) }
        if tree.nodes[node]?.mayRefuse(options.neededRights) == true { states.append(.failed(.permissionDenied)) }
        return states
    }

    private func states(creating name: ModelName, _ options: OpenOptions, _ operation: ModelOperation) -> [ModelProgress] {
        if name.name == nil { return [.failed(options.contains(.exclusive) ? .alreadyExists : .isDirectory)] }
        if name.endsWithSlash { return [.failed(.isDirectory)] + (options.contains(.exclusive) ? [.failed(.alreadyExists)] : []) }
        switch tree.look(at: name) {
        case .failed(let cause): return [.failed(cause)]
        case .missing: return []
        case .node(let node):
            if options.contains(.exclusive) { return [.failed(.alreadyExists)] }
            guard let target = tree.nodes[node]?.target, !options.contains(.noFollow) else { return states(opening: node, options) }
            return [follow(target, at: name, operation)]
        }
    }

    /// Goes on behind a link at the end of the path of something that is to be made.
    private func follow(_ target: [UInt8], at name: ModelName, _ operation: ModelOperation) -> ModelProgress {
        guard case .walking(let walk, _) = beginning(of: operation) else { return .failed(.outsideDirectory) }
        return switch walk.following(target, at: name) {
        case .walking(let next): .walking(next, first: nil)
        case .failed(let cause): .failed(cause)
        case .found(let node): .found(node: node)
        case .placed(let name): .placed(name, first: nil)
        }
    }

    /// What is wrong with opening a node.
    func openingMistakes(_ number: Int, _ options: OpenOptions) -> [IOError.Cause] {
        guard let node = tree.nodes[number] else { return [.notFound] }
        var mistakes: [IOError.Cause] = []
        let opensDirectory = !options.isDisjoint(with: [.directory, .temporary])
        if opensDirectory, !node.isDirectory { mistakes.append(.notDirectory) }
        if node.kind == .symbolicLink { mistakes.append(.symbolicLinkLoop) }
        let writes = !options.isDisjoint(with: [.writing, .appending, .creating])
        if node.isDirectory, writes, !options.contains(.temporary) { mistakes.append(.isDirectory) }
        if options.contains(.temporary), node.linkCount == 0 { mistakes += [.notFound, .permissionDenied] }
        return mistakes
    }
}

extension OpenOptions {
    /// Whether a handle that is opened so may be written.
    var opensForWriting: Bool { !isDisjoint(with: [.writing, .appending]) }

    /// The rights of the owner without which an ordinary user is refused.
    var neededRights: UInt16 { (contains(.reading) ? 0o400 : 0) | (opensForWriting ? 0o200 : 0) }
}
