// Faults of waiting for readiness and processes, of foreign handles, and of splicing.

import CLinuxIO
import Glibc
import IOEngine
import IOSpec

enum WatchSaboteurs {
    static let all: [Saboteur] = readiness + lasting + others + splicing

    private static let readiness: [Saboteur] = [
        .kernel("readiness.tells-what-was-asked", breaks: "readiness.once", summary: "Whatever was asked for is told to be ready.") {
            fault in
            fault.result = changingReadiness { $0.union($1) }
        },
        .kernel("readiness.hides-hang-ups", breaks: "readiness.unasked", summary: "Failures and hang-ups are told as no readiness at all.")
        { fault in
            fault.result = changingReadiness { told, _ in told.subtracting([.failed, .hangUp]) }
        },
        .kernel("readiness.hides-end", breaks: "readiness.peer-finished", summary: "That the peer has finished is not told.") { fault in
            fault.result = changingReadiness { told, _ in told.subtracting(.peerFinished) }
        },
        .kernel("readiness.refuses-files", breaks: "readiness.files", summary: "What the kernel does not watch is refused.") { fault in
            fault.answer = { operation, handle, _ in
                guard case .watch = operation, linuxio_file_type(handle.number) == S_IFREG else { return nil }
                return .finished(result: IOError(.permissionDenied).encoded, made: .file)
            }
        },
        .kernel("readiness.one-watcher", breaks: "readiness.many", summary: "The second wait for a handle is refused as busy.") { fault in
            fault.answer = { operation, handle, pending in
                guard operation.kind == .readiness else { return nil }
                let isWatched = pending.values.contains { $0.operation.kind == .readiness && $0.handle.number == handle.number }
                return isWatched ? .finished(result: IOError(.busy).encoded, made: .file) : nil
            }
        },
        .kernel(
            "readiness.cancelled-is-none", breaks: "readiness.ends",
            summary: "A wait that was ended tells that the handle is ready in no way."
        ) {
            fault in
            fault.result = { started, result in started.isReadiness && started.isStopped && result.isError(.cancelled) ? 0 : result }
        },
    ]

    private static let lasting: [Saboteur] = [
        .kernel("readiness.spins", breaks: "readiness.idle", summary: "While a multishot wait is pending the processor is kept busy.") {
            fault in
            fault.deadline = { deadline, pending in
                pending.values.contains { $0.operation.kind == .readinessMultishot } ? .distantPast : deadline
            }
        },
        .backend("readiness.told-only-once", breaks: "readiness.multishot", summary: "A multishot wait tells nothing after its first time.")
        { fault in
            var told: Set<OperationID> = []
            fault.copies = { operation, result in
                guard operation.operation.kind == .readinessMultishot, result >= 0 else { return 1 }
                return told.insert(operation.identity).inserted ? 1 : 0
            }
        },
        .backend(
            "readiness.cancel-drops-news", breaks: "readiness.ends",
            summary: "What a multishot wait found before it was cancelled is not told."
        ) { fault in
            fault.copies = { operation, result in
                operation.operation.kind == .readinessMultishot && operation.isCancelled && result >= 0 ? 0 : 1
            }
        },
        .kernel(
            "readiness.of-nothing-is-none", breaks: "readiness.files",
            summary: "A wait for what a file can never be ready for tells that it is ready in no way."
        ) { fault in
            fault.result = { started, result in started.isReadiness && result.isError(.unsupported) ? 0 : result }
        },
        .backend(
            "readiness.loses-later", breaks: "readiness.not-lost",
            summary: "Of what a multishot wait has to tell, every second time is lost."
        ) { fault in
            var counts: [OperationID: Int] = [:]
            fault.copies = { operation, result in
                guard operation.operation.kind == .readinessMultishot, result >= 0 else { return 1 }
                counts[operation.identity, default: 0] += 1
                return (counts[operation.identity] ?? 0) % 2
            }
        },
    ]

    private static let others: [Saboteur] = [
        .kernel("foreign.missing-is-not-found", breaks: "foreign.acquire", summary: "A number that refers to nothing is notFound.") {
            fault in
            fault.acquisitionError = { $0.cause == .badHandle ? IOError(.notFound) : $0 }
        },
        .kernel("foreign.made-non-blocking", breaks: "foreign.own", summary: "What a foreign number refers to is made non-blocking.") {
            fault in
            fault.acquired = { handle in
                if handle.kind == .foreign { _ = linuxio_set_nonblocking(handle.number, 1) }
                return handle
            }
        },
        .kernel("foreign.only-pipes", breaks: "foreign.readiness", summary: "What is neither a pipe nor a file is never ready.") { fault in
            fault.result = { started, result in
                guard started.isReadiness, started.handle.kind == .foreign, result >= 0 else { return result }
                let type = mode_t(linuxio_file_type(started.handle.number))
                return [S_IFIFO, S_IFREG, S_IFDIR].contains(type) ? result : 0
            }
        },
        .kernel("process.signal-is-code", breaks: "process.end", summary: "The number of a signal is told as an exit code.") { fault in
            fault.result = { started, result in started.operation.kind == .processEnd && result >= 256 ? result - 256 : result }
        },
        .kernel(
            "process.told-twice", breaks: "process.end-once",
            summary: "The end of a process that was told before is told as an exit with 0."
        ) {
            fault in
            fault.result = { started, result in started.operation.kind == .processEnd && result.isError(.notFound) ? 0 : result }
        },
        .kernel("process.stranger-is-denied", breaks: "process.child", summary: "Acquiring a process that is no child is permissionDenied.")
        { fault in
            fault.acquisitionError = { $0.cause == .notFound ? IOError(.permissionDenied) : $0 }
        },
    ]

    private static let splicing: [Saboteur] = [
        .kernel("splice.ignores-offset", breaks: "splice.moves", summary: "A splice begins at the start of its file.") { fault in
            fault.start = { operation, handle in (operation.splicing { count, _ in (count, 0) }, handle) }
        },
        .kernel("splice.waits-for-all", breaks: "splice.moves", summary: "A splice waits until it has moved all that was asked.") { fault in
            fault.again = { started, result in
                guard case .stream(.splice(_, _, let count, _)) = started.operation, result > 0, !started.isStopped else { return nil }
                let moved = Int(started.moved + result)
                return moved < count ? started.operation.splicing { ($0 - moved, $1 == 0 ? 0 : $1 + Int64(moved)) } : nil
            }
            fault.result = { started, result in
                started.operation.kind == .splice && (result >= 0 || started.moved > 0) ? started.moved + max(0, result) : result
            }
        },
        .kernel("splice.tells-too-little", breaks: "splice.conserves", summary: "A splice of more than 16 bytes tells one less.") { fault in
            fault.result = { started, result in started.operation.kind == .splice && result > 16 ? result - 1 : result }
        },
        .engine(
            "splice.overtaken", breaks: "splice.order", summary: "Of what waits behind another operation, the last goes first.",
            faults: .lastInFirstOut),
        .kernel("splice.spins", breaks: "splice.waits", summary: "While a splice is pending the processor is kept busy.") { fault in
            fault.deadline = { deadline, pending in pending.values.contains { $0.operation.kind == .splice } ? .distantPast : deadline }
        },
        .kernel("splice.cannot-be-cancelled", breaks: "splice.waits", summary: "A splice that waits cannot be cancelled.") { fault in
            fault.stopDelay = { $0.operation.kind == .splice ? 3000 * NativeFault.millisecond : 0 }
        },
        .backend("splice.refusal-is-unsupported", breaks: "splice.refused", summary: "A splice without a pipe is unsupported.") { fault in
            fault.result = { operation, result in
                operation.operation.kind == .splice ? result.replacing(.wrongKind, with: .unsupported) : result
            }
        },
        .kernel("splice.broken-raises-signal", breaks: "splice.broken", summary: "Splicing to a peer that is gone raises SIGPIPE.") {
            fault in
            fault.result = { started, result in
                if started.operation.kind == .splice, result.isError(.brokenPipe) { NativeFault.raise(SIGPIPE) }
                return result
            }
        },
    ]

    private static func changingReadiness(_ change: @escaping (_ told: Readiness, _ asked: Readiness) -> Readiness) -> (
        StartedOperation, Int32
    ) -> Int32 {
        { started, result in
            guard result >= 0, let asked = started.asked else { return result }
            return Int32(change(Readiness(rawValue: UInt8(truncatingIfNeeded: result)), asked).rawValue)
        }
    }
}

extension StartedOperation {
    fileprivate var isReadiness: Bool { asked != nil }

    /// What a wait for readiness asks for; nil for any other operation.
    fileprivate var asked: Readiness? {
        switch operation {
        case .watch(.readiness(_, let asked)), .watch(.readinessMultishot(_, let asked)): asked
        default: nil
        }
    }
}

extension Operation {
    /// A splice of another count at another offset; unchanged when it is none.
    fileprivate func splicing(_ change: (Int, Int64) -> (Int, Int64)) -> Operation {
        guard case .stream(.splice(let source, let target, let count, let offset)) = self else { return self }
        let (newCount, newOffset) = change(count, offset)
        return .stream(.splice(from: source, to: target, count: newCount, at: newOffset))
    }
}
