// What a backend says of itself, as data.

public import IOSpec

/// Whether a backend can be had here, and what it is like.
public struct BackendReport: Codable, Sendable {
    /// A feature that was probed for.
    public struct Feature: Codable, Sendable {
        /// The kernel's name for it.
        public var name: String
        /// Whether it is in use.
        public var present: Bool
    }

    /// The name by which people choose it.
    public var name: String
    /// Whether it could be set up.
    public var available: Bool
    /// The kind of reason why not.
    public var reason: String?
    /// Why not, and what to do, as one sentence.
    public var explanation: String?
    /// What it claims.
    public var capabilities: [String] = []
    /// What it probed for.
    public var features: [Feature] = []
    /// How it carries out each operation.
    public var mechanisms: [String: String] = [:]

    /// Sets a backend up and down again, and writes down what it says.
    public init(probing factory: BackendFactory, configuration: BackendConfiguration = BackendConfiguration(operations: 64, handles: 64)) {
        name = factory.name
        do throws(Unavailability) {
            var backend = try factory.make(configuration)
            available = true
            let claimed = backend.capabilities
            capabilities = Capabilities.named.filter { claimed.contains($0.capability) }.map(\.name)
            features = backend.features.map { Feature(name: $0.name, present: $0.isPresent) }
            for kind in OperationKind.allCases { mechanisms["\(kind)"] = "\(backend.mechanismInPlace(of: kind))" }
        } catch {
            available = false
            reason = "\(error.reason)"
            explanation = error.sentence
        }
    }

    /// A backend whose probing crashed or hung, or could not be done.
    init(name: String, failed verdict: Verdict, _ text: String) {
        self.name = name
        available = false
        reason = verdict.rawValue
        explanation = text
    }

    /// A backend that cannot be put into the surroundings of a mode.
    init(name: String, withheldBy skip: Skip) {
        self.name = name
        available = false
        reason = Self.withheld
        explanation = skip.description
    }

    private static var withheld: String { "mode" }

    /// Whether it is the surroundings that cannot be had, and not the backend.
    var isWithheld: Bool { reason == Self.withheld }

    /// Whether it is at fault, and not merely absent.
    var isFaulty: Bool { reason == Verdict.crash.rawValue || reason == Verdict.timeout.rawValue }

    /// Whether the suite could not do its part.
    var isBroken: Bool { reason == Verdict.broken.rawValue }
}
