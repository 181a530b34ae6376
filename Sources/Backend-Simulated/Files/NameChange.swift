// One name that leads elsewhere from now on.

/// What becomes of a name in a directory.
struct NameChange {
    let directory: Node
    let name: [UInt8]
    /// Where it led before.
    let before: Node?
    /// Where it leads now; nil when it is gone.
    let after: Node?

    /// A change of what is there now.
    ///
    /// - Precondition: `directory` is one.
    init(_ name: [UInt8], in directory: Node, to after: Node?) {
        self.directory = directory
        self.name = name
        self.after = after
        before = directory.directory?[name]
    }

    func apply() { directory.directory?[name] = after }

    func undo() { directory.directory?[name] = before }
}
