// When operations were under way.

/// The times between which each operation can have taken effect, counted in events of the history.
struct ModelTimes: Sendable {
    /// The present.
    private(set) var now = 0
    private var starts: [Int: Int] = [:]
    private var ends: [Int: Int] = [:]

    mutating func advance() { now += 1 }

    mutating func start(_ number: Int) { starts[number] = now }

    mutating func end(_ number: Int) { ends[number] = now }

    /// From when on the operation can have taken effect.
    func start(of number: Int) -> Int { starts[number] ?? 0 }

    /// Until when it can have taken effect.
    func end(of number: Int) -> Int { ends[number] ?? .max }

    /// Whether two operations can have taken effect in either order, or piece by piece beside each other.
    func areConcurrent(_ first: Int, _ second: Int) -> Bool {
        end(of: first) >= start(of: second) && end(of: second) >= start(of: first)
    }
}
