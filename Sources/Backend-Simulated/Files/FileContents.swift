// The bytes of one file.

import IOSpec

/// Contents with holes, of which some may not be in storage yet.
///
/// Bytes of a page beyond the size are zeros. What storage holds is kept only where it differs: the page as it was when it was changed first after it had been synchronized.
final class FileContents {
    static var pageSize: Int { 4096 }
    static let zeros = [UInt8](repeating: 0, count: pageSize)

    private(set) var size: Int64 = 0
    private var pages = SparseTable<[UInt8]>()
    /// What storage holds in the place of each page that was changed; nil where it holds a hole.
    private var stored = SparseTable<[UInt8]?>()
    private var storedSize: Int64 = 0

    init() {}

    /// The bytes that are taken up in storage.
    var allocatedSize: Int { pages.count * Self.pageSize }

    // MARK: Transfers

    /// Hands `count` bytes from `offset` on, as far as there are so many, to `body`: each span with the bytes of its whole page.
    ///
    /// - Returns: the bytes there are.
    func read(_ count: Int, at offset: Int64, _ body: (PageSpan, [UInt8]) -> Void) -> Int {
        let length = Int(min(Int64(count), max(0, size - offset)))
        for span in PageSpans(length, at: offset) { body(span, pages[span.page] ?? Self.zeros) }
        return length
    }

    /// Has `body` fill in `count` bytes from `offset` on, as far as no more than `room` bytes of storage have to be taken for them.
    ///
    /// - Returns: the bytes for which there was room.
    func write(_ count: Int, at offset: Int64, room: Int, _ body: (PageSpan, inout [UInt8]) -> Void) -> Int {
        var freePages = room / Self.pageSize
        var moved = 0
        for span in PageSpans(count, at: offset) {
            if !pages.contains(span.page) {
                if freePages == 0 { break }
                freePages -= 1
            }
            change(span.page) { body(span, &$0) }
            moved += span.bytes.count
        }
        if moved > 0 { size = max(size, offset + Int64(moved)) }
        return moved
    }

    // MARK: Size and storage

    /// Cuts off what lies beyond the new size, with storage that was taken there, or grows by a hole.
    func truncate(to newSize: Int64) {
        if newSize <= size { remove(pagesIn: newSize..<Int64.max) }
        if newSize < size { zero(newSize..<size) }
        size = newSize
    }

    /// Takes storage for a range. Returns false, and takes none, when that needs more than `room` bytes.
    func allocate(_ range: Range<Int64>, room: Int, keepsSize: Bool) -> Bool {
        let wanted = Self.page(of: range.lowerBound)..<Self.page(of: range.upperBound - 1) + 1
        let missing = wanted.count - pages.numbers(in: wanted).count
        if missing > room / Self.pageSize { return false }
        for page in pages.numbers(in: wanted) { keepStored(page) }
        stored.fill(wanted, with: nil)
        pages.fill(wanted, with: Self.zeros)
        if !keepsSize { size = max(size, range.upperBound) }
        return true
    }

    /// Gives the storage of a range back.
    func punchHole(_ range: Range<Int64>) {
        remove(pagesIn: range)
        zero(range)
    }

    /// Makes bytes zeros where there are any.
    private func zero(_ range: Range<Int64>) {
        for page in pages.numbers(in: Self.page(of: range.lowerBound)..<Self.page(of: range.upperBound - 1) + 1) {
            let start = page * Int64(Self.pageSize)
            let bytes = Int(max(range.lowerBound, start) - start)..<Int(min(range.upperBound - start, Int64(Self.pageSize)))
            change(page) { $0.replaceSubrange(bytes, with: Self.zeros[bytes]) }
        }
    }

    /// Removes the pages of which a range has every byte.
    private func remove(pagesIn range: Range<Int64>) {
        let first = Self.firstWholePage(from: range.lowerBound)
        let end = Self.page(of: range.upperBound)
        if first >= end { return }
        let whole = first..<end
        for page in pages.numbers(in: whole) { keepStored(page) }
        pages.removeAll(in: whole)
    }

    private static func page(of offset: Int64) -> Int64 { offset / Int64(pageSize) }

    private static func firstWholePage(from offset: Int64) -> Int64 { page(of: offset) + (offset % Int64(pageSize) == 0 ? 0 : 1) }

    private func change(_ page: Int64, _ body: (inout [UInt8]) -> Void) {
        keepStored(page)
        pages.update(page, startingWith: Self.zeros, body)
    }

    private func keepStored(_ page: Int64) {
        if !stored.contains(page) { stored.set(page, to: pages[page]) }
    }

    // MARK: Storage and crashes

    /// Has everything in storage.
    func synchronize() {
        stored = SparseTable()
        storedSize = size
    }

    /// Becomes what could be found in storage after a crash: each sector of what was not synchronized, and the size, as it was or as it is.
    ///
    /// `often` is how often, in a million, a change is lost.
    func crash(losing often: Int, _ chance: inout SeededRandom) {
        for page in stored.numbers {
            // A number of the table has a value, which may be a hole.
            let before = stored[page] ?? nil
            if chance.happens(500_000) {
                if chance.happens(often) { restore(page, before) }
            } else {
                tear(page, before ?? Self.zeros, losing: often, &chance)
            }
        }
        let newSize = sizeAfterCrash(losing: often, &chance)
        // Of what was cut off, some bytes may be back.
        size = max(size, storedSize)
        truncate(to: newSize)
        synchronize()
    }

    private func restore(_ page: Int64, _ before: [UInt8]?) {
        if let before { pages.set(page, to: before) } else { pages.removeAll(in: page..<page + 1) }
    }

    private func tear(_ page: Int64, _ before: [UInt8], losing often: Int, _ chance: inout SeededRandom) {
        pages.update(page, startingWith: Self.zeros) { bytes in
            for start in stride(from: 0, to: Self.pageSize, by: Self.sectorSize) where chance.happens(often) {
                let sector = start..<start + Self.sectorSize
                bytes.replaceSubrange(sector, with: before[sector])
            }
        }
    }

    /// What is written in one piece, or not at all.
    private static var sectorSize: Int { 512 }

    /// A file that has grown may have grown in steps.
    private func sizeAfterCrash(losing often: Int, _ chance: inout SeededRandom) -> Int64 {
        if size == storedSize || !chance.happens(often) { return size }
        if size > storedSize, chance.happens(500_000) { return chance.number(in: storedSize...size) }
        return storedSize
    }
}
