// Time, as a loop's backend tells it.

public import IOSpec

extension EventLoop {
    /// Waits until the clock has reached an instant, and never less (clause `time.never-early`).
    public nonisolated(nonsending) func sleep(until instant: Instant) async throws(IOFailure) {
        let outcome = await perform(.time(.timer(instant)))
        if outcome.result < 0 { throw IOFailure(outcome.error, .timer) }
    }

    /// Waits for a time.
    public nonisolated(nonsending) func sleep(for duration: Duration) async throws(IOFailure) {
        try await sleep(until: await now.advanced(by: duration))
    }

    /// The present on the backend's clock.
    public nonisolated(nonsending) var now: Instant {
        get async { present }
    }

    /// The operations that the backend has and has not told the end of.
    public nonisolated(nonsending) var inFlight: Int {
        get async {
            if isCurrent { return driver.inFlight }
            return (try? await withDriver { driver throws(IOError) in driver.inFlight }) ?? 0
        }
    }

    /// Nothing, through the kernel and back (clause `completion.nop`).
    public nonisolated(nonsending) func nop() async throws(IOFailure) {
        let outcome = await perform(.control(.nop))
        if outcome.result < 0 { throw IOFailure(outcome.error, .nop) }
    }

    /// Closes a handle that nobody has any more.
    func closeLater(_ handle: Handle) {
        let close = Submission(.control(.close(handle)))
        if isCurrent { begin(close, Waiter()) } else { _ = send(.close(handle)) }
    }
}
