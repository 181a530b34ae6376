// The files of a possible world.

/// All that operations can have changed, and which operations in flight have.
struct ModelTree: Hashable, Sendable {
    /// What became of an operation in flight that has taken effect.
    enum Outcome: Hashable, Sendable {
        case done
        case opened(node: Int)
    }

    /// What a name in a directory leads to.
    enum Look {
        case node(Int)
        case missing
        case failed(IOError.Cause)
    }

    /// By the number of the operation that made them; the directory in which the history takes place has the number 0.
    var nodes: [Int: ModelNode] = [0: ModelNode(.directory([:]), parent: 0)]
    /// The nodes that handles refer to.
    var opened: [Int: Int] = [:]
    /// The operations in flight that have taken effect.
    var applied: [Int: Outcome] = [:]

    private static var longestName: Int { 255 }

    func look(for name: [UInt8], in directory: Int) -> Look {
        guard let node = nodes[directory], node.isDirectory else { return .failed(.notDirectory) }
        if node.linkCount == 0 { return .failed(.notFound) }
        if name.count > Self.longestName { return .failed(.nameTooLong) }
        return node.names[name].map { .node($0) } ?? .missing
    }

    /// What a place in a directory leads to.
    func look(at name: ModelName) -> Look {
        switch name.last {
        case .name(let last): look(for: last, in: name.directory)
        case .current: .node(name.directory)
        case .parent(let parent): .node(parent)
        }
    }

    /// Whether `node` is `directory`, or a directory above that.
    func isAbove(_ node: Int, _ directory: Int) -> Bool {
        var next = directory
        while next != node {
            guard next != 0, let parent = nodes[next]?.parent else { return false }
            next = parent
        }
        return true
    }

    // MARK: Names

    mutating func add(_ name: [UInt8], in directory: Int, to node: Int) {
        nodes[directory]?.names[name] = node
        nodes[node]?.linkCount += 1
        if nodes[node]?.isDirectory == true { nodes[node]?.parent = directory }
    }

    mutating func remove(_ name: [UInt8], in directory: Int) {
        guard let node = nodes[directory]?.names.removeValue(forKey: name) else { return }
        nodes[node]?.linkCount -= 1
    }

    mutating func make(_ body: ModelNode.Body, named name: [UInt8], in directory: Int, by number: Int) {
        nodes[number] = ModelNode(body, parent: directory)
        nodes[number]?.linkCount = 0
        add(name, in: directory, to: number)
    }

    // MARK: Looking

    func status(of number: Int) -> ModelProgress? {
        guard let node = nodes[number] else { return nil }
        let status = Observation.SymbolicStatus(
            kind: node.kind, size: node.contents.size, permissions: number == 0 ? node.permissions ?? 0o7777 : node.mostPermissions,
            linkCount: node.isDirectory ? 0 : node.linkCount)
        return .status(status, knowsPermissions: node.permissions != nil)
    }

    func kinds(in directory: Int) -> [[UInt8]: FileStatus.Kind] {
        nodes[directory]?.names.mapValues { nodes[$0]?.kind ?? .file } ?? [:]
    }

    /// Forgets contents that were replaced, and nodes that nothing leads to, when no operation is under way.
    mutating func forgetUnreachable(_ times: ModelTimes) {
        var kept: Set<Int> = [0]
        var next = [0] + Array(opened.values)
        while let number = next.popLast() {
            kept.insert(number)
            guard let node = nodes[number] else { continue }
            for child in node.names.values where !kept.contains(child) { next.append(child) }
            // A directory that was removed can still be asked for the one above.
            if node.isDirectory, !kept.contains(node.parent) { next.append(node.parent) }
        }
        nodes = nodes.filter { kept.contains($0.key) }
        for (number, node) in nodes {
            guard case .file(var contents) = node.body else { continue }
            contents.forgetReplaced(times)
            nodes[number]?.body = .file(contents)
        }
    }
}
