// One deadline for many operations.

public import IOSpec

/// Puts every operation that `body` awaits, itself or in child tasks, under a deadline, on the clock of their loops.
///
/// An operation that is not over by then fails with `.timedOut`, as does every later one that would have to wait, so that what takes several of them ends in time as a whole.
/// Within another deadline the earlier one counts. What is begun there with `Task { }` is under it, too, and a detached task is not.
/// Closing, and what tidies up after a failure, is done in any case.
public nonisolated(nonsending) func withDeadline<Value, Failure: Error>(
    _ deadline: Instant, _ body: nonisolated(nonsending) () async throws(Failure) -> Value
) async throws(Failure) -> Value {
    let earlier = min(deadline, TaskDeadline.current)
    let result = await TaskDeadline.$current.withValue(earlier) { () async -> Result<Value, Failure> in
        do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
    }
    return try result.get()
}

extension EventLoop {
    /// As ``withDeadline(_:_:)``, with a deadline that comes after a time.
    public nonisolated(nonsending) func withTimeout<Value, Failure: Error>(
        _ timeout: Duration, _ body: nonisolated(nonsending) () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        try await withDeadline(present.advanced(by: timeout), body)
    }
}
