// A range of a file's bytes, page by page.

/// The part of a transfer that lies in one page.
struct PageSpan {
    /// The number of the page in the file.
    let page: Int64
    /// The bytes of the page.
    let bytes: Range<Int>
    /// Where they lie in the transfer.
    let place: Int
}

/// The parts of a transfer, in order.
struct PageSpans: Sequence, IteratorProtocol {
    private var offset: Int64
    private var place = 0
    private var left: Int

    /// The spans of `count` bytes from `offset` on, whose end can be represented.
    init(_ count: Int, at offset: Int64) {
        self.offset = offset
        left = count
    }

    mutating func next() -> PageSpan? {
        if left == 0 { return nil }
        let start = Int(offset % Int64(FileContents.pageSize))
        let length = Swift.min(left, FileContents.pageSize - start)
        defer {
            offset += Int64(length)
            place += length
            left -= length
        }
        return PageSpan(page: offset / Int64(FileContents.pageSize), bytes: start..<start + length, place: place)
    }
}
