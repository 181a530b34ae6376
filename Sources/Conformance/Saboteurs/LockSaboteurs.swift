// Faults of locks.

import IOSpec

enum LockSaboteurs {
    static let all: [Saboteur] = [
        .kernel("lock.keeps-nobody-out", breaks: "lock.excludes", summary: "Locking succeeds and does nothing.") { fault in
            fault.answer = { operation, _, _ in operation.kind == .lock ? .finished(0) : nil }
        },
        .kernel("lock.shared-excludes", breaks: "lock.excludes", summary: "Every lock is exclusive.") { fault in
            fault.start = { operation, handle in
                guard case .file(.lock(let file, _)) = operation else { return (operation, handle) }
                return (.file(.lock(file, .exclusive)), handle)
            }
        },
        .backend("lock.only-tries", breaks: "lock.waits", summary: "Locking never waits.") { fault in
            fault.submission = { submission in
                guard case .file(.lock) = submission.operation else { return submission }
                return Submission(submission.operation, deadline: .distantPast, isBarrier: submission.isBarrier)
            }
        },
        .kernel("lock.survives-unlock", breaks: "lock.released", summary: "Unlocking does nothing.") { fault in
            fault.answer = { operation, _, _ in operation.kind == .unlock ? .finished(0) : nil }
        },
        .kernel("lock.survives-close", breaks: "lock.released", summary: "A locked file that is closed stays locked.") {
            fault in
            var locked: Set<Int32> = []
            fault.start = { operation, handle in
                switch operation.kind {
                case .lock: locked.insert(handle.number)
                case .unlock: locked.remove(handle.number)
                case .close: if locked.remove(handle.number) != nil { NativeFault.leak(handle.number) }
                default: break
                }
                return (operation, handle)
            }
        },
        .kernel("lock.mode-stays", breaks: "lock.mode", summary: "A handle that holds a lock is not locked again.") { fault in
            var locked: Set<Int32> = []
            fault.answer = { operation, handle, _ in
                if operation.kind == .unlock || operation.kind == .close { locked.remove(handle.number) }
                return operation.kind == .lock && locked.contains(handle.number) ? .finished(0) : nil
            }
            fault.result = { started, result in
                if started.operation.kind == .lock, result == 0 { locked.insert(started.handle.number) }
                return result
            }
        },
        .kernel(
            "lock.gained-by-cancelled", breaks: "lock.cancel",
            summary: "A lock that was cancelled is had as soon as its holder gives it up."
        ) { fault in
            var ghosts: Set<Int32> = []
            fault.result = { started, result in
                switch started.operation.kind {
                case .lock where result.isError(.cancelled): ghosts.insert(started.handle.number)
                case .close: ghosts.remove(started.handle.number)
                case .unlock: ghosts.forEach(NativeFault.lock)
                default: break
                }
                return result
            }
        },
    ]
}
