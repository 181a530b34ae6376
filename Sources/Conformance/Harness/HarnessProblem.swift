// What goes wrong in the suite itself, as opposed to the backend.

/// The suite could not do its part; the verdict is `broken` and says nothing about the backend.
public struct HarnessProblem: Error, CustomStringConvertible {
    /// What went wrong, and with what.
    public let description: String

    /// A problem of the suite.
    public init(_ description: String) {
        self.description = description
    }
}
