// How a loop came to its backend.

public import IOSpec

/// What was tried for a loop, what failed and why, and what was chosen.
public struct BackendReport: Sendable, CustomStringConvertible {
    /// A backend that could not be had.
    public struct Failure: Sendable {
        /// Its name.
        public let name: String
        /// Why it could not be had, and what to do about it.
        public let reason: Unavailability
    }

    /// The choice that was made, by its name.
    public let asked: String
    /// Who made it.
    public let source: Source
    /// What could not be had, in the order in which it was tried.
    public internal(set) var failures: [Failure] = []
    /// The name of the backend that serves the loop; nil when there is none.
    public internal(set) var chosen: String?

    /// Where the choice of a backend comes from; the first of these that makes one.
    public enum Source: String, Sendable {
        /// The program's code.
        case code
        /// The environment variable `IOSPEC_BACKEND`.
        case environment
        /// A configuration, by ``RuntimeConfiguration/configuredBackend``.
        case configuration
        /// Nobody chose.
        case `default`
    }

    init(asked: String, source: Source) {
        self.asked = asked
        self.source = source
    }

    /// The report in a sentence.
    public var description: String {
        let tried = failures.map { "\($0.name) cannot be had (\($0.reason.subject): \($0.reason.reason); \($0.reason.remedy))" }
        return (["\(asked) was chosen by \(source.rawValue)"] + tried + ["\(chosen ?? "nothing") is used"]).joined(separator: "; ")
    }
}
