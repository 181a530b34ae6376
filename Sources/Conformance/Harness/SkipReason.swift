// Why a case was not run, as a type.

/// The kinds of reasons for which a case may be left out. There is no untyped one.
public enum SkipReason: Hashable, Sendable, CustomStringConvertible {
    /// The backend does not claim the named capability.
    case capability(String)
    /// The environment lacks something, for instance a file system with direct transfers.
    case environment(String)
    /// The user that runs the suite may not do what the case needs.
    case privilege
    /// The kernel lacks what the case needs in order to provoke the situation.
    case kernel(String)
    /// The backend cannot be set up here.
    case unavailable(String)

    /// The surroundings of the run take away what the case needs, or cannot be had.
    case mode(AmbientMode, String)

    /// The kind alone, for machines.
    public var kind: String {
        switch self {
        case .capability: "capability"
        case .environment: "environment"
        case .privilege: "privilege"
        case .kernel: "kernel"
        case .unavailable: "unavailable"
        case .mode: "mode"
        }
    }

    public var description: String {
        switch self {
        case .capability(let name): "capability: the backend does not claim \(name)"
        case .environment(let text): "environment: \(text)"
        case .privilege: "privilege"
        case .kernel(let text): "kernel: \(text)"
        case .unavailable(let text): "unavailable: \(text)"
        case .mode(let mode, let text): "mode \(mode.rawValue): \(text)"
        }
    }
}
