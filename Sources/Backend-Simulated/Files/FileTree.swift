// The files of one host.

import IOSpec

/// A tree of names, from its root.
final class FileTree {
    unowned let world: SimulatedWorld
    let root: Node
    var journal = NameJournal()
    /// The bytes that a file may have, where a host allows less than the settings of its world.
    var fileSizeLimit: Int64?
    /// Whether programs act for a user without privileges.
    var isOrdinary = false
    /// Whether it is the host's administrator who does what is done now.
    var isAdministered = false
    private var identities: UInt64 = 1

    init(world: SimulatedWorld, device: UInt64) {
        self.world = world
        root = Node(
            identity: 1, contents: .directory(DirectoryContents(salt: world.seed)), on: Storage(device: device), permissions: 0o755, time: 0
        )
        root.linkCount = 1
    }

    deinit {
        root.forEachBeneath { _, node in node.parent = nil }
    }

    // MARK: Nodes

    /// Makes a node that no name leads to yet, and withholds what others may not have by default.
    ///
    /// - Throws: `.noSpace`.
    func makeNode(_ contents: Node.Contents, on storage: Storage, permissions: UInt16) throws(IOError) -> Node {
        identities += 1
        // Nobody is kept from what a link says.
        let withheld: UInt16 = if case .symbolicLink = contents { 0 } else { 0o022 }
        let node = Node(
            identity: identities, contents: contents, on: storage, isOrdinaryUsers: makesForOrdinaryUser,
            permissions: permissions & ~withheld, time: world.calendarTime)
        if node.allocatedSize > room(on: storage) { throw IOError(.noSpace) }
        storage.usedBytes += node.allocatedSize
        return node
    }

    /// What a directory without names contains.
    func emptyDirectory() -> Node.Contents { .directory(DirectoryContents(salt: world.seed)) }

    /// Gives storage back when nobody can reach a node any more.
    func release(_ node: Node) {
        if node.isUnused { node.storage.usedBytes -= node.allocatedSize }
    }

    // MARK: Storage

    /// The bytes that are taken up in the storage of the root.
    var usedBytes: Int { root.storage.usedBytes }

    /// The bytes of storage that are left.
    func room(on storage: Storage) -> Int { max(0, (storage.capacity ?? world.settings.storageBytes) - storage.usedBytes) }

    /// The bytes that a file may have.
    var longestFile: Int64 { min(fileSizeLimit ?? .max, world.settings.fileBytes) }

    /// Counts what a change of a node's contents takes up or gives back.
    func changingStorage<Result>(of node: Node, _ body: () -> Result) -> Result {
        let before = node.allocatedSize
        let result = body()
        node.storage.usedBytes += node.allocatedSize - before
        return result
    }

    /// Brings a node to storage: contents and attributes.
    func synchronize(_ node: Node) {
        node.storeAttributes()
        synchronizeData(node)
    }

    /// Brings a node's contents to storage, which for a directory are its names.
    func synchronizeData(_ node: Node) {
        node.synchronizeData()
        if node.kind == .directory { journal.commit(node) }
    }

    /// Leaves of everything what could be found in storage after a crash. The programs of the host have ended before.
    ///
    /// What was synchronized is there. Of the rest, a part that chance chooses is lost: changes of names, of attributes, and of contents, down to single sectors.
    func crash(_ chance: inout SeededRandom) {
        let often = Int(chance.number(in: 0...1_000_000))
        root.forEachBeneath { _, node in
            node.linkCount = 0
            node.parent = nil
        }
        journal.crash(losing: often, &chance)
        var found: [Node] = []
        root.forEachBeneath { directory, node in
            if node.kind == .directory { node.parent = directory }
            if node.linkCount == 0 { found.append(node) }
            node.linkCount += 1
        }
        root.storage.usedBytes = 0
        for node in found { node.storage.usedBytes = 0 }
        for node in found {
            node.crash(losing: often, &chance)
            node.storage.usedBytes += node.allocatedSize
        }
        root.crash(losing: often, &chance)
    }
}

extension Node {
    /// Visits every name beneath a directory, with the directory that it lies in; names before those beneath them.
    fileprivate func forEachBeneath(_ body: (_ directory: Node, _ node: Node) -> Void) {
        var directories = [self]
        while let directory = directories.popLast() {
            for entry in directory.directory?.entries ?? [] {
                body(directory, entry.node)
                if entry.node.kind == .directory { directories.append(entry.node) }
            }
        }
    }
}
