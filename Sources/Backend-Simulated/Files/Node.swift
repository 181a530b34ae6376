// One thing that names in a file tree lead to.

import IOSpec

/// A file, directory, symbolic link, named pipe or socket, with its status.
final class Node {
    enum Contents {
        case file(FileContents)
        case directory(DirectoryContents)
        case symbolicLink([UInt8])
        case pipe(NamedPipe)
        case socket(SocketName)
        case device(SimulatedDevice)
    }

    /// Which it is, among all that its tree ever had.
    let identity: UInt64
    let contents: Contents
    let storage: Storage
    /// Whether it belongs to a user without privileges, and not to the superuser.
    let isOrdinaryUsers: Bool
    let birthTime: Int64
    let locks = FileLocks()
    var attributes: NodeAttributes
    /// The attributes that storage holds.
    private var storedAttributes: NodeAttributes
    /// The names that lead here.
    var linkCount: UInt32 = 0
    /// The handles that refer to it; a node without names ends with the last one.
    var openCount = 0
    /// The directory that a directory lies in, or lay in before it was removed; nil for a root. The tree breaks the cycles when it ends.
    var parent: Node?

    init(
        identity: UInt64, contents: Contents, on storage: Storage, isOrdinaryUsers: Bool = false, permissions: UInt16, time: Int64
    ) {
        self.identity = identity
        self.contents = contents
        self.storage = storage
        self.isOrdinaryUsers = isOrdinaryUsers
        birthTime = time
        attributes = NodeAttributes(permissions: permissions, time: time)
        storedAttributes = attributes
    }

    /// Its names, when it is a directory.
    var directory: DirectoryContents? {
        if case .directory(let names) = contents { return names }
        return nil
    }

    /// What it says, when it is a symbolic link.
    var target: [UInt8]? {
        if case .symbolicLink(let target) = contents { return target }
        return nil
    }

    var kind: FileStatus.Kind {
        switch contents {
        case .file: .file
        case .directory: .directory
        case .symbolicLink: .symbolicLink
        case .pipe: .pipe
        case .socket: .socket
        case .device: .characterDevice
        }
    }

    /// The bytes that it takes up in storage.
    var allocatedSize: Int {
        switch contents {
        case .file(let contents): contents.allocatedSize
        case .directory: FileContents.pageSize
        case .symbolicLink, .pipe, .socket, .device: 0
        }
    }

    /// Whether nobody can reach it any more.
    var isUnused: Bool { linkCount == 0 && openCount == 0 }

    // MARK: Storage and crashes

    func storeAttributes() { storedAttributes = attributes }

    /// Has the contents in storage; a directory's names are its tree's affair.
    func synchronizeData() {
        if case .file(let contents) = contents { contents.synchronize() }
    }

    /// Becomes what could be found in storage after a crash; as in ``FileContents/crash(losing:_:)``.
    func crash(losing often: Int, _ chance: inout SeededRandom) {
        if case .file(let contents) = contents { contents.crash(losing: often, &chance) }
        if chance.happens(often) { attributes = storedAttributes }
        storedAttributes = attributes
    }
}
