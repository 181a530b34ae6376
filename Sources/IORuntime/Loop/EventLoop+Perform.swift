// Awaiting operations.

import IOSpec

extension EventLoop {
    /// Carries an operation out, and returns when it is over: what was lent to it is the caller's again, also after a cancellation.
    ///
    /// On the loop's thread nothing is allocated.
    nonisolated(nonsending) func perform(_ operation: Operation, deadline: Instant = .never) async -> Outcome {
        let submission = Submission(operation, deadline: deadline)
        if !isCurrent { return await performFromElsewhere(submission) }
        if operation.mayWaitForOthers { return await performCancellably(submission) }
        if Task.isCancelled, operation.isRefusedWhenCancelled { return .failed(.cancelled) }
        return await suspend { begin(submission, $0) }
    }

    private nonisolated(nonsending) func performCancellably(_ submission: Submission) async -> Outcome {
        let ticket = takeTicket()
        // A task that runs here goes on here.
        defer { giveTicket(ticket) }
        return await withTaskCancellationHandler {
            await suspend { begin(submission, $0, ticket) }
        } onCancel: {
            cancel(ticket)
        }
    }

    /// From any thread: whoever cancels a task does.
    private func cancel(_ ticket: Ticket) {
        if isCurrent { cancelHere(ticket) } else { _ = send(.cancel(ticket)) }
    }

    private nonisolated(nonsending) func performFromElsewhere(_ submission: Submission) async -> Outcome {
        let ticket = takeForeignTicket()
        if Task.isCancelled, submission.operation.isRefusedWhenCancelled { return .failed(.cancelled) }
        return await withTaskCancellationHandler {
            await suspend { resumption in
                if !send(.operation(submission, resumption, ticket)) { return resumption.resume(.failed(.badHandle)) }
                // A cancellation that came before the loop had heard of the operation found nothing to cancel.
                if Task.isCancelled { _ = send(.cancelForeign(ticket)) }
            }
        } onCancel: {
            _ = send(.cancelForeign(ticket))
        }
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

extension Operation {
    /// Whether a task that is cancelled already does not do it any more. Closing is done in any case.
    fileprivate var isRefusedWhenCancelled: Bool {
        if case .control(.close) = self { return false }
        return true
    }
}
