// One file, directory or link in a possible world.

/// What a name refers to.
struct ModelNode: Hashable, Sendable {
    enum Body: Hashable, Sendable {
        case file(ModelContents)
        /// The names, each with the number of what it refers to.
        case directory([[UInt8]: Int])
        case link(target: [UInt8])
    }

    var body: Body
    /// The number of names.
    var linkCount: UInt32
    /// The permission bits, once they were set; what they were made with is the system's matter.
    var permissions: UInt16?
    /// The directory that a directory lies in.
    var parent: Int

    init(_ body: Body, parent: Int) {
        self.body = body
        self.parent = parent
        linkCount = 1
    }

    var kind: FileStatus.Kind {
        switch body {
        case .file: .file
        case .directory: .directory
        case .link: .symbolicLink
        }
    }

    var isDirectory: Bool { kind == .directory }

    /// The names of a directory; none of anything else.
    var names: [[UInt8]: Int] {
        get {
            if case .directory(let names) = body { return names }
            return [:]
        }
        set { body = .directory(newValue) }
    }

    var contents: ModelContents {
        get {
            if case .file(let contents) = body { return contents }
            return ModelContents()
        }
        set { body = .file(newValue) }
    }

    var target: [UInt8]? {
        if case .link(let target) = body { return target }
        return nil
    }

    /// The permissions that it can have, and whether it has all of them: of what it was made with the system may have withheld some.
    var mostPermissions: UInt16 {
        if let permissions { return permissions }
        return switch body {
        case .file: SymbolicOperation.filePermissions
        case .directory: SymbolicOperation.directoryPermissions
        case .link: 0o7777
        }
    }

    /// Whether an ordinary user may be refused: privileges decide it.
    func mayRefuse(_ right: UInt16) -> Bool {
        guard let permissions else { return false }
        return permissions & right != right
    }
}
