// What has arrived of a copy.

/// The blocks that have arrived, in any order, and the bytes of those before which none is missing.
struct ArrivedBlocks {
    private var first = 0
    private var later: [Int: Int] = [:]
    /// The bytes that have arrived and before which none is missing.
    private(set) var byteCount = 0

    /// From this one on, blocks do not count.
    private var end = Int.max

    /// Whether there are more bytes now before which none is missing.
    mutating func add(_ block: Int, _ count: Int) -> Bool {
        if block >= end { return false }
        later[block] = count
        let before = first
        while let count = later.removeValue(forKey: first) {
            byteCount += count
            first += 1
        }
        return first > before
    }

    /// Forgets the blocks from this one on, which has not arrived.
    mutating func close(from block: Int) {
        end = min(end, block)
        later = later.filter { $0.key < end }
    }
}
