// The clock of a loop as the standard library knows clocks.

public import IOSpec

/// The clock that the deadlines and timers of a loop go by: the system's monotonic clock, or on a simulated backend the virtual one.
///
/// `Task.sleep(until:clock:)` waits by a timer of the loop's backend, without another thread.
public struct LoopClock: Clock {
    let loop: EventLoop

    /// The present. May be asked for from anywhere.
    public var now: Instant { loop.present }

    /// A nanosecond.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// Waits until the clock has reached an instant, and never less (clause `time.never-early`). A tolerance makes no difference.
    ///
    /// - Throws: `CancellationError` when the task is cancelled, else an ``IOFailure``: `.timedOut` under a deadline that comes first.
    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        do throws(IOFailure) { try await loop.sleep(until: deadline) } catch {
            throw error.cause == .cancelled ? CancellationError() : error
        }
    }
}

extension EventLoop {
    /// The loop's clock.
    public var clock: LoopClock { LoopClock(loop: self) }
}
