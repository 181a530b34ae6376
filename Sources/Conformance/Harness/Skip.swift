// What a case throws when it cannot tell anything here.

/// Leaves a case out, with a typed reason.
public struct Skip: Error, Sendable, CustomStringConvertible {
    /// The kind of reason.
    public let reason: SkipReason
    /// What was missing, for people.
    public let text: String

    /// Leaves the case out for `reason`.
    public init(reason: SkipReason, _ text: String = "") {
        self.reason = reason
        self.text = text
    }

    public var description: String { text.isEmpty ? reason.description : "\(reason): \(text)" }
}
