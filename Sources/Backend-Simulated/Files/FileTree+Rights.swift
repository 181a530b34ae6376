// What programs may do in a file tree.

import IOSpec

extension FileTree {
    /// The rights to a node, each the bit that says so for others than its owner.
    enum Right: UInt16 {
        /// To look names up in a directory.
        case search = 0o1
        case write = 0o2
        case read = 0o4
    }

    /// Does what the host's administrator does, whom nothing stops.
    func administered<Result>(_ body: () throws(IOError) -> Result) throws(IOError) -> Result {
        isAdministered = true
        defer { isAdministered = false }
        return try body()
    }

    /// Whether programs act for a user who owns what that user made, and nothing else.
    private var isRestricted: Bool { isOrdinary && !isAdministered }

    /// Whether what is made now belongs to the ordinary user.
    var makesForOrdinaryUser: Bool { isRestricted }

    /// - Throws: `.permissionDenied`.
    func check(_ right: Right, to node: Node) throws(IOError) {
        guard isRestricted else { return }
        let bits = node.isOrdinaryUsers ? right.rawValue << 6 : right.rawValue
        if node.attributes.permissions & bits == 0 { throw IOError(.permissionDenied) }
    }

    /// - Throws: `.readOnly`.
    func checkChange(on storage: Storage) throws(IOError) {
        if storage.isReadOnly, !isAdministered { throw IOError(.readOnly) }
    }

    /// Whether names in a directory may be made and removed.
    ///
    /// - Throws: `.readOnly`, `.permissionDenied`.
    func checkNames(in directory: Node) throws(IOError) {
        try checkChange(on: directory.storage)
        try check(.write, to: directory)
    }

    /// Whether the attributes of a node may be set.
    ///
    /// - Throws: `.readOnly`, `.permissionDenied`.
    func checkAttributes(of node: Node) throws(IOError) {
        try checkChange(on: node.storage)
        if isRestricted, !node.isOrdinaryUsers { throw IOError(.permissionDenied) }
    }

    /// Whether what is there may be opened. Devices are written wherever they lie.
    ///
    /// - Throws: `.readOnly`, `.permissionDenied`.
    func checkOpening(_ node: Node, _ options: OpenOptions) throws(IOError) {
        let writes = !options.isDisjoint(with: [.writing, .appending, .truncating])
        if options.contains(.reading) { try check(.read, to: node) }
        if writes { try check(.write, to: node) }
        if writes, case .file = node.contents { try checkChange(on: node.storage) }
    }
}
