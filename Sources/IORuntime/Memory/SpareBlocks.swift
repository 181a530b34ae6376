// Small blocks of memory that a loop keeps for the next time.

/// At most so many blocks of ``LentBlock/keptSize`` bytes. Confined to the loop's thread.
@safe
struct SpareBlocks: ~Copyable {
    private static var capacity: Int { 256 }

    private let blocks: UnsafeMutablePointer<UnsafeMutableRawPointer>
    private var count = 0

    init() {
        unsafe blocks = .allocate(capacity: Self.capacity)
    }

    deinit {
        for place in 0..<count { unsafe blocks[place].deallocate() }
        unsafe blocks.deallocate()
    }

    mutating func take() -> UnsafeMutableRawPointer? {
        if count == 0 { return nil }
        count -= 1
        return unsafe blocks[count]
    }

    /// False when there are enough; the block stays the caller's.
    mutating func keep(_ block: UnsafeMutableRawPointer) -> Bool {
        if count == Self.capacity { return false }
        unsafe (blocks + count).initialize(to: block)
        count += 1
        return true
    }
}
