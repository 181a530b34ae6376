// Names in the case's own directory, asked for, made and moved through the backend.

public import IOSpec

extension CaseContext {
    // MARK: Operations

    /// The operation that asks for the status of `name`; the case reads it out of `memory`.
    public func askingStatus(
        of name: String, into memory: CaseBuffer, followsLink: Bool = false, beneath other: Handle? = nil
    ) throws -> Operation {
        .path(.status(beneath: try base(other), path: path(name), into: memory.region, followsLink: followsLink))
    }

    /// The operation that reads the link `name` into `memory`.
    public func readingLink(_ name: String, into memory: CaseBuffer, beneath other: Handle? = nil) throws -> Operation {
        .path(.readLink(beneath: try base(other), path: path(name), into: memory.region))
    }

    /// The operation that makes `name` a symbolic link to `target`.
    public func linkingSymbolically(_ name: String, to target: String, beneath other: Handle? = nil) throws -> Operation {
        .path(.symbolicLink(beneath: try base(other), path: path(name), target: path(target)))
    }

    /// The operation that gives the file `name` another name, beneath the same directory or beneath `second`.
    public func linking(_ name: String, to other: String, beneath first: Handle? = nil, second: Handle? = nil) throws -> Operation {
        let directory = try base(first)
        return .path(.hardLink(beneath: directory, path: path(name), toDirectory: second ?? directory, toPath: path(other)))
    }

    /// The operation that renames `name`, beneath the same directory or to one beneath `second`.
    public func renaming(
        _ name: String, to other: String, _ mode: RenameMode = .replacing, beneath first: Handle? = nil, second: Handle? = nil
    ) throws -> Operation {
        let directory = try base(first)
        return .path(.rename(beneath: directory, path: path(name), toDirectory: second ?? directory, toPath: path(other), mode))
    }

    /// The operation that removes the name of what is no directory.
    public func unlinking(_ name: String, beneath other: Handle? = nil) throws -> Operation {
        .path(.unlink(beneath: try base(other), path: path(name)))
    }

    /// The operation that makes a directory.
    public func makingDirectory(_ name: String, permissions: UInt16 = 0o755, beneath other: Handle? = nil) throws -> Operation {
        .path(.makeDirectory(beneath: try base(other), path: path(name), permissions: permissions))
    }

    /// The operation that removes an empty directory.
    public func removingDirectory(_ name: String, beneath other: Handle? = nil) throws -> Operation {
        .path(.removeDirectory(beneath: try base(other), path: path(name)))
    }

    private func base(_ other: Handle?) throws -> Handle {
        if let other { return other }
        return try directory
    }

    // MARK: Doing it

    /// The status of a name.
    public func status(at name: String, followsLink: Bool = false, beneath other: Handle? = nil) throws -> FileStatus {
        let memory = buffer(MemoryLayout<FileStatus>.size, filledWith: 0)
        try succeed(askingStatus(of: name, into: memory, followsLink: followsLink, beneath: other))
        return memory.load(as: FileStatus.self)
    }

    /// What a link says.
    public func target(of name: String) throws -> [UInt8] {
        let memory = buffer(4096)
        return memory.bytes(0, try succeed(readingLink(name, into: memory)))
    }

    /// Makes a directory, which must succeed, and opens it.
    public func makeDirectory(_ name: String, permissions: UInt16 = 0o755) throws -> Handle {
        try succeed(makingDirectory(name, permissions: permissions))
        return try open(name, .directory)
    }

    /// Checks that two ways to ask for a status tell the same; names what differs.
    public func expectSame(_ seen: FileStatus, _ expected: FileStatus, _ what: @autoclosure () -> String) throws {
        try expectEqual(seen.kind, expected.kind, "the kind in the status \(what())")
        try expectEqual(seen.size, expected.size, "the size in the status \(what())")
        try expectEqual(seen.identity, expected.identity, "the identity in the status \(what())")
        try expectEqual(seen.linkCount, expected.linkCount, "the number of names in the status \(what())")
        try expectEqual(seen.birthTime, expected.birthTime, "the time of birth in the status \(what())")
        try expect(seen == expected, "the status \(what()) is \(expected) (it is \(seen))")
    }

    /// Checks that there is no such name.
    public func expectMissing(_ name: String, clause: String? = nil) throws {
        let memory = buffer(MemoryLayout<FileStatus>.size)
        try expect(perform(askingStatus(of: name, into: memory)), failsWith: .notFound, "asking for “\(name)”", clause: clause)
    }

    /// Checks that a file has these contents.
    public func expectContents(_ expected: [UInt8], of name: String, clause: String? = nil) throws {
        let handle = try open(name, .reading)
        try expectEqual(contents(of: handle), expected, "the contents of “\(name)”", clause: clause)
        try close(handle)
    }

    // MARK: Every path operation

    /// Each operation that begins with a path, at `name`, and those with a second path at `name` as either of the two. `present` is a file that exists, for
    /// the other path; the names that would be made begin with `unused`.
    public func everyPathOperation(
        at name: String, present: String, unused: String = "unused", beneath directory: Handle
    ) throws -> [(what: String, operation: Operation)] {
        let status = buffer(MemoryLayout<FileStatus>.size)
        return [
            ("opening it", try opening(name, .reading, beneath: directory)),
            ("making a temporary file there", try opening(name, [.writing, .temporary], beneath: directory)),
            ("asking for its status", try askingStatus(of: name, into: status, beneath: directory)),
            ("asking for the status of what it leads to", try askingStatus(of: name, into: status, followsLink: true, beneath: directory)),
            ("reading it as a link", try readingLink(name, into: buffer(64), beneath: directory)),
            ("making it a symbolic link", try linkingSymbolically(name, to: "target", beneath: directory)),
            ("giving it another name", try linking(name, to: "\(unused)-link", beneath: directory)),
            ("making it another name", try linking(present, to: name, beneath: directory)),
            ("renaming it", try renaming(name, to: "\(unused)-moved", beneath: directory)),
            ("renaming something to it", try renaming(present, to: name, beneath: directory)),
            ("renaming something to it exclusively", try renaming(present, to: name, .exclusive, beneath: directory)),
            ("exchanging it", try renaming(present, to: name, .exchanging, beneath: directory)),
            ("unlinking it", try unlinking(name, beneath: directory)),
            ("making it a directory", try makingDirectory(name, beneath: directory)),
            ("removing it as a directory", try removingDirectory(name, beneath: directory)),
        ]
    }

    /// Checks that every path operation at `name` fails with `cause`, and changes nothing.
    public func everyPathOperationFails(
        at name: String, with cause: IOError.Cause, beneath other: Handle? = nil, present: String = "present"
    ) throws {
        let directory = try base(other)
        for (what, operation) in try everyPathOperation(at: name, present: present, beneath: directory) {
            let completion = try perform(operation)
            try expect(completion, failsWith: cause, "of “\(name.prefix(40))”, \(what)")
        }
    }
}
