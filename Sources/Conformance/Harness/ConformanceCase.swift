// One proof: a body that drives a fresh backend, and the clauses that it proves.

public import IOSpec

/// A case of the suite, as data with one closure.
public struct ConformanceCase: Sendable, Identifiable, CustomStringConvertible {
    /// How often a body repeats what it proves.
    public enum Kind: Hashable, Sendable {
        /// Once is enough.
        case deterministic
        /// ``CaseContext/iterations`` times, each with another stretch of the case's random numbers.
        case stochastic(iterations: Int)
    }

    /// Which process a case may share.
    public enum Isolation: String, Sendable {
        /// May run after other cases in one process.
        case inProcess
        /// Changes the process it runs in, or may end it: signals, limits, denied system calls.
        case childProcess
    }

    /// What drives the backend; it proves its clauses by returning, and disproves them by throwing.
    public typealias Body = @Sendable (CaseContext) throws -> Void

    /// A stable name, `area.what`.
    public let id: String
    /// The ids of the clauses that the case proves, at least one.
    public let clauses: [String]
    /// What is proved, as a sentence, where the id does not say it.
    public let title: String?
    /// How binding the case is; a failure of less than `must` is reported and does not fail a run.
    public let level: Clause.Level
    /// How often the body repeats what it proves.
    public let kind: Kind
    /// What the backend must be capable of; otherwise the case is skipped with that reason.
    public let requires: Capabilities
    /// What its surroundings must have; it is left out in the modes that take that away.
    public let needs: Set<CaseNeed>
    /// Which process it may share.
    public let isolation: Isolation
    /// The most time that it may take, in seconds.
    public internal(set) var timeLimit: Double
    /// How the backend is set up.
    public let configuration: BackendConfiguration
    /// What drives the backend.
    public let body: Body
    /// How long the case does little but wait, in seconds. A case that waits long is begun first and takes no other case's place; it needs
    /// a process of its own.
    public private(set) var idleSeconds: Double = 0
    /// Whether the case leaves threads of the language's own pool behind, which outlive it, so that nothing that is left can be judged.
    public private(set) var leavesThreadPool = false
    /// What changes the process before the backend is made; only for cases with a process of their own.
    public private(set) var preparation: (@Sendable () throws -> Void)?

    /// A case `id` that proves `clauses`.
    public init(
        _ id: String,
        proves clauses: String...,
        title: String? = nil,
        level: Clause.Level = .must,
        kind: Kind = .deterministic,
        requires: Capabilities = [],
        needs: Set<CaseNeed> = [],
        isolation: Isolation = .inProcess,
        timeLimit: Double = 10,
        configuration: BackendConfiguration = BackendConfiguration(operations: 512, handles: 1024),
        body: @escaping Body
    ) {
        self.id = id
        self.clauses = clauses
        self.title = title
        self.level = level
        self.kind = kind
        self.requires = requires
        self.needs = needs
        self.isolation = isolation
        self.timeLimit = timeLimit
        self.configuration = configuration
        self.body = body
    }

    /// The same case with another time limit, in seconds.
    func limited(to seconds: Double) -> ConformanceCase {
        var limited = self
        limited.timeLimit = seconds
        return limited
    }

    /// The same case, which does little but wait for so many seconds.
    func idling(for seconds: Double) -> ConformanceCase {
        var idling = self
        idling.idleSeconds = seconds
        return idling
    }

    /// The same case, which uses the language's own thread pool.
    func leavingThreadPool() -> ConformanceCase {
        var leaving = self
        leaving.leavesThreadPool = true
        return leaving
    }

    /// The same case in a process that was changed before the backend was made; a backend that then says what is missing is left out.
    func prepared(by preparation: @escaping @Sendable () throws -> Void) -> ConformanceCase {
        var prepared = self
        prepared.preparation = preparation
        return prepared
    }

    /// The part of the id before the dot.
    public var area: String { String(id.prefix { $0 != "." }) }

    public var description: String { title.map { "\(id): \($0)" } ?? id }
}
