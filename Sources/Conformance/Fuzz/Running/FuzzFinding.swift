// A disagreement that random histories found, made small.

/// A history that shows what a backend does wrong.
public struct FuzzFinding: Sendable {
    /// What is wrong.
    public var disagreement: Disagreement
    /// The shrunk history.
    public var history: History
    /// The steps that the history had when it was found.
    public var originalSteps: Int
    /// The operations that were carried out until then.
    public var operationsBefore: Int
    /// How often the shrunk history failed, of so many attempts; 0 when it was never seen again, and therefore not shrunk.
    public var failures: Int
    public var attempts: Int
    /// Where the history was written for `--replay`.
    public var file: String?
}

extension FuzzFinding: Codable {
    private enum CodingKeys: CodingKey {
        case disagreement, history, originalSteps, operationsBefore, failures, attempts, file
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        disagreement = try values.decode(Disagreement.self, forKey: .disagreement)
        history = try History(parsing: values.decode(String.self, forKey: .history))
        originalSteps = try values.decode(Int.self, forKey: .originalSteps)
        operationsBefore = try values.decode(Int.self, forKey: .operationsBefore)
        failures = try values.decode(Int.self, forKey: .failures)
        attempts = try values.decode(Int.self, forKey: .attempts)
        file = try values.decodeIfPresent(String.self, forKey: .file)
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(disagreement, forKey: .disagreement)
        try values.encode(history.description, forKey: .history)
        try values.encode(originalSteps, forKey: .originalSteps)
        try values.encode(operationsBefore, forKey: .operationsBefore)
        try values.encode(failures, forKey: .failures)
        try values.encode(attempts, forKey: .attempts)
        try values.encodeIfPresent(file, forKey: .file)
    }
}
