// A pool of buffers that the backend fills.

/// A pool, and which of its buffers the program has.
struct ModelPool: Sendable {
    let count: Int
    let size: Int
    private var taken: Set<Int> = []
    /// Whether all buffers may have been taken when what has not been told yet was decided.
    private(set) var mayBeEmpty = false

    init(count: Int, size: Int) {
        self.count = count
        self.size = size
    }

    /// Whether no buffer is left.
    var isEmpty: Bool { taken.count >= count }

    /// Takes a buffer; false when there is no such one, or the program has it already.
    mutating func take(_ buffer: Int) -> Bool {
        guard buffer >= 0, buffer < count, taken.insert(buffer).inserted else { return false }
        if isEmpty { mayBeEmpty = true }
        return true
    }

    /// The program gives back all buffers that it has.
    mutating func giveBack() { taken = [] }

    /// Everything that was decided has been told.
    mutating func rest() { mayBeEmpty = isEmpty }
}
