// The name of a handle in a history.

/// A handle by the place of its making in a history: `h3` is what the third acquiring or making step made.
public struct Symbol: Hashable, Sendable {
    /// The number after the letter.
    public let index: Int

    /// The symbol with a number.
    public init(_ index: Int) {
        self.index = index
    }
}
