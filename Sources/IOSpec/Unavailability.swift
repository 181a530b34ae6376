// Why a backend, or a part of it, cannot be had here.

/// A typed reason, found by probing and never by a version number (clause `availability.typed-reason`).
public struct Unavailability: Error, Hashable, Sendable {
    /// The kinds of reasons.
    public enum Reason: UInt8, BitwiseCopyable, Sendable, CaseIterable {
        /// The system has it, and a policy denies it to this process.
        case deniedByPolicy
        /// The system, or this build of the library, does not have it.
        case missing
        /// A limit of the process or the system is too small.
        case outOfLimits
        /// The configuration asks for what cannot be.
        case invalidConfiguration
    }

    /// The kind of reason.
    public let reason: Reason
    /// What is not available, in the words of its documentation.
    public let subject: String
    /// The native error number, or 0.
    public let detail: UInt16
    /// What a person can do about it.
    public let remedy: String

    /// A reason why `subject` cannot be had.
    public init(_ reason: Reason, subject: String, detail: UInt16 = 0, remedy: String) {
        self.reason = reason
        self.subject = subject
        self.detail = detail
        self.remedy = remedy
    }
}
