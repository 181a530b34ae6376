// The ways in which a handle can be ready.

/// What can be done with a handle without waiting, or what has become of it.
public struct Readiness: OptionSet, BitwiseCopyable, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Receiving, or accepting, does not wait.
    public static var receiving: Readiness { Readiness(rawValue: 1) }
    /// Sending does not wait.
    public static var sending: Readiness { Readiness(rawValue: 2) }
    /// The peer has finished sending.
    public static var peerFinished: Readiness { Readiness(rawValue: 4) }
    /// It failed; told unasked.
    public static var failed: Readiness { Readiness(rawValue: 8) }
    /// Both directions have ended; told unasked.
    public static var hangUp: Readiness { Readiness(rawValue: 16) }

    /// What may be asked for.
    public static var askable: Readiness { [.receiving, .sending, .peerFinished] }
}
