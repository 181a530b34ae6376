// An open file.

import IOSpec

/// What handles of one opening of a file have in common: its lock.
final class OpenFile: Description {
    /// What is behind it.
    enum Contents {
        case bytes(FileContents)
        case device(SimulatedDevice)
    }

    let node: Node
    private let contents: Contents
    let isDirect: Bool
    private unowned let tree: FileTree
    private(set) var lock: LockMode?

    init(_ node: Node, _ contents: Contents, isDirect: Bool, in tree: FileTree) {
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

    /// Where its bytes end.
    var size: Int64 {
        switch contents {
        case .bytes(let contents): contents.size
        case .device: 0
        }
    }

    /// The bytes from `offset` on, at most `count`.
    func read(_ count: Int, at offset: Int64) -> [UInt8] {
        var bytes: [UInt8] = []
        switch contents {
        case .bytes(let contents): _ = contents.read(count, at: offset) { span, page in bytes += page[span.bytes] }
        case .device(let device): bytes = [UInt8](repeating: 0, count: device.readable(count))
        }
        noteAccess(bytes.count)
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
        let wanted = min(count, region.count)
        let moved =
            switch contents {
            case .bytes(let contents):
                contents.read(wanted, at: offset) { span, page in region.dropping(span.place).fill(page[span.bytes]) }
            case .device(let device): region.fill([UInt8](repeating: 0, count: device.readable(wanted)))
            }
        noteAccess(moved)
        return moved
    }

    /// As ``write(_:at:)``, from memory.
    func write(from region: MemoryRegion, at offset: Int64, atMost count: Int) throws(IOError) -> Int {
        try write(min(count, region.count), at: offset) { span, page in
            region.dropping(span.place).copy(to: &page, span.bytes)
        }
    }

    private func write(_ count: Int, at offset: Int64, _ body: (PageSpan, inout [UInt8]) -> Void) throws(IOError) -> Int {
        if count == 0 { return 0 }
        let moved =
            switch contents {
            case .bytes(let contents): try write(count, at: offset, to: contents, body)
            case .device(let device): device.takesBytes ? count : 0
            }
        if moved == 0 { throw IOError(.noSpace) }
        noteModification()
        return moved
    }

    private func write(
        _ count: Int, at offset: Int64, to contents: FileContents, _ body: (PageSpan, inout [UInt8]) -> Void
    ) throws(IOError) -> Int {
        let limit = tree.longestFile
        if offset >= limit { throw IOError(.fileTooLarge) }
        let fitting = Int(min(Int64(count), limit - offset))
        return tree.changingStorage(of: node) { contents.write(fitting, at: offset, room: tree.room(on: node.storage), body) }
    }

    private func noteAccess(_ moved: Int) {
        if moved > 0 { node.attributes.accessTime = tree.world.calendarTime }
    }

    private func noteModification() { node.attributes.noteModification(at: tree.world.calendarTime) }

    // MARK: Size and storage

    /// - Throws: `.fileTooLarge`, and `.invalidArgument` for a device.
    func truncate(to size: Int64) throws(IOError) {
        guard case .bytes(let contents) = contents else { throw IOError(.invalidArgument) }
        if size > tree.longestFile { throw IOError(.fileTooLarge) }
        tree.changingStorage(of: node) { contents.truncate(to: size) }
        noteModification()
    }

    /// - Throws: `.fileTooLarge`, `.noSpace`, and `.unsupported` for a device.
    func allocate(_ range: Range<Int64>, keepsSize: Bool) throws(IOError) {
        guard case .bytes(let contents) = contents else { throw IOError(.unsupported) }
        if range.upperBound > tree.longestFile { throw IOError(.fileTooLarge) }
        let room = tree.room(on: node.storage)
        let isDone = tree.changingStorage(of: node) { contents.allocate(range, room: room, keepsSize: keepsSize) }
        if !isDone { throw IOError(.noSpace) }
        noteModification()
    }

    /// - Throws: `.fileTooLarge`, and `.unsupported` for a device.
    func punchHole(_ range: Range<Int64>) throws(IOError) {
        guard case .bytes(let contents) = contents else { throw IOError(.unsupported) }
        if range.upperBound > tree.world.settings.fileBytes { throw IOError(.fileTooLarge) }
        tree.changingStorage(of: node) { contents.punchHole(range) }
        noteModification()
    }
}
