// A point on the one clock of the specification: monotonic, in nanoseconds.

/// A point in time on the backend's monotonic clock.
///
/// The zero of the clock is arbitrary; only differences have a meaning. All arithmetic saturates, so that
/// a far future stays a far future (clause `time.far-future`).
public struct Instant: BitwiseCopyable, Hashable, Comparable, Sendable {
    /// Nanoseconds since the arbitrary zero of the clock.
    public let nanoseconds: Int64

    /// Makes the instant that lies `nanoseconds` after the zero of the clock.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Before every instant: a wait until then does not wait.
    public static var distantPast: Instant { Instant(nanoseconds: .min) }

    /// After every instant: no deadline, a wait without end.
    public static var never: Instant { Instant(nanoseconds: .max) }

    /// The instant `nanoseconds` later, or earlier when negative; saturates at both ends.
    public func advanced(byNanoseconds nanoseconds: Int64) -> Instant {
        let (sum, overflow) = self.nanoseconds.addingReportingOverflow(nanoseconds)
        if !overflow { return Instant(nanoseconds: sum) }
        return nanoseconds < 0 ? .distantPast : .never
    }

    /// The instant `duration` later, or earlier when negative; saturates at both ends.
    public func advanced(by duration: Duration) -> Instant {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .distantPast : .never }
        return advanced(byNanoseconds: whole).advanced(byNanoseconds: attoseconds / 1_000_000_000)
    }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}
