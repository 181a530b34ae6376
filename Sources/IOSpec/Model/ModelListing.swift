// How far a directory was listed piece by piece.

/// What a handle has told of its directory since it began with the first name.
struct ModelListing: Sendable {
    /// When the first piece began.
    let start: Int
    /// The names that were given.
    var given: Set<[UInt8]> = []
    /// Whether pieces were under way at once, so that it is not known after which name the next one begins.
    var isUnclear = false
}
