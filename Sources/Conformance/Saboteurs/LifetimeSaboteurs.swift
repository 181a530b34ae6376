// Faults of chains, barriers, setting up and ending.

import Glibc
import IOSpec
import Synchronization

enum LifetimeSaboteurs {
    static let all: [Saboteur] = chains + ending + availability

    private static let chains: [Saboteur] = [
        .backend("chain.timer-is-failure", breaks: "chain.timer", summary: "A timer that fires breaks its chain.") { fault in
            fault.cancelledMembers = { members in
                let timer = members.firstIndex { $0.operation.kind == .timer }
                return timer.map { Array($0 + 1..<members.count) } ?? []
            }
        },
        .backend("chain.holds-back-others", breaks: "chain.independent", summary: "What is not in a chain waits for it.") { fault in
            fault.holds = { operation, others in !operation.isMember && others.contains { $0.isMember && $0.sequence < operation.sequence }
            }
        },
        .backend("chain.not-longer-than-queue", breaks: "chain.whole", summary: "A chain of more than eight members is cancelled.") {
            fault in
            fault.cancelledMembers = { $0.count > 8 ? Array($0.indices) : [] }
        },
        .backend(
            "chain.cancel-reaches-back", breaks: "chain.cancel",
            summary: "Cancelling a member of a chain cancels the oldest operation in flight."
        ) { fault in
            fault.cancelling = { $0?.isMember == true ? .misdirected : .passedOn }
        },
        .backend("barrier.failure-spreads", breaks: "barrier.failure", summary: "What comes after a barrier that failed is cancelled.") {
            fault in
            var failed: Int?
            fault.result = { operation, result in
                if operation.submission.isBarrier, result < 0 { failed = operation.sequence }
                return failed.map { $0 < operation.sequence } ?? false ? IOError(.cancelled).encoded : result
            }
        },
    ]

    private static let ending: [Saboteur] = [
        .backend("shutdown.completes-twice", breaks: "shutdown.terminal", summary: "What is cancelled completes twice.") { fault in
            fault.copies = { operation, result in result.isError(.cancelled) && !operation.isCancelled ? 2 : 1 }
        },
        .backend(
            "shutdown.reports-success", breaks: "shutdown.terminal", "shutdown.refuses",
            summary: "What shutting down cancels succeeds with 0."
        ) { fault in
            fault.result = { operation, result in result.isError(.cancelled) && !operation.isCancelled ? 0 : result }
        },
        .kernel(
            "shutdown.leaks-descriptor", breaks: "shutdown.releases", summary: "Each backend leaves a descriptor open.", disagreement: 127
        ) { fault in
            fault.begin = { NativeFault.leak(STDERR_FILENO) }
        },
        .kernel("shutdown.leaks-thread", breaks: "shutdown.releases", summary: "Each backend leaves a thread running.") { fault in
            fault.begin = { NativeFault.leakThread() }
        },
        .kernel(
            "process.fork-spoils-operations", breaks: "process.fork-parent", summary: "Once the process has forked, every operation fails."
        ) { fault in
            var forks = 0
            fault.begin = { forks = ForkCount.current }
            fault.result = { _, result in ForkCount.current > forks ? IOError(.other).encoded : result }
        },
        .backend("shutdown.ends-others", breaks: "shutdown.many", summary: "The end of one backend shuts down every other.") { fault in
            let before = BackendEnds.count
            fault.end = { BackendEnds.note() }
            fault.shutsDown = { BackendEnds.count != before }
        },
        .kernel(
            "process.ignores-children", breaks: "process.spawn", summary: "The end of a child process is hidden from its parent."
        ) { fault in
            fault.begin = { NativeFault.ignoreChildren() }
        },
        .kernel(
            "process.descriptors-inherited", breaks: "process.spawn", "handle.close-on-exec", summary: "Started programs keep pipes open."
        ) { fault in
            fault.acquired = { handle in
                if handle.kind == .pipe { NativeFault.leaveOpenOnExec(handle.number) }
                return handle
            }
        },
    ]

    private static let availability: [Saboteur] = [
        .setUp(
            "availability.configuration-is-corrected", breaks: "availability.typed-reason",
            summary: "A configuration that cannot be is replaced by one that can."
        ) { (factory, configuration) throws(Unavailability) in
            do throws(Unavailability) { return try factory.make(configuration) } catch {
                if error.reason != .invalidConfiguration { throw error }
                return try factory.make(BackendConfiguration())
            }
        },
        .setUp(
            "availability.reason-is-lost", breaks: "availability.typed-reason",
            summary: "Whatever keeps a backend from being set up is said to be missing."
        ) { (factory, configuration) throws(Unavailability) in
            do throws(Unavailability) { return try factory.make(configuration) } catch {
                throw Unavailability(.missing, subject: error.subject, detail: error.detail, remedy: error.remedy)
            }
        },
        .setUp("availability.denial-is-a-crash", breaks: "availability.probed", summary: "A denied system call ends the process.") {
            (factory, configuration) throws(Unavailability) in
            do throws(Unavailability) { return try factory.make(configuration) } catch {
                NativeFault.raise(SIGKILL)
                throw error
            }
        },
        .backend(
            "availability.mechanism-is-wrong", breaks: "availability.mechanism",
            summary: "An operation that works is published as unsupported."
        ) { fault in
            fault.mechanism = { kind, mechanism in kind == .synchronize ? .unsupported : mechanism }
        },
        .backend(
            "availability.timer-unsupported", breaks: "availability.mechanism", summary: "A timer is published as unsupported, and works."
        ) { fault in
            fault.mechanism = { kind, mechanism in kind == .timer ? .unsupported : mechanism }
        },
    ]
}

/// Counts the backends that have ended in this process.
private enum BackendEnds {
    private static let ends = Atomic(0)

    static var count: Int { ends.load(ordering: .relaxed) }
    static func note() { ends.add(1, ordering: .relaxed) }
}
