// Making, moving and removing names; the mistakes in the order in which a kernel finds them.

import IOSpec

extension FileTree {
    // MARK: Making

    /// Makes something at a place where there is nothing yet; on the storage of its directory, unless that is said.
    @discardableResult
    func make(_ contents: Node.Contents, permissions: UInt16, at place: PathPlace, on storage: Storage? = nil) throws(IOError) -> Node {
        let name = try freeName(at: place, ofDirectory: Node.isDirectory(contents))
        let made = try makeNode(contents, on: storage ?? place.directory.storage, permissions: permissions)
        apply([NameChange(name, in: place.directory, to: made)])
        return made
    }

    /// Gives a node another name.
    func link(_ node: Node, at place: PathPlace) throws(IOError) {
        let name = try freeName(at: place, ofDirectory: false)
        if node.kind == .directory { throw IOError(.permissionDenied) }
        if node.storage !== place.directory.storage { throw IOError(.crossDevice) }
        apply([NameChange(name, in: place.directory, to: node)])
    }

    private func freeName(at place: PathPlace, ofDirectory: Bool) throws(IOError) -> [UInt8] {
        guard case .name(let name) = place.last, try place.found() == nil else { throw IOError(.alreadyExists) }
        if place.endsWithSlash, !ofDirectory { throw IOError(.notFound) }
        try checkNames(in: place.directory)
        return name
    }

    // MARK: Removing

    /// Removes the name of anything but a directory.
    func unlink(at place: PathPlace) throws(IOError) {
        guard case .name(let name) = place.last else { throw IOError(.isDirectory) }
        try checkChange(on: place.directory.storage)
        guard let node = try place.found() else { throw IOError(.notFound) }
        try check(.write, to: place.directory)
        if node.kind == .directory { throw IOError(.isDirectory) }
        if place.endsWithSlash { throw IOError(.notDirectory) }
        apply([NameChange(name, in: place.directory, to: nil)])
    }

    /// Removes an empty directory.
    func removeDirectory(at place: PathPlace) throws(IOError) {
        let name = try nameOfDirectory(at: place)
        try checkChange(on: place.directory.storage)
        guard let node = try place.found() else { throw IOError(.notFound) }
        try check(.write, to: place.directory)
        guard let names = node.directory else { throw IOError(.notDirectory) }
        if !names.isEmpty { throw IOError(.directoryNotEmpty) }
        apply([NameChange(name, in: place.directory, to: nil)])
    }

    private func nameOfDirectory(at place: PathPlace) throws(IOError) -> [UInt8] {
        switch place.last {
        case .name(let name): return name
        case .noName(_, .current): throw IOError(.invalidArgument)
        case .noName(_, .parent): throw IOError(.directoryNotEmpty)
        case .noName(_, .root): throw IOError(.busy)
        }
    }

    // MARK: Moving

    func rename(from source: PathPlace, to target: PathPlace, _ mode: RenameMode) throws(IOError) {
        if source.directory.storage !== target.directory.storage { throw IOError(.crossDevice) }
        guard case .name(let oldName) = source.last else { throw IOError(.busy) }
        guard case .name(let newName) = target.last else { throw IOError(mode == .exclusive ? .alreadyExists : .busy) }
        try checkChange(on: source.directory.storage)
        guard let moved = try source.found() else { throw IOError(.notFound) }
        for directory in [source.directory, target.directory] { try check(.write, to: directory) }
        let replaced = try target.found()
        if mode == .exclusive, replaced != nil { throw IOError(.alreadyExists) }
        if mode == .exchanging, replaced == nil { throw IOError(.notFound) }
        try checkSlashes(source, target, moved, replaced, mode)
        if moved.isAbove(target.directory) { throw IOError(.invalidArgument) }
        if let replaced, replaced.isAbove(source.directory) {
            throw IOError(mode == .exchanging ? .invalidArgument : .directoryNotEmpty)
        }
        if moved === replaced { return }
        if mode == .replacing, let replaced { try check(moved, mayReplace: replaced) }
        apply([
            NameChange(oldName, in: source.directory, to: mode == .exchanging ? replaced : nil),
            NameChange(newName, in: target.directory, to: moved),
        ])
    }

    /// A path that ends with a slash means a directory.
    private func checkSlashes(
        _ source: PathPlace, _ target: PathPlace, _ moved: Node, _ replaced: Node?, _ mode: RenameMode
    ) throws(IOError) {
        if mode == .exchanging, let replaced, replaced.kind != .directory, target.endsWithSlash { throw IOError(.notDirectory) }
        if moved.kind == .directory { return }
        if source.endsWithSlash || mode != .exchanging && target.endsWithSlash { throw IOError(.notDirectory) }
    }

    private func check(_ moved: Node, mayReplace replaced: Node) throws(IOError) {
        guard let names = replaced.directory else {
            if moved.kind == .directory { throw IOError(.notDirectory) }
            return
        }
        if moved.kind != .directory { throw IOError(.isDirectory) }
        if !names.isEmpty { throw IOError(.directoryNotEmpty) }
    }

    // MARK: Changes

    /// Applies changes in one step.
    private func apply(_ changes: [NameChange]) {
        let present = world.calendarTime
        for change in changes {
            change.apply()
            change.directory.attributes.noteModification(at: present)
            change.before?.linkCount -= 1
            change.before?.attributes.statusChangeTime = present
            change.after?.linkCount += 1
            change.after?.attributes.statusChangeTime = present
        }
        journal.record(changes)
        if settleDirectories(of: changes) { journal.commit() }
        for change in changes {
            if let node = change.before { release(node) }
        }
    }

    /// Tells directories where they lie now; whether one has moved to another directory. Such a move is in storage at once: one that a crash undid could leave
    /// directories inside each other.
    private func settleDirectories(of changes: [NameChange]) -> Bool {
        var hasMoved = false
        for change in changes {
            guard let node = change.after, node.kind == .directory else { continue }
            hasMoved = hasMoved || node.parent.map { $0 !== change.directory } ?? false
            node.parent = change.directory
        }
        return hasMoved
    }
}

extension Node {
    /// Whether it is `directory`, or a directory above that.
    fileprivate func isAbove(_ directory: Node) -> Bool {
        var next: Node? = directory
        while let node = next {
            if node === self { return true }
            next = node.parent
        }
        return false
    }

    fileprivate static func isDirectory(_ contents: Contents) -> Bool {
        if case .directory = contents { return true }
        return false
    }
}
