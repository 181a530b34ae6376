// The names in one directory.

import IOSpec

/// Names and where they lead, in an order that means nothing.
///
/// A name keeps its cursor as long as it is there, whatever it leads to: so a listing that goes on after a cursor neither repeats nor misses a name that stays.
/// Cursors follow from names, not from when these were made: a listing beside which others make names would never reach the end of those.
final class DirectoryContents {
    struct Entry {
        let name: [UInt8]
        let cursor: UInt64
        fileprivate(set) var node: Node
    }

    /// By their cursors.
    private(set) var entries: [Entry] = []
    private var cursors: [[UInt8]: UInt64] = [:]
    private let salt: UInt64
    /// How many of the names lead to directories.
    private(set) var directories: UInt32 = 0

    /// A directory without names, whose order follows from `salt`.
    init(salt: UInt64) {
        self.salt = salt
    }

    var isEmpty: Bool { entries.isEmpty }

    /// Where a name leads; nil when there is no such name.
    subscript(name: [UInt8]) -> Node? {
        get { cursors[name].map { entries[place(after: $0) - 1].node } }
        set {
            if let cursor = cursors[name] {
                replace(place(after: cursor) - 1, newValue)
            } else if let newValue {
                add(name, newValue)
            }
        }
    }

    /// Where the first entry lies that comes after a cursor.
    func place(after cursor: UInt64) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].cursor <= cursor { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func add(_ name: [UInt8], _ node: Node) {
        var cursor = firstCursor(of: name)
        var next = place(after: cursor - 1)
        while next < entries.count, entries[next].cursor == cursor {
            next += 1
            cursor += 1
        }
        cursors[name] = cursor
        entries.insert(Entry(name: name, cursor: cursor, node: node), at: next)
        if node.kind == .directory { directories += 1 }
    }

    /// The cursor that a name has when no other has it. At least 1, and far enough below the largest that others fit between.
    private func firstCursor(of name: [UInt8]) -> UInt64 {
        var digest = salt ^ 0xcbf2_9ce4_8422_2325
        for byte in name { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
        var mixer = SeededRandom(seed: digest)
        return mixer.next() >> 2 + 1
    }

    private func replace(_ place: Int, _ node: Node?) {
        if entries[place].node.kind == .directory { directories -= 1 }
        guard let node else {
            cursors[entries[place].name] = nil
            entries.remove(at: place)
            return
        }
        entries[place].node = node
        if node.kind == .directory { directories += 1 }
    }
}
