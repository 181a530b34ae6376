// The changes of names that are not in storage yet.

/// Changes in their order, of which a crash loses some.
///
/// Two changes that touch one node are never parted: a crash that loses the first loses the second. So nothing that was in storage loses its last name, whatever
/// was moved or linked meanwhile.
struct NameJournal {
    private struct Entry {
        /// Applied together, or not at all.
        let changes: [NameChange]

        /// The directories, and what the names led and lead to.
        func forEachNode(_ body: (ObjectIdentifier) -> Void) {
            for change in changes {
                body(ObjectIdentifier(change.directory))
                if let node = change.before { body(ObjectIdentifier(node)) }
                if let node = change.after { body(ObjectIdentifier(node)) }
            }
        }

        func touches(_ nodes: Set<ObjectIdentifier>) -> Bool {
            var touches = false
            forEachNode { touches = touches || nodes.contains($0) }
            return touches
        }
    }

    /// The most changes that a system keeps before it brings the oldest to storage by itself.
    private static var limit: Int { 256 }

    private var entries: [Entry] = []

    init() {}

    mutating func record(_ changes: [NameChange]) {
        // The oldest one hangs on no other, so it may reach storage at any time.
        if entries.count == Self.limit { entries.removeFirst() }
        entries.append(Entry(changes: changes))
    }

    /// Has every change in storage.
    mutating func commit() { entries = [] }

    /// Has the changes in storage that touch `node`, and those on which they hang.
    mutating func commit(_ node: Node) {
        var nodes: Set<ObjectIdentifier> = [ObjectIdentifier(node)]
        var left: [Entry] = []
        for entry in entries.reversed() {
            guard entry.touches(nodes) else {
                left.append(entry)
                continue
            }
            entry.forEachNode { nodes.insert($0) }
        }
        entries = left.reversed()
    }

    /// Undoes what a crash loses: each change `often` times in a million, and those that hang on it.
    mutating func crash(losing often: Int, _ chance: inout SeededRandom) {
        var nodes: Set<ObjectIdentifier> = []
        var lost: [Entry] = []
        for entry in entries where chance.happens(often) || entry.touches(nodes) {
            entry.forEachNode { nodes.insert($0) }
            lost.append(entry)
        }
        for entry in lost.reversed() {
            for change in entry.changes.reversed() { change.undo() }
        }
        entries = []
    }
}
