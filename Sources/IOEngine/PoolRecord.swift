// Everything the engine knows of one pool of buffers.

/// How many buffers a pool has, and how many of them the program has.
@usableFromInline struct PoolRecord {
    @usableFromInline let count: Int
    @usableFromInline var lent = 0

    @inlinable init(count: Int) {
        self.count = count
    }
}
