// Who has locked which file.

/// The locks that handles hold, as far as completions have told.
struct ModelLocks: Sendable {
    private enum Hold: Sendable {
        case sure(LockMode)
        /// Locking again was given up, after which it holds its old lock or none.
        case unsure
    }

    private var holds: [Int: Hold] = [:]

    mutating func noteEnd(of operation: ModelOperation, _ result: ModelResult) {
        switch (operation.operation, result) {
        case (.lock(let handle, let mode), .count): holds[handle.index] = .sure(mode)
        case (.lock(let handle, _), .failed) where holds[handle.index] != nil: holds[handle.index] = .unsure
        case (.unlock(let handle), .count): holds[handle.index] = nil
        default: break
        }
    }

    mutating func close(_ handle: Int) { holds[handle] = nil }

    /// A handle that surely keeps `handle` from being locked; nil when there is none. `isContested` says whether its lock may be on its way out.
    func excluder(of handle: Int, _ mode: LockMode, isSameFile: (Int) -> Bool, isContested: (Int) -> Bool) -> Int? {
        holds.keys.sorted().first { other in
            guard other != handle, case .sure(let held) = holds[other], mode == .exclusive || held == .exclusive else { return false }
            return isSameFile(other) && !isContested(other)
        }
    }

    /// Whether another handle may have a lock that is in the way.
    func mayExclude(_ handle: Int, _ mode: LockMode, mayBeSameFile: (Int) -> Bool) -> Bool {
        holds.contains { other, hold in
            guard other != handle, mayBeSameFile(other) else { return false }
            if case .sure(.shared) = hold, mode == .shared { return false }
            return true
        }
    }
}
