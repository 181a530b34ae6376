// Operations that begin with a path.

import IOSpec

extension Station {
    func attempt(_ operation: PathOperation, _ flight: InFlight) -> Attempt {
        guard case .directory(let directory)? = flight.thing else { return .failed(.badHandle) }
        do throws(IOError) {
            if case .open(_, let path, let options, let permissions) = operation {
                return try open(path.bytes, beneath: directory, options, permissions: permissions, flight)
            }
            return .over(try carryOut(operation, beneath: directory, flight))
        } catch { return .over(error.encoded) }
    }

    private func carryOut(_ operation: PathOperation, beneath directory: OpenDirectory, _ flight: InFlight) throws(IOError) -> Int32 {
        let tree = host.tree
        var walk = PathWalk(in: tree, beneath: directory)
        switch operation {
        case .open: preconditionFailure("Opening may wait for a peer, and has a function of its own")
        case .status(_, let path, let region, let followsLink):
            region.store(FileStatus(of: try walk.find(path.bytes, followsLink: followsLink)))
        case .readLink(_, let path, let region):
            return try readLink(walk.find(path.bytes, followsLink: false), into: region)
        case .symbolicLink(_, let path, let target):
            try tree.make(.symbolicLink(target.bytes), permissions: 0o777, at: walk.place(path.bytes))
        case .makeDirectory(_, let path, let permissions):
            try tree.make(tree.emptyDirectory(), permissions: permissions & 0o1777, at: walk.place(path.bytes))
        case .unlink(_, let path): try tree.unlink(at: walk.place(path.bytes))
        case .removeDirectory(_, let path): try tree.removeDirectory(at: walk.place(path.bytes))
        case .hardLink(_, let path, _, let toPath):
            try link(path.bytes, beneath: directory, to: toPath.bytes, beneath: otherDirectory(of: flight))
        case .rename(_, let path, _, let toPath, let mode):
            var other = PathWalk(in: tree, beneath: try otherDirectory(of: flight))
            try tree.rename(from: walk.place(path.bytes), to: other.place(toPath.bytes), mode)
        }
        return 0
    }

    private func otherDirectory(of flight: InFlight) throws(IOError) -> OpenDirectory {
        guard case .directory(let directory)? = flight.otherThings.first else { throw IOError(.badHandle) }
        return directory
    }

    private func readLink(_ node: Node, into region: MemoryRegion) throws(IOError) -> Int32 {
        guard let target = node.target, target.count <= region.count else { throw IOError(.invalidArgument) }
        node.attributes.accessTime = world.calendarTime
        return Int32(region.fill(target))
    }

    private func link(
        _ path: [UInt8], beneath directory: OpenDirectory, to toPath: [UInt8], beneath other: OpenDirectory
    ) throws(IOError) {
        var walk = PathWalk(in: host.tree, beneath: directory)
        let source = try walk.place(path)
        guard case .name = source.last, !source.endsWithSlash else { return try refuseLink(path, beneath: directory) }
        var otherWalk = PathWalk(in: host.tree, beneath: other)
        let target = try otherWalk.place(toPath)
        guard let node = try source.found() else { throw IOError(.notFound) }
        try host.tree.link(node, at: target)
    }

    /// What can only be a directory, and is there, has no further names.
    private func refuseLink(_ path: [UInt8], beneath directory: OpenDirectory) throws(IOError) {
        var walk = PathWalk(in: host.tree, beneath: directory)
        if try walk.find(path).kind != .directory { throw IOError(.notDirectory) }
        throw IOError(.permissionDenied)
    }
}
