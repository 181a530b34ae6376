// Following a path in a possible world, one component at a time.

/// How far a path was followed. Others can change names between any two steps.
struct ModelWalk: Hashable, Sendable {
    /// What a step comes to.
    enum Step {
        case walking(ModelWalk)
        case found(Int)
        case placed(ModelName)
        case failed(IOError.Cause)
    }

    /// What the path is followed for.
    enum Goal: Hashable, Sendable {
        /// What it names, behind a link at its end or not.
        case node(followsLink: Bool)
        /// All but its last component.
        case name
    }

    private let confines: Int
    private let goal: Goal
    private var directory: Int
    private var rest: ArraySlice<[UInt8]>
    private var endsWithSlash: Bool
    private var links = 0

    /// The most links that one path may lead over.
    private static var mostLinks: Int { 40 }

    /// Begins at the directory that confines the path; nil when the path leads out of it at once.
    init?(_ path: [UInt8], beneath directory: Int, goal: Goal) {
        if path.first == UInt8(ascii: "/") { return nil }
        confines = directory
        self.directory = directory
        self.goal = goal
        rest = Self.components(of: path)
        endsWithSlash = path.last == UInt8(ascii: "/")
    }

    /// The components of a path; one that stays in its directory, only at the end, since it leads nowhere else.
    static func components(of path: [UInt8]) -> ArraySlice<[UInt8]> {
        let all = path.split(separator: UInt8(ascii: "/")).map(Array.init)
        return (all.dropLast().filter { $0 != [UInt8(ascii: ".")] } + all.suffix(1))[...]
    }

    /// The walk that goes on behind a link at the end of a path, or why it cannot.
    func following(_ target: [UInt8], at name: ModelName) -> Step {
        var walk = self
        walk.rest = []
        walk.links = name.links
        return walk.follow(target, in: name.directory)
    }

    // MARK: Steps

    func step(in tree: ModelTree) -> Step {
        guard let node = tree.nodes[directory], node.isDirectory else { return .failed(.notDirectory) }
        guard let component = rest.first else {
            return .placed(ModelName(directory: directory, last: .current, endsWithSlash: true, links: links))
        }
        if component == [UInt8(ascii: ".")] { return goOn(to: directory, as: .current) }
        if component == [UInt8(ascii: "."), UInt8(ascii: ".")] {
            if directory == confines { return .failed(.outsideDirectory) }
            return goOn(to: node.parent, as: .parent(node.parent))
        }
        if rest.count == 1, goal == .name {
            return .placed(ModelName(directory: directory, last: .name(component), endsWithSlash: endsWithSlash, links: links))
        }
        switch tree.look(for: component, in: directory) {
        case .failed(let cause): return .failed(cause)
        case .missing: return .failed(.notFound)
        case .node(let found): return goOn(toNode: found, in: tree)
        }
    }

    private func goOn(to next: Int, as last: ModelName.Last) -> Step {
        if rest.count > 1 { return .walking(behind(next)) }
        if goal == .name { return .placed(ModelName(directory: directory, last: last, endsWithSlash: endsWithSlash, links: links)) }
        return .found(next)
    }

    private func goOn(toNode found: Int, in tree: ModelTree) -> Step {
        guard let node = tree.nodes[found] else { return .failed(.notFound) }
        let isLast = rest.count == 1
        let follows = !isLast || endsWithSlash || goal == .node(followsLink: true)
        if let target = node.target, follows {
            var walk = self
            walk.rest = rest.dropFirst()
            return walk.follow(target, in: directory)
        }
        if isLast { return endsWithSlash && !node.isDirectory ? .failed(.notDirectory) : .found(found) }
        return node.isDirectory ? .walking(behind(found)) : .failed(.notDirectory)
    }

    private func behind(_ next: Int) -> ModelWalk {
        var walk = self
        walk.directory = next
        walk.rest = rest.dropFirst()
        return walk
    }

    private func follow(_ target: [UInt8], in directory: Int) -> Step {
        var walk = self
        walk.links += 1
        if walk.links > Self.mostLinks { return .failed(.symbolicLinkLoop) }
        if target.first == UInt8(ascii: "/") { return .failed(.outsideDirectory) }
        if rest.isEmpty, target.last == UInt8(ascii: "/") { walk.endsWithSlash = true }
        walk.directory = directory
        walk.rest = (Self.components(of: target) + Array(rest))[...]
        return .walking(walk)
    }
}
