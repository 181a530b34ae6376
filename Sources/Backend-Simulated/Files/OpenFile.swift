// An open file.

import IOSpec

/// What handles of one opening of a file have in common: its lock.
final class OpenFile: Description {
    let node: Node
    let contents: FileContents
    let isDirect: Bool
    private unowned let tree: FileTree
    private(set) var lock: LockMode?

    init(_ node: Node, _ contents: FileContents, isDirect: Bool, in tree: FileTree) {
        self.node = node
        self.contents = contents
        self.isDirect = isDirect
        self.tree = tree
        node.openCount += 1
    }

    override func end() {
        unlock()
        node.openCount -= 1
        tree.release(node)
    }

    /// Locks the file, or gives up the lock of another mode and returns false.
    func tryLock(_ mode: LockMode) -> Bool {
        if lock == mode { return true }
        unlock()
        guard node.locks.admits(mode) else { return false }
        node.locks.add(mode)
        lock = mode
        return true
    }

    func unlock() {
        guard let mode = lock else { return }
        lock = nil
        node.locks.remove(mode)
    }

    // MARK: Transfers

    /// The bytes from `offset` on, at most `count`.
    func read(_ count: Int, at offset: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        let moved = contents.read(count, at: offset) { span, page in bytes += page[span.bytes] }
        if moved > 0 { node.attributes.accessTime = tree.world.calendarTime }
        return bytes
    }

    /// Writes bytes at `offset`, as far as there is room for them.
    ///
    /// - Throws: `.fileTooLarge` or `.noSpace` when there is none at all.
    func write(_ bytes: [UInt8], at offset: Int64) throws(IOError) -> Int {
        try write(bytes.count, at: offset) { span, page in
            page.replaceSubrange(span.bytes, with: bytes[span.place..<span.place + span.bytes.count])
        }
    }

    /// As ``read(_:at:)``, into memory.
    func read(into region: MemoryRegion, at offset: Int64, atMost count: Int) -> Int {
        let moved = contents.read(min(count, region.count), at: offset) { span, page in
            region.dropping(span.place).fill(page[span.bytes])
        }
        if moved > 0 { node.attributes.accessTime = tree.world.calendarTime }
        return moved
    }

    /// As ``write(_:at:)``, from memory.
    func write(from region: MemoryRegion, at offset: Int64, atMost count: Int) throws(IOError) -> Int {
        try write(min(count, region.count), at: offset) { span, page in
            region.dropping(span.place).copy(to: &page, span.bytes)
        }
    }

    private func write(_ count: Int, at offset: Int64, _ body: (PageSpan, inout [UInt8]) -> Void) throws(IOError) -> Int {
        let limit = tree.world.settings.fileBytes
        if count == 0 { return 0 }
        if offset >= limit { throw IOError(.fileTooLarge) }
        let fitting = Int(min(Int64(count), limit - offset))
        let moved = tree.changingStorage(of: node) { contents.write(fitting, at: offset, room: tree.room, body) }
        if moved == 0 { throw IOError(.noSpace) }
        node.attributes.noteModification(at: tree.world.calendarTime)
        return moved
    }

    // MARK: Size and storage

    func truncate(to size: Int64) throws(IOError) {
        if size > tree.world.settings.fileBytes { throw IOError(.fileTooLarge) }
        tree.changingStorage(of: node) { contents.truncate(to: size) }
        node.attributes.noteModification(at: tree.world.calendarTime)
    }

    func allocate(_ range: Range<Int64>, keepsSize: Bool) throws(IOError) {
        if range.upperBound > tree.world.settings.fileBytes { throw IOError(.fileTooLarge) }
        let isDone = tree.changingStorage(of: node) { contents.allocate(range, room: tree.room, keepsSize: keepsSize) }
        if !isDone { throw IOError(.noSpace) }
        node.attributes.noteModification(at: tree.world.calendarTime)
    }

    func punchHole(_ range: Range<Int64>) {
        tree.changingStorage(of: node) { contents.punchHole(range) }
        node.attributes.noteModification(at: tree.world.calendarTime)
    }
}
