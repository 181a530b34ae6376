// Faults of cancelling, deadlines and timers.

import IOSpec

enum CancelSaboteurs {
    static let all: [Saboteur] = cancelling + timers + deadlines

    private static let cancelling: [Saboteur] = [
        .backend(
            "cancel.completes-itself", breaks: "cancel.request", summary: "A request to cancel has a completion of its own.",
            disagreement: 98
        ) { fault in
            fault.cancelling = { $0 == nil ? .passedOn : .completed }
        },
        .kernel("cancel.does-nothing", breaks: "cancel.prompt", summary: "A receive that waits cannot be cancelled.", disagreement: 98) {
            fault in
            fault.stopDelay = { $0.operation.kind == .receive ? 3000 * NativeFault.millisecond : 0 }
        },
        .kernel("cancel.accept-goes-on", breaks: "cancel.prompt", summary: "An accept that waits cannot be cancelled.") { fault in
            fault.stopDelay = { $0.operation.kind == .accept ? 3000 * NativeFault.millisecond : 0 }
        },
        .backend(
            "cancel.of-finished-hits-another", breaks: "cancel.harmless",
            summary: "Cancelling what is over cancels the oldest operation in flight.", disagreement: 99
        ) { fault in
            fault.cancelling = { $0 == nil ? .misdirected : .passedOn }
        },
        .backend("cancel.repeated-hits-another", breaks: "cancel.harmless", summary: "Cancelling twice cancels another operation.") {
            fault in
            var seen: Set<OperationID> = []
            fault.cancelling = { operation in
                guard let operation else { return .passedOn }
                return seen.insert(operation.identity).inserted ? .passedOn : .misdirected
            }
        },
        .backend(
            "cancel.receive-still-consumes", breaks: "cancel.race", "stream.conservation", "cancel.before-start",
            "buffer.owned-until-completion", summary: "A cancelled receive goes on behind the program's back, and takes bytes.",
            disagreement: 100
        ) { fault in
            fault.cancelling = { $0?.operation.kind == .receive ? .pretended : .passedOn }
        },
        .backend(
            "cancel.send-still-happens", breaks: "cancel.before-start",
            summary: "A send that was cancelled while it waited for its turn goes out.", disagreement: 97
        ) { fault in
            fault.cancelling = { $0?.operation.kind == .send ? .pretended : .passedOn }
        },
        .kernel(
            "cancel.result-loses", breaks: "cancel.result-wins", "cancel.race", summary: "What could complete without waiting is cancelled."
        ) { fault in
            fault.result = { started, result in
                started.operation.kind == .receive && started.isStopped ? IOError(.cancelled).encoded : result
            }
        },
        .backend(
            "cancel.ready-is-cancelled", breaks: "cancel.result-wins",
            summary: "What was ready when it was cancelled tells that it was cancelled."
        ) { fault in
            fault.result = { operation, result in operation.isCancelled ? IOError(.cancelled).encoded : result }
        },
        .backend(
            "cancel.partial-is-whole", breaks: "cancel.partial", summary: "A send that is cancelled half-way tells that it was cancelled."
        ) { fault in
            fault.result = { operation, result in
                operation.isCancelled && operation.operation.kind == .send && result >= 0 ? IOError(.cancelled).encoded : result
            }
        },
        .backend(
            "buffer.written-after-completion", breaks: "buffer.owned-until-completion",
            summary: "The buffer of a receive that was ended early is written after its completion.", disagreement: 101
        ) { fault in
            var late: [MemoryRegion] = []
            fault.result = { operation, result in
                let isEnded = result.isError(.cancelled) || result.isError(.timedOut)
                if operation.operation.kind == .receive, isEnded, let region = operation.operation.region { late.append(region) }
                return result
            }
            fault.beforeReaping = {
                for region in late { region.overwrite(from: 0, count: 1, with: 0x5A) }
                late.removeAll()
            }
        },
    ]

    private static let timers: [Saboteur] = [
        .backend("time.early", breaks: "time.never-early", summary: "A timer fires up to a millisecond early.", disagreement: 113) {
            fault in
            fault.submission = { submission in
                guard case .time(.timer(let instant)) = submission.operation else { return submission }
                return submission.with(.time(.timer(instant.advanced(byNanoseconds: -NativeFault.millisecond))))
            }
        },
        .backend("time.past-is-invalid", breaks: "time.past-fires", summary: "A timer in the far past is invalidArgument.") { fault in
            fault.result = { operation, result in
                guard case .time(.timer(let instant)) = operation.operation, instant.nanoseconds <= 0 else { return result }
                return result == 0 ? IOError(.invalidArgument).encoded : result
            }
        },
        .backend("time.past-never-fires", breaks: "time.past-fires", summary: "A timer in the past fires when another operation completes.")
        { fault in
            fault.submission = { submission in
                guard case .time(.timer(let instant)) = submission.operation, instant.nanoseconds <= 0 else { return submission }
                return submission.with(.time(.timer(.never)))
            }
        },
        .backend("time.seconds-overflow", breaks: "time.far-future", summary: "A timer beyond the year 2200 fires at once.") { fault in
            fault.submission = { submission in
                guard case .time(.timer(let instant)) = submission.operation, instant.nanoseconds > .max / 2 else { return submission }
                return submission.with(.time(.timer(.distantPast)))
            }
        },
    ]

    private static let deadlines: [Saboteur] = [
        .backend("time.timed-out-is-cancelled", breaks: "time.deadline", summary: "An operation that waits past its deadline is cancelled.")
        { fault in
            fault.result = { _, result in result.replacing(.timedOut, with: .cancelled) }
        },
        .backend("time.deadline-ignored", breaks: "time.deadline", summary: "The deadline of a receive is ignored.") { fault in
            fault.submission = { submission in
                submission.operation.kind == .receive ? Submission(submission.operation, isBarrier: submission.isBarrier) : submission
            }
        },
        .backend(
            "time.late-is-timed-out", breaks: "time.result-wins", summary: "A result that came after the deadline is timedOut.",
            disagreement: 117
        ) { fault in
            fault.result = { operation, result in operation.isLate && result >= 0 ? IOError(.timedOut).encoded : result }
        },
        .backend("time.partial-is-timed-out", breaks: "time.partial", summary: "A send that meets its deadline half-way is timedOut.") {
            fault in
            fault.result = { operation, result in
                operation.isLate && operation.operation.kind == .send && result >= 0 ? IOError(.timedOut).encoded : result
            }
        },
        .backend(
            "time.deadline-loses-bytes", breaks: "time.deadline-race",
            summary: "A receive whose bytes came, but whose deadline has passed by then, is timedOut and loses them."
        ) { fault in
            fault.result = { operation, result in
                operation.isLate && operation.operation.kind == .receive && result > 0 ? IOError(.timedOut).encoded : result
            }
        },
        .backend(
            "time.late-file-is-cancelled", breaks: "time.uninterruptible",
            summary: "A file operation whose deadline has passed is cancelled."
        ) { fault in
            fault.result = { operation, result in
                guard case .file = operation.operation, operation.isLate else { return result }
                return IOError(.cancelled).encoded
            }
        },
    ]
}
