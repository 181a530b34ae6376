// Awaiting operations.

import IOSpec

extension EventLoop {
    /// Carries an operation out, and returns when it is over: what was lent to it is the caller's again, also after a cancellation. It is under the deadline of the task, too,
    /// if cancellation is heeded.
    ///
    /// On the loop's thread nothing is allocated.
    nonisolated(nonsending) func perform(
        _ operation: Operation, deadline: Instant = .never, cancellation: CancellationRule = .heeded
    ) async -> Outcome {
        if cancellation == .heeded, Task.isCancelled { return .failed(.cancelled) }
        let limit = cancellation == .heeded ? min(deadline, TaskDeadline.current) : deadline
        let submission = Submission(operation, deadline: limit)
        let waiter = Waiter(makesHandle: operation.makesHandle, mayWait: operation.mayWaitForOthers)
        if waiter.mayWait, cancellation == .heeded { return await performCancellably(submission, waiter) }
        return await suspend { start(submission, waiter, $0) }
    }

    private nonisolated(nonsending) func performCancellably(_ submission: Submission, _ waiter: Waiter) async -> Outcome {
        if !isCurrent { return await performFromElsewhere(submission, waiter) }
        var waiter = waiter
        let ticket = takeTicket()
        waiter.ticket = ticket
        return await withTaskCancellationHandler {
            await suspend { start(submission, waiter, $0) }
        } onCancel: {
            cancel(ticket)
        }
    }

    private nonisolated(nonsending) func performFromElsewhere(_ submission: Submission, _ waiter: Waiter) async -> Outcome {
        var waiter = waiter
        let ticket = takeForeignTicket()
        waiter.foreign = ticket
        return await withTaskCancellationHandler {
            await suspend {
                start(submission, waiter, $0)
                // A cancellation that came before the loop had heard of the operation found nothing to cancel.
                if Task.isCancelled { _ = send(.cancelForeign(ticket)) }
            }
        } onCancel: {
            _ = send(.cancelForeign(ticket))
        }
    }

    /// Begins an operation from any thread.
    private func start(_ submission: Submission, _ waiter: Waiter, _ resumption: Resumption) {
        var waiter = waiter
        waiter.resumption = resumption
        if isCurrent { return begin(submission, waiter) }
        if !send(.operation(submission, waiter)) { resumption.resume(.failed(.badHandle)) }
    }

    /// From any thread: whoever cancels a task does.
    private func cancel(_ ticket: Ticket) {
        if isCurrent { cancelHere(ticket) } else { _ = send(.cancel(ticket)) }
    }

    /// Does something with the backend on the loop's thread.
    nonisolated(nonsending) func withDriver<Value: Sendable>(
        _ body: @escaping @Sendable (LoopDriver) throws(IOError) -> Value
    ) async throws(IOError) -> Value {
        if isCurrent { return try body(driver) }
        let result: Result<Value, IOError> = await withCheckedContinuation { continuation in
            let isSent = send(
                .perform { driver in
                    do throws(IOError) { continuation.resume(returning: .success(try body(driver))) } catch {
                        continuation.resume(returning: .failure(error))
                    }
                })
            if !isSent { continuation.resume(returning: .failure(IOError(.badHandle))) }
        }
        return try result.get()
    }
}

/// Waits until a resumption is used that `body` has handed on.
private nonisolated(nonsending) func suspend(_ body: (Resumption) -> Void) async -> Outcome {
    await unsafe withUnsafeContinuation { unsafe body(Resumption($0)) }
}
