// Operations that wait for the clock.

/// Timers.
public enum TimeOperation: BitwiseCopyable, Hashable, Sendable {
    /// Completes with 0 once the clock has reached the instant, and never before (clauses `time.never-early`, `time.past-fires`,
    /// `time.far-future`, `time.order`).
    case timer(Instant)
}
