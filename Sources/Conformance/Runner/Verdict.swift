// What became of a case.

/// The outcome of one case on one backend.
public enum Verdict: String, Codable, Sendable, CaseIterable {
    /// Every clause of the case holds.
    case pass
    /// A `should` was missed; the backend conforms.
    case nonStrict
    /// Recorded, not judged.
    case informational
    /// A clause was disproved.
    case fail
    /// What the clause promises did not come in time.
    case timeout
    /// The process of the case ended.
    case crash
    /// The case passed, and left descriptors, threads or mappings behind.
    case leak
    /// Left out, with a typed reason.
    case skip
    /// Failed, as declared.
    case expectedFailure
    /// Passed, although declared to fail: the declaration is stale.
    case unexpectedPass
    /// The suite could not do its part.
    case broken

    /// Whether a run with this verdict has failed.
    public var isFailure: Bool {
        switch self {
        case .fail, .timeout, .crash, .leak, .unexpectedPass, .broken: true
        case .pass, .nonStrict, .informational, .skip, .expectedFailure: false
        }
    }

    /// Whether the steps that led to the verdict are worth telling.
    var needsTrace: Bool { isFailure && self != .unexpectedPass || self == .nonStrict }

    /// Whether the verdict blames the backend.
    public var blamesBackend: Bool {
        switch self {
        case .fail, .timeout, .crash, .leak: true
        default: false
        }
    }
}
