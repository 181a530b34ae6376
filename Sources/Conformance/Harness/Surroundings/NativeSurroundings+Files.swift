// The system's own files.

extension NativeSurroundings {
    // MARK: Making names

    public func makeDirectory(at path: String, permissions: UInt16) throws { try Native.makeDirectory(at: path, permissions: permissions) }

    public func makeFile(at path: String, contents: [UInt8]) throws { try Native.makeFile(at: path, contents: contents) }

    public func makeSymbolicLink(to target: String, at path: String) throws { try Native.makeSymbolicLink(to: target, at: path) }

    public func makeHardLink(of existing: String, at path: String) throws { try Native.makeHardLink(of: existing, at: path) }

    public func makeNamedPipe(at path: String) throws { try Native.makeNamedPipe(at: path) }

    public func makeSocket(at path: String) throws { try Native.makeSocket(at: path) }

    // MARK: Changing files

    public func setPermissions(_ permissions: UInt16, at path: String) throws { try Native.setPermissions(permissions, at: path) }

    public func remove(at path: String) throws { try Native.remove(at: path) }

    public func exchange(_ first: String, _ second: String) -> Bool { Native.exchange(first, second) }

    public func setAside(_ count: Int, at offset: Int, ofFileAt path: String) throws -> Bool {
        try Native.setAside(count, at: offset, ofFileAt: path)
    }

    public func giveBack(_ count: Int, at offset: Int, ofFileAt path: String) throws -> Bool {
        try Native.giveBack(count, at: offset, ofFileAt: path)
    }

    // MARK: Looking

    public func exists(_ path: String) -> Bool { Native.exists(path) }

    public func names(in path: String) throws -> [String] { try Native.names(in: path) }

    public func times(at path: String) throws -> (access: Int64, modification: Int64, change: Int64, birth: Int64) {
        try Native.times(at: path)
    }

    public func directAlignment(at path: String) throws -> (memory: Int, offset: Int) { try Native.directAlignment(at: path) }

    public func canLock(_ path: String) throws -> Bool { try Native.canLock(path) }

    public func devices() throws -> String { "/dev" }

    public func openHandles() throws -> Set<String> {
        Set(try Native.openDescriptors().map { ResourceSnapshot.name(ofDescriptor: $0.key, $0.value) })
    }
}
