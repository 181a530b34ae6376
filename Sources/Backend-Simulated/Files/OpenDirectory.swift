// An open directory.

import IOSpec

/// Where paths begin.
final class OpenDirectory: Description {
    let node: Node
    let names: DirectoryContents
    /// Whether paths may lead out of it.
    let isUnconfined: Bool
    private unowned let tree: FileTree

    init(_ node: Node, _ names: DirectoryContents, isUnconfined: Bool, in tree: FileTree) {
        self.node = node
        self.names = names
        self.isUnconfined = isUnconfined
        self.tree = tree
        node.openCount += 1
    }

    /// Opens the same directory again, so that no path leads out of it.
    func confined() -> OpenDirectory { OpenDirectory(node, names, isUnconfined: false, in: tree) }

    override func end() {
        node.openCount -= 1
        tree.release(node)
    }
}
