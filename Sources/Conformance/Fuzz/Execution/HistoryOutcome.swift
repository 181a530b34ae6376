// What became of one history on one backend.

import IOSpec

/// What a history came to.
struct HistoryOutcome: Sendable {
    /// The judgement.
    enum Verdict: Codable, Hashable, Sendable {
        /// Everything seen is allowed.
        case agreed
        /// Something seen is not.
        case disagreed(Disagreement)
        /// The backend cannot be had here.
        case unavailable(String)
        /// What the history needs cannot be had here.
        case skipped(String)
        /// The suite could not do its part.
        case broken(String)
    }

    var verdict: Verdict
    /// The operations that were accepted.
    var operations = 0
    /// Whether the files could be in too many states to be judged to the end.
    var hasGivenUp = false
    /// What was seen of each operation, by its number.
    var observations: [Int: Observation] = [:]

    /// What was seen before the end, when nothing raced: every backend must have seen the same.
    var comparable: [Int: Observation]?

    init(_ verdict: Verdict) {
        self.verdict = verdict
    }

    /// What was seen, one line for each operation.
    var lines: [String] { Self.lines(observations) }

    /// The same of what every backend must have seen: what permissions the first directory has is the system's matter.
    var comparableLines: [String]? {
        comparable.map { observations in
            Self.lines(
                observations.mapValues { observation in
                    var observation = observation
                    if observation.status?.kind == .directory { observation.status?.permissions = 0 }
                    return observation
                })
        }
    }

    private static func lines(_ observations: [Int: Observation]) -> [String] {
        observations.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.text)" }
    }

    /// A number that is the same for the same observations, whatever their order in time; nil when they need not be the same.
    var digest: UInt64? {
        comparableLines?.joined(separator: "\n").utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}

extension Observation {
    /// What was seen, in words that hold all of it.
    var text: String {
        if let error = IOError(encoded: result) { return "\(error.cause)" }
        var words = ["\(result)"]
        if !bytes.isEmpty {
            let digest = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
            words.append("\(bytes.count) bytes \(String(digest, radix: 16))")
        }
        if !names.isEmpty { words.append(names.map { "\($0.name) (\($0.kind))" }.joined(separator: " ")) }
        if let status {
            words.append("\(status.kind) size \(status.size) permissions \(String(status.permissions, radix: 8)) links \(status.linkCount)")
        }
        if isTruncated { words.append("truncated") }
        if isEnd { words.append("the end") }
        if handleCount > 0 { words.append("\(handleCount) handles") }
        if areHandlesTruncated { words.append("handles left out") }
        return words.joined(separator: ", ")
    }
}
