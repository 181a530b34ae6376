// Files in the case's own directory, made and read through the backend.

public import IOSpec

extension CaseContext {
    /// What is around the backend, and is seen and changed without it.
    public var surroundings: any Surroundings { factory.surroundings }

    /// The real path of the case's directory, for what is done in its surroundings.
    public var scratchName: String {
        get throws {
            if let scratch { return scratch.path }
            let made = try surroundings.makeScratchDirectory()
            scratch = made
            return made.path
        }
    }

    /// The real path of `name` in the case's directory.
    public func nativePath(_ name: String) throws -> String { try "\(scratchName)/\(name)" }

    /// The case's own empty directory; paths beneath it may not leave it.
    public var directory: Handle {
        get throws {
            if let openedDirectory { return openedDirectory }
            let handle = try acquire(.directory(name: scratchName, unconfined: false))
            openedDirectory = handle
            return handle
        }
    }

    /// Acquires a resource while booting.
    public func acquire(_ resource: Resource) throws -> Handle {
        guard let handle = try live?.backend.acquire(resource) else {
            throw HarnessProblem("the case acquired after it had dropped the backend")
        }
        return handle
    }

    /// Acquires both ends of a pair while booting.
    public func acquire(pair: PairedResource) throws -> HandlePair {
        guard let pair = try live?.backend.acquire(pair: pair) else {
            throw HarnessProblem("the case acquired after it had dropped the backend")
        }
        return pair
    }

    /// The operation that opens `name` beneath the case's directory, or beneath another one.
    public func opening(
        _ name: String, _ options: OpenOptions, permissions: UInt16 = 0o644, beneath other: Handle? = nil
    ) throws -> Operation {
        let directory = if let other { other } else { try self.directory }
        return .path(.open(beneath: directory, path: path(name), options: options, permissions: permissions))
    }

    /// Opens `name`, which must succeed.
    public func open(
        _ name: String, _ options: OpenOptions, permissions: UInt16 = 0o644, beneath other: Handle? = nil
    ) throws -> Handle {
        let completion = try perform(opening(name, options, permissions: permissions, beneath: other))
        if let error = completion.error { throw CaseFailure("opening “\(name)” must succeed, and failed with \(describe(error))") }
        return try handle(of: completion)
    }

    /// The handle that an `open` or `accept` made; it must have made one.
    public func handle(of completion: Completion) throws -> Handle {
        if let handle = live?.backend.handleInPlace(madeBy: completion) { return handle }
        throw CaseFailure("a completion that \(describe(completion)) must give a handle, and gives none")
    }

    /// Makes a file with `contents` through the backend, opened for reading and writing.
    public func file(_ name: String, contents: [UInt8] = []) throws -> Handle {
        let handle = try open(name, [.reading, .writing, .creating, .truncating])
        if contents.isEmpty { return handle }
        let written = try succeed(.file(.write(handle, from: buffer(contents).region, at: 0)))
        try expectEqual(written, contents.count, "the bytes written to make “\(name)”", clause: "file.full-transfer")
        return handle
    }

    /// The contents of a file that is open for reading, read through the backend.
    public func contents(of handle: Handle) throws -> [UInt8] {
        let size = Int(try status(of: handle).size)
        let memory = buffer(size + 1)
        let count = try succeed(.file(.read(handle, into: memory.region, at: 0)))
        return memory.bytes(0, min(count, size + 1))
    }

    /// The status of a handle.
    public func status(of handle: Handle) throws -> FileStatus {
        let memory = buffer(MemoryLayout<FileStatus>.size, filledWith: 0)
        try succeed(.file(.status(handle, into: memory.region)))
        return memory.load(as: FileStatus.self)
    }

    /// Closes a handle, which must succeed.
    public func close(_ handle: Handle) throws {
        try succeed(.control(.close(handle)))
    }
}
