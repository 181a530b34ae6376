// Following a path from component to component.

import IOSpec

/// One walk along a path, which may follow only so many links, and does not leave its directory unless that lets it.
struct PathWalk {
    private let tree: FileTree
    private let start: Node
    private let isUnconfined: Bool
    private var links = 0

    /// The most links that one path may lead over.
    private static var mostLinks: Int { 40 }

    /// A walk beneath an open directory.
    init(in tree: FileTree, beneath directory: OpenDirectory) {
        self.tree = tree
        start = directory.node
        isUnconfined = directory.isUnconfined
    }

    /// A walk from the root.
    init(in tree: FileTree) {
        self.tree = tree
        start = tree.root
        isUnconfined = true
    }

    // MARK: Whole paths

    /// What a path names.
    ///
    /// - Throws: the first mistake in it.
    mutating func find(_ path: [UInt8], followsLink: Bool = true) throws(IOError) -> Node {
        try find(path, from: start, followsLink: followsLink)
    }

    /// All of a path but its last component, which is looked at only when it is no name: then a mistake in it comes before any other.
    ///
    /// - Throws: the first mistake on the way.
    mutating func place(_ path: [UInt8]) throws(IOError) -> PathPlace {
        try place(path, from: start)
    }

    /// Where a link leads that lies in `directory`: all but its last component.
    mutating func place(behind target: [UInt8], in directory: Node) throws(IOError) -> PathPlace {
        try countLink()
        return try place(target, from: directory)
    }

    // MARK: Components

    private mutating func find(_ path: [UInt8], from node: Node, followsLink: Bool) throws(IOError) -> Node {
        let place = try place(path, from: node)
        guard var found = try place.found() else { throw IOError(.notFound) }
        if followsLink || place.endsWithSlash { found = try followed(found, in: place.directory) }
        if place.endsWithSlash, found.kind != .directory { throw IOError(.notDirectory) }
        return found
    }

    private mutating func place(_ path: [UInt8], from node: Node) throws(IOError) -> PathPlace {
        var directory = try origin(of: path, from: node)
        let components = path.split(separator: Self.slash).map(Array.init)
        for component in components.dropLast() { directory = try step(component, from: directory) }
        if directory.kind != .directory { throw IOError(.notDirectory) }
        try tree.check(.search, to: directory)
        return PathPlace(
            directory: directory, last: try last(components.last, in: directory), endsWithSlash: path.last == Self.slash)
    }

    private func origin(of path: [UInt8], from node: Node) throws(IOError) -> Node {
        if path.first != Self.slash { return node }
        if !isUnconfined { throw IOError(.outsideDirectory) }
        return tree.root
    }

    private func last(_ component: [UInt8]?, in directory: Node) throws(IOError) -> PathPlace.Last {
        guard let component else { return .noName(directory, .root) }
        if component == Self.current { return .noName(directory, .current) }
        if component == Self.parent { return .noName(try parent(of: directory), .parent) }
        return .name(component)
    }

    private mutating func step(_ component: [UInt8], from node: Node) throws(IOError) -> Node {
        if node.kind != .directory { throw IOError(.notDirectory) }
        try tree.check(.search, to: node)
        if component == Self.current { return node }
        if component == Self.parent { return try parent(of: node) }
        guard let found = try PathPlace.find(component, in: node) else { throw IOError(.notFound) }
        return try followed(found, in: node)
    }

    private func parent(of node: Node) throws(IOError) -> Node {
        if !isUnconfined, node === start { throw IOError(.outsideDirectory) }
        return node.parent ?? node
    }

    private mutating func followed(_ node: Node, in directory: Node) throws(IOError) -> Node {
        guard let target = node.target else { return node }
        try countLink()
        return try find(target, from: directory, followsLink: true)
    }

    private mutating func countLink() throws(IOError) {
        links += 1
        if links > Self.mostLinks { throw IOError(.symbolicLinkLoop) }
    }

    private static var slash: UInt8 { UInt8(ascii: "/") }
    private static var current: [UInt8] { [UInt8(ascii: ".")] }
    private static var parent: [UInt8] { [UInt8(ascii: "."), UInt8(ascii: ".")] }
}
