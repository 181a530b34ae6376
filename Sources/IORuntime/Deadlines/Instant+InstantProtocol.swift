// Instants as the standard library knows them.

public import IOSpec

// Here, and not where instants are declared: what compiles as Embedded Swift has no clocks.
extension Instant: InstantProtocol {
    /// The time from this instant to another, negative when that is earlier.
    public func duration(to other: Instant) -> Duration {
        let (difference, overflow) = other.nanoseconds.subtractingReportingOverflow(nanoseconds)
        if overflow { return .nanoseconds(other < self ? Int64.min : .max) }
        return .nanoseconds(difference)
    }
}
