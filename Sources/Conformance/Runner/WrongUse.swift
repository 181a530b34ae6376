// What a person asked for that does not exist.

/// A request that cannot be carried out as it was put; the text names what exists.
public struct WrongUse: Error, CustomStringConvertible {
    /// One clear line.
    public let description: String

    /// A wrong use, in one line.
    public init(_ description: String) {
        self.description = description
    }
}
