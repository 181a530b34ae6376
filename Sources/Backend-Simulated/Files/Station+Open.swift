// Opening paths.

import IOSpec

extension Station {
    /// Acquires a directory by a name that begins at the root.
    func acquireDirectory(named name: [UInt8], isUnconfined: Bool) throws(IOError) -> NativeHandle {
        if name.isEmpty { throw IOError(.notFound) }
        if name.count >= Limits.maximumPathLength { throw IOError(.nameTooLong) }
        var walk = PathWalk(in: host.tree)
        let node = try walk.find(name)
        guard let names = node.directory else { throw IOError(.notDirectory) }
        let number = try insert(.directory(OpenDirectory(node, names, isUnconfined: isUnconfined, in: host.tree)))
        return NativeHandle(number: number, kind: .directory, traits: isUnconfined ? [.reading, .unconfined] : [.reading])
    }

    /// Opens what a path names. Whether there is room for the handle is looked at first, so that nothing is made for which there is none.
    func open(
        _ path: [UInt8], beneath directory: OpenDirectory, _ options: OpenOptions, permissions: UInt16, _ flight: InFlight
    ) throws(IOError) -> Attempt {
        if !hasRoomForHandle { throw IOError(.tooManyOpen) }
        // It waits for the pipe that it has found, whatever has the name now.
        if let node = flight.found { return try open(node, options, flight) }
        var walk = PathWalk(in: host.tree, beneath: directory)
        if options.contains(.temporary) { return try openTemporary(in: walk.find(path), options, permissions) }
        if options.contains(.creating) { return try openCreating(path, &walk, options, permissions, flight) }
        let node = try walk.find(path, followsLink: !options.contains(.noFollow))
        return try open(node, options, flight)
    }

    private func openTemporary(in directory: Node, _ options: OpenOptions, _ permissions: UInt16) throws(IOError) -> Attempt {
        if directory.kind != .directory { throw IOError(.notDirectory) }
        if directory.linkCount == 0 { throw IOError(.permissionDenied) }
        try host.tree.checkNames(in: directory)
        let contents = FileContents()
        let node = try host.tree.makeNode(.file(contents), on: directory.storage, permissions: permissions)
        return try opened(node, .bytes(contents), options)
    }

    private func openCreating(
        _ path: [UInt8], _ walk: inout PathWalk, _ options: OpenOptions, _ permissions: UInt16, _ flight: InFlight
    ) throws(IOError) -> Attempt {
        var place = try walk.place(path)
        while true {
            guard case .name = place.last else { throw IOError(options.contains(.exclusive) ? .alreadyExists : .isDirectory) }
            if place.endsWithSlash { throw IOError(.isDirectory) }
            guard let node = try place.found() else {
                let contents = FileContents()
                return try opened(try host.tree.make(.file(contents), permissions: permissions, at: place), .bytes(contents), options)
            }
            if options.contains(.exclusive) { throw IOError(.alreadyExists) }
            if node.kind == .directory { throw IOError(.isDirectory) }
            guard let target = node.target, !options.contains(.noFollow) else { return try open(node, options, flight) }
            place = try walk.place(behind: target, in: place.directory)
        }
    }

    /// Opens what is there.
    private func open(_ node: Node, _ options: OpenOptions, _ flight: InFlight) throws(IOError) -> Attempt {
        if options.contains(.directory), node.kind != .directory { throw IOError(.notDirectory) }
        switch node.contents {
        case .file(let contents):
            try host.tree.checkOpening(node, options)
            return try opened(node, .bytes(contents), options)
        case .device(let device):
            if options.contains(.direct) { throw IOError(.unsupported) }
            try host.tree.checkOpening(node, options)
            return try opened(node, .device(device), options)
        case .directory(let names):
            if !options.isDisjoint(with: [.writing, .appending]) { throw IOError(.isDirectory) }
            if options.contains(.direct) { throw IOError(.unsupported) }
            try host.tree.checkOpening(node, .reading)
            return .over(try insert(.directory(OpenDirectory(node, names, isUnconfined: false, in: host.tree))), made: .directory)
        case .symbolicLink: throw IOError(.symbolicLinkLoop)
        case .pipe(let pipe):
            if options.contains(.direct) { throw IOError(.unsupported) }
            try host.tree.checkOpening(node, options)
            return open(pipe, named: node, options, flight)
        case .socket: throw IOError(.noDevice)
        }
    }

    private func opened(_ node: Node, _ contents: OpenFile.Contents, _ options: OpenOptions) throws(IOError) -> Attempt {
        let isDirect = options.contains(.direct)
        let file = OpenFile(node, contents, isDirect: isDirect, in: host.tree)
        let number = try insert(.file(file))
        if options.contains(.truncating), node.kind == .file { try file.truncate(to: 0) }
        return .over(number, made: .file, alignment: isDirect ? .ofSimulatedFiles : .none)
    }

    private func open(_ pipe: NamedPipe, named node: Node, _ options: OpenOptions, _ flight: InFlight) -> Attempt {
        flight.found = node
        let attempt = open(pipe, options, flight)
        if case .over(let number, _, _) = attempt, number >= 0 { things[number]?.description.namedNode = node }
        return attempt
    }
}
