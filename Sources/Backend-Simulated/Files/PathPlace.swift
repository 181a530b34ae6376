// Where the last component of a path lies.

import IOSpec

/// A directory, and what the last component of a path says in it.
struct PathPlace {
    enum Last {
        case name([UInt8])
        /// `.`, `..` or the root: a directory that has another name elsewhere.
        case noName(Node, NoName)
    }

    enum NoName { case current, parent, root }

    let directory: Node
    let last: Last
    /// Whether the path ends with a slash, so that only a directory is meant.
    let endsWithSlash: Bool

    /// The longest name.
    private static var nameLength: Int { 255 }

    /// What is there; nil for nothing.
    ///
    /// - Throws: `.notFound` for a directory that was removed, and `.nameTooLong`.
    func found() throws(IOError) -> Node? {
        switch last {
        case .name(let name): try Self.find(name, in: directory)
        case .noName(let node, _): node
        }
    }

    static func find(_ name: [UInt8], in directory: Node) throws(IOError) -> Node? {
        guard let names = directory.directory else { throw IOError(.notDirectory) }
        if directory.linkCount == 0 { throw IOError(.notFound) }
        if name.count > nameLength { throw IOError(.nameTooLong) }
        return names[name]
    }
}
