// Cases that share a child process, one after the other.

/// Work for one child.
struct CaseBatch: Sendable {
    var backend: String
    var mode = AmbientMode.default
    var saboteur: String?
    /// Whether the saboteur, if there is one, does anything wrong.
    var breaksRules = true
    var cases: [ConformanceCase]
    var stopsAtFailure = false

    /// How long the child does little but wait, at most.
    var idleSeconds: Double { cases.map(\.idleSeconds).max() ?? 0 }

    /// Whether the child only tells what the backend is like.
    var isProbe: Bool { cases.isEmpty }

    /// The cases in batches: those that need a process of their own alone, the others together.
    static func batches(of cases: [ConformanceCase], on backend: String, in mode: AmbientMode, size: Int) -> [CaseBatch] {
        let shared = cases.filter { $0.isolation == .inProcess }
        let own = cases.filter { $0.isolation == .childProcess }
        let starts = stride(from: 0, to: shared.count, by: size)
        return starts.map { CaseBatch(backend: backend, mode: mode, cases: Array(shared[$0..<min($0 + size, shared.count)])) }
            + own.map { CaseBatch(backend: backend, mode: mode, cases: [$0]) }
    }
}
