// One sentence of the specification, as data.

/// A normative sentence, with the name by which cases and reports refer to it.
public struct Clause: Hashable, Sendable {
    /// How binding a clause is.
    public enum Level: String, Sendable, CaseIterable {
        /// A backend that breaks it does not conform.
        case must
        /// A backend that breaks it conforms, and the report says so.
        case should
        /// Recorded, never judged.
        case may
    }

    /// How a clause can be checked.
    public enum Kind: Hashable, Sendable {
        /// One run tells.
        case deterministic
        /// A number of runs makes it likely that a break is seen.
        case stochastic
        /// No case can tell on a live kernel, for this reason.
        case untestable(String)
    }

    /// A stable name, `area.rule`.
    public let id: String
    /// How binding it is.
    public let level: Level
    /// How it can be checked.
    public let kind: Kind
    /// The rule, as one or two sentences.
    public let sentence: String

    init(_ id: String, _ sentence: String) {
        self.init(id, .must, .deterministic, sentence)
    }

    init(_ id: String, _ level: Level, _ sentence: String) {
        self.init(id, level, .deterministic, sentence)
    }

    init(_ id: String, _ level: Level, _ kind: Kind, _ sentence: String) {
        self.id = id
        self.level = level
        self.kind = kind
        self.sentence = sentence
    }

    /// The part of the id before the dot.
    public var area: String {
        String(id.prefix { $0 != "." })
    }

    /// Every clause, in the order of the specification.
    public static var all: [Clause] {
        completions + results + handles + files + attributes + locks + paths + names + streams + messages + multishot + watches
            + cancellation + time + chains + lifetimes
    }
}
