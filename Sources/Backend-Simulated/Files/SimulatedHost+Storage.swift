// What is special about a host's files: devices, storage of their own, and what storage files take up.

public import IOSpec

extension SimulatedHost {
    // MARK: Making

    /// Makes a device.
    public func makeDevice(_ device: SimulatedDevice, at path: String, permissions: UInt16 = 0o644) throws(IOError) {
        try make(.device(device), permissions, at: path)
    }

    /// Makes a socket to which nobody is bound.
    public func makeSocket(at path: String, permissions: UInt16 = 0o644) throws(IOError) {
        try make(.socket(SocketName(owner: nil)), permissions, at: path)
    }

    /// Puts an empty directory with storage of its own in the place of an empty directory.
    public func makeStorage(ofBytes bytes: Int, at path: String) throws(IOError) {
        try change { walk throws(IOError) in
            let place = try walk.place(Array(path.utf8))
            try self.tree.removeDirectory(at: place)
            let storage = Storage(device: self.world.nextIdentity() << 16, capacity: bytes)
            return try self.tree.make(self.tree.emptyDirectory(), permissions: 0o755, at: place, on: storage)
        }
    }

    /// Lets programs change nothing any more in the storage in which a path leads.
    public func makeReadOnly(at path: String) throws(IOError) {
        try look(at: path) { node throws(IOError) in node.storage.isReadOnly = true }
    }

    // MARK: Changing

    /// Lets two names change places, in one step.
    public func exchange(_ first: String, _ second: String) throws(IOError) {
        try change { walk throws(IOError) in
            let place = try walk.place(Array(first.utf8))
            try self.tree.rename(from: place, to: walk.place(Array(second.utf8)), .exchanging)
            return place.directory
        }
    }

    /// Sets storage aside for a range of a file, which grows to its end.
    public func allocate(_ range: Range<Int64>, ofFileAt path: String) throws(IOError) {
        try withFile(at: path) { file throws(IOError) in try file.allocate(range, keepsSize: false) }
    }

    /// Gives the storage of a range of a file back.
    public func punchHole(_ range: Range<Int64>, ofFileAt path: String) throws(IOError) {
        try withFile(at: path) { file throws(IOError) in try file.punchHole(range) }
    }

    private func withFile(at path: String, _ body: (OpenFile) throws(IOError) -> Void) throws(IOError) {
        try look(at: path) { node throws(IOError) in
            guard case .file(let contents) = node.contents else { throw IOError(.wrongKind) }
            let open = OpenFile(node, .bytes(contents), isDirect: false, in: self.tree)
            defer { open.end() }
            try body(open)
        }
    }

    // MARK: Looking

    /// The status of what a path names, which may be a link.
    public func status(at path: String) throws(IOError) -> FileStatus {
        try look(at: path, followsLink: false) { node throws(IOError) in FileStatus(of: node) }
    }

    /// Whether somebody has locked the file that a path leads to.
    public func isLocked(at path: String) throws(IOError) -> Bool {
        try look(at: path) { node throws(IOError) in !node.locks.admits(.exclusive) }
    }
}
