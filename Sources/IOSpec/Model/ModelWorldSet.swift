// Worlds without repetition, in the order in which they were found.

/// Worlds with the same files are one, in which operations can have come as far as in either: that allows more than each alone, and never less.
struct ModelWorldSet {
    private(set) var worlds: [ModelWorld] = []
    private var places: [ModelTree: Int] = [:]
    private var waiting: [Int] = []
    private var isWaiting: [Bool] = []

    init(_ worlds: [ModelWorld]) {
        for world in worlds { insert(world) }
        waiting.reverse()
    }

    var count: Int { worlds.count }

    mutating func insert(_ world: ModelWorld) {
        guard let place = places[world.tree] else {
            places[world.tree] = worlds.count
            waiting.append(worlds.count)
            isWaiting.append(true)
            return worlds.append(world)
        }
        var hasChanged = false
        for (number, states) in world.progress where !states.isSubset(of: worlds[place].progress[number] ?? []) {
            worlds[place].progress[number, default: []].formUnion(states)
            hasChanged = true
        }
        if hasChanged, !isWaiting[place] {
            isWaiting[place] = true
            waiting.append(place)
        }
    }

    /// The next world that was not looked at since it was found or has grown.
    mutating func next() -> ModelWorld? {
        guard let place = waiting.popLast() else { return nil }
        isWaiting[place] = false
        return worlds[place]
    }
}
