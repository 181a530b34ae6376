// Handles that are under way in messages.

/// What was passed, by the number of the operation that did so.
struct ModelPassing: Sendable {
    private(set) var things: [Int: [ModelHandle.Thing]] = [:]
    /// Whether files were passed, the locks of which are those of several handles.
    private(set) var hasShared = false

    mutating func note(_ things: [ModelHandle.Thing], by number: Int) {
        self.things[number] = things
        hasShared = true
    }

    /// Stands for a handle under way where symbols stand for handles.
    static func place(_ number: Int, _ index: Int) -> Int { -(number * Message.maximumHandles + index) - 1 }
}
