// A configuration that cannot be used.

/// A value that is not what its key needs.
public struct InvalidConfiguration: Error, Sendable, Equatable, CustomStringConvertible {
    /// The key, within the reader that was given.
    public let key: String
    /// What was found there.
    public let value: String

    /// What is wrong, and what to do.
    public var description: String { "the configuration has “\(value)” for \(key), which is no whole number; give one, or leave it out" }
}
