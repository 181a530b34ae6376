// Faults of completions, results, wakes and fairness.

import Glibc
import IOSpec
import Synchronization

enum CompletionSaboteurs {
    static let all: [Saboteur] = completions + results + progress

    private static let completions: [Saboteur] = [
        .backend("completion.delivered-twice", breaks: "completion.exactly-one", summary: "The third completion is delivered twice.") {
            fault in
            var count = 0
            fault.copies = { _, _ in
                count += 1
                return count == 3 ? 2 : 1
            }
        },
        .backend("completion.lost", breaks: "completion.exactly-one", summary: "Every fiftieth completion is lost.") { fault in
            var count = 0
            fault.copies = { _, _ in
                count += 1
                return count % 50 == 0 ? 0 : 1
            }
        },
        .backend(
            "completion.over-in-submit", breaks: "completion.not-from-submit",
            summary: "What finishes while it is submitted is not in flight any more."
        ) { fault in
            var instant = 0
            fault.submission = { submission in
                if submission.operation.kind == .nop { instant += 1 }
                return submission
            }
            fault.inFlight = { all, _ in max(0, all - instant) }
            fault.result = { operation, result in
                if operation.operation.kind == .nop { instant -= 1 }
                return result
            }
        },
        .backend(
            "completion.error-from-submit", breaks: "completion.own-error", summary: "Submit refuses an operation with a negative offset."
        ) { fault in
            fault.refuses = { submission, _ in submission.operation.offset.map { $0 < 0 } ?? false }
        },
        .backend(
            "completion.error-from-submit-of-stale", breaks: "completion.own-error",
            summary: "Submit refuses an operation on the invalid handle."
        ) { fault in
            fault.refuses = { submission, _ in submission.operation.handle == .invalid }
        },
        .backend(
            "completion.error-spreads", breaks: "completion.independent",
            summary: "What was submitted right after an operation that fails, fails too.", disagreement: 124
        ) { fault in
            var failed: Set<Int> = []
            fault.result = { operation, result in
                if result.isError(.badHandle) || result.isError(.invalidArgument) { failed.insert(operation.sequence) }
                return failed.contains(operation.sequence - 1) && result >= 0 ? IOError(.invalidArgument).encoded : result
            }
        },
        .kernel(
            "burst.overflow-vanishes", breaks: "completion.burst",
            summary: "Of more than 128 operations that are pending at once the later ones never complete."
        ) { fault in
            fault.holds = { started, pending in pending.count > 128 && started.operation.kind != .close }
        },
        .backend(
            "burst.full-for-ever", breaks: "completion.queue-full",
            summary: "After submit has said that the queue is full, it says so for ever."
        ) { fault in
            var isFull = false
            fault.refuses = { _, free in
                isFull = isFull || free == 0
                return isFull
            }
        },
        .backend(
            "burst.full-too-early", breaks: "completion.queue-full", summary: "Submit says that the queue is full with one slot free."
        ) { fault in
            fault.refuses = { _, free in free <= 1 }
        },
        .backend("completion.identity-reused", breaks: "completion.identity", summary: "An operation's identity is its slot alone.") {
            fault in
            fault.identity = { OperationID(slot: $0.slot, generation: 1) }
        },
        .kernel(
            "completion.interrupt-escapes", breaks: "completion.no-interrupt",
            summary: "A wait that ends early fails what is pending with the kernel's interrupted call."
        ) { fault in
            fault.disturbs = { outcome, isEarly in isEarly && outcome == .progressed }
            fault.result = { started, result in
                started.isDisturbed && result.isError(.cancelled) ? IOError(.other, detail: UInt16(EINTR)).encoded : result
            }
        },
        .backend("completion.order-reversed", breaks: "time.order", summary: "Completions that come together are delivered last first.") {
            fault in
            fault.order = { $0.reversed() }
        },
        .backend(
            "completion.more-announced", breaks: "completion.exactly-one", summary: "The completion of an accept announces another one."
        ) { fault in
            fault.order = { completions in
                completions.map { Completion(token: $0.token, result: $0.result, hasMore: $0.result > 1) }
            }
        },
    ]

    private static let results: [Saboteur] = [
        .backend(
            "result.kernel-number", breaks: "result.portable", summary: "A cancelled operation tells a number that only the kernel knows."
        ) { fault in
            fault.result = { _, result in result.isError(.cancelled) ? -512 : result }
        },
        .backend("result.native-number", breaks: "result.portable", summary: "A missing name is told as the native error number.") {
            fault in
            fault.result = { _, result in result.isError(.notFound) ? -ENOENT : result }
        },
        .backend("result.without-detail", breaks: "result.detail", summary: "Errors carry no native number.") { fault in
            fault.result = { _, result in IOError(encoded: result).map { IOError($0.cause).encoded } ?? result }
        },
        .backend(
            "result.empty-receive-waits", breaks: "result.zero-length",
            summary: "A receive of length 0 waits as long as another receive does."
        ) { fault in
            fault.holds = { operation, others in
                guard operation.operation.kind == .receive, operation.operation.region?.count == 0 else { return false }
                return others.contains { $0.operation.kind == .receive && $0.operation.handle == operation.operation.handle }
            }
        },
        .backend("result.empty-transfer-is-invalid", breaks: "result.zero-length", summary: "A transfer of length 0 is invalidArgument.") {
            fault in
            fault.result = { operation, result in
                operation.operation.region?.count == 0 && result == 0 ? IOError(.invalidArgument).encoded : result
            }
        },
        .backend(
            "result.long-transfer-allowed", breaks: "result.transfer-limit",
            summary: "A transfer of one byte too many is a transfer of the limit that fails in the kernel."
        ) { fault in
            fault.result = { operation, result in
                (operation.operation.region?.count ?? 0) > Limits.maximumTransfer
                    ? result.replacing(.invalidArgument, with: .other) : result
            }
        },
    ]

    private static let progress: [Saboteur] = [
        .kernel(
            "completion.busy-starves-waiting", breaks: "completion.fair",
            summary: "A turn that must not wait does not ask the kernel, so that a flood of completions starves what waits."
        ) { fault in
            fault.asks = { $0 != .distantPast }
        },
        .kernel(
            "completion.blocked-opens-fill-workers", breaks: "completion.bounded-progress",
            summary: "While four opens are blocked nothing else that needs a worker goes on.", disagreement: 138
        ) { fault in
            fault.holds = { started, pending in
                guard case .file = started.operation else { return false }
                return pending.values.count { $0.operation.kind == .open && !$0.isHeld } >= 4
            }
        },
        .kernel(
            "completion.waiters-are-few", breaks: "completion.bounded-progress", summary: "Beyond a thousand opens that wait none is begun."
        ) { fault in
            fault.answer = { operation, _, pending in
                guard operation.kind == .open, pending.count > 1000 else { return nil }
                return .finished(IOError(.outOfResources).encoded)
            }
        },
        .backend("wake.lost", breaks: "wake.not-lost", summary: "Every third wake is lost.", disagreement: 135) { fault in
            let count = WakeCount()
            fault.wakes = { count.next() % 3 != 0 }
        },
        .kernel("wake.while-busy-lost", breaks: "wake.not-lost", summary: "Every second wake is not told.") { fault in
            var count = 0
            fault.outcome = { outcome in
                guard outcome == .woken else { return outcome }
                count += 1
                return count % 2 == 0 ? .progressed : .woken
            }
        },
        .kernel("wake.ends-operations", breaks: "wake.empty", summary: "A wake ends what is pending, with an error.") { fault in
            fault.disturbs = { outcome, _ in outcome == .woken }
            // As a cancellation that nobody asked for it would not be seen: the engine lets the operation go on.
            fault.result = { _, result in IOError(encoded: result)?.cause == .cancelled ? IOError(.timedOut).encoded : result }
        },
    ]
}

/// Counts wakes, from any thread.
private final class WakeCount: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
