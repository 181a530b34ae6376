// A host's files as its administrator makes and sees them, beside all programs.

public import IOSpec

/// Paths begin at the root of the host's file tree. What is made here is in storage at once.
extension SimulatedHost {
    // MARK: Making

    /// Makes a directory in one that exists.
    public func makeDirectory(at path: String, permissions: UInt16 = 0o755) throws(IOError) {
        try make(tree.emptyDirectory(), permissions, at: path)
    }

    /// Makes a file that does not exist yet.
    public func makeFile(at path: String, contents: [UInt8] = [], permissions: UInt16 = 0o644) throws(IOError) {
        let file = FileContents()
        try make(.file(file), permissions, at: path) { node throws(IOError) in
            if contents.isEmpty { return }
            let open = OpenFile(node, .bytes(file), isDirect: false, in: self.tree)
            defer { open.end() }
            if try open.write(contents, at: 0) < contents.count { throw IOError(.noSpace) }
        }
    }

    /// Makes a symbolic link that says `target`, which need not exist.
    public func makeSymbolicLink(to target: String, at path: String) throws(IOError) {
        try make(.symbolicLink(Array(target.utf8)), 0o777, at: path)
    }

    /// Gives the file at `existing` another name.
    public func makeHardLink(of existing: String, at path: String) throws(IOError) {
        try change { walk throws(IOError) in
            let node = try walk.find(Array(existing.utf8), followsLink: false)
            try self.tree.link(node, at: walk.place(Array(path.utf8)))
            return node
        }
    }

    /// Makes a named pipe that nobody has open.
    public func makeNamedPipe(at path: String, permissions: UInt16 = 0o644) throws(IOError) {
        try make(.pipe(NamedPipe()), permissions, at: path)
    }

    // MARK: Changing

    /// Sets the permission bits of what a path leads to.
    public func setPermissions(_ permissions: UInt16, at path: String) throws(IOError) {
        try change { walk throws(IOError) in
            let node = try walk.find(Array(path.utf8))
            node.attributes.permissions = permissions
            return node
        }
    }

    /// Removes a name, and everything beneath it when it is a directory's.
    public func remove(at path: String) throws(IOError) {
        try change { walk throws(IOError) in
            let place = try walk.place(Array(path.utf8))
            guard let node = try place.found() else { throw IOError(.notFound) }
            guard case .name = place.last else { throw IOError(.invalidArgument) }
            try self.tree.removeAll(beneath: node)
            if node.kind == .directory { try self.tree.removeDirectory(at: place) } else { try self.tree.unlink(at: place) }
            return place.directory
        }
    }

    // MARK: Looking

    /// The contents of the file that a path leads to.
    public func contents(at path: String) throws(IOError) -> [UInt8] {
        try look(at: path) { node throws(IOError) in
            guard case .file(let contents) = node.contents else { throw IOError(.wrongKind) }
            var bytes: [UInt8] = []
            _ = contents.read(Int(contents.size), at: 0) { span, page in bytes += page[span.bytes] }
            return bytes
        }
    }

    /// The kind of what a path names, which may be a link.
    public func kind(at path: String) throws(IOError) -> FileStatus.Kind {
        try look(at: path, followsLink: false) { node throws(IOError) in node.kind }
    }

    /// Whether there is something at a path, be it a link that leads nowhere.
    public func exists(_ path: String) -> Bool {
        do throws(IOError) {
            _ = try kind(at: path)
            return true
        } catch { return false }
    }

    /// The names in a directory, in the order in which programs list them.
    public func names(in path: String) throws(IOError) -> [String] {
        try look(at: path) { node throws(IOError) in
            guard let names = node.directory else { throw IOError(.notDirectory) }
            return names.entries.map { String(decoding: $0.name, as: UTF8.self) }
        }
    }

    // MARK: With the world's lock

    func make(
        _ contents: Node.Contents, _ permissions: UInt16, at path: String, _ fill: (Node) throws(IOError) -> Void = { _ in }
    ) throws(IOError) {
        try change { walk throws(IOError) in
            let node = try self.tree.make(contents, permissions: permissions, at: walk.place(Array(path.utf8)))
            try fill(node)
            return node
        }
    }

    /// Makes a change, and brings the node that it returns to storage, with its names.
    func change(_ body: (inout PathWalk) throws(IOError) -> Node) throws(IOError) {
        try world.exclusively { () throws(IOError) in
            try tree.administered { () throws(IOError) in
                var walk = PathWalk(in: tree)
                let node = try body(&walk)
                tree.synchronize(node)
                tree.journal.commit(node)
            }
        }
    }

    func look<Result>(
        at path: String, followsLink: Bool = true, _ body: (Node) throws(IOError) -> Result
    ) throws(IOError) -> Result {
        try world.exclusively { () throws(IOError) in
            try tree.administered { () throws(IOError) in
                var walk = PathWalk(in: tree)
                return try body(try walk.find(Array(path.utf8), followsLink: followsLink))
            }
        }
    }
}

extension FileTree {
    /// Removes everything beneath a directory.
    fileprivate func removeAll(beneath directory: Node) throws(IOError) {
        for entry in directory.directory?.entries ?? [] {
            try removeAll(beneath: entry.node)
            let place = PathPlace(directory: directory, last: .name(entry.name), endsWithSlash: false)
            if entry.node.kind == .directory { try removeDirectory(at: place) } else { try unlink(at: place) }
        }
    }
}
