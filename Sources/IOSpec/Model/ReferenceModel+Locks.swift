// Judging locks.

extension ReferenceModel {
    /// Two handles never surely have locks that exclude each other.
    mutating func judgeLock(_ operation: ModelOperation, _ result: ModelResult, _ handle: Int, _ mode: LockMode) throws(Refusal) {
        try judgeKindOfLocked(operation, result, handle)
        guard case .count = result else { return }
        let excluder = locks.excluder(of: handle, mode, isSameFile: { isSameFile($0, handle) }, isContested: isLockContested)
        if let excluder {
            throw refusal("lock.excludes", of: operation, allowed: "no lock while h\(excluder) has one", result)
        }
    }

    mutating func judgeUnlock(_ operation: ModelOperation, _ result: ModelResult, _ handle: Int) throws(Refusal) {
        try judgeKindOfLocked(operation, result, handle)
    }

    /// Only files can be locked; whether this is one, the possible worlds know.
    private mutating func judgeKindOfLocked(_ operation: ModelOperation, _ result: ModelResult, _ handle: Int) throws(Refusal) {
        try expect(result, [.count(0), .failed(.wrongKind)], of: operation, "lock.waits")
        let isFile = result == .count(0)
        let isPossible = worlds.keep(changing: [], beside: [], times) { world in
            let isDirectory = world.tree.opened[handle].flatMap { world.tree.nodes[$0]?.isDirectory } ?? false
            return isDirectory != isFile ? [world] : []
        }
        if isPossible { return }
        let allowed = isFile ? "wrongKind, since it is a directory" : "0, since it is a file"
        throw refusal(isFile ? "handle.wrong-kind" : "lock.waits", of: operation, allowed: allowed, result)
    }

    /// Whether locking must go on waiting: for another handle's lock, or behind another that waits.
    func mayWaitForLock(_ operation: ModelOperation, _ handle: Int, _ mode: LockMode) -> Bool {
        if worlds.isLost || locks.mayExclude(handle, mode, mayBeSameFile: { mayBeSameFile($0, handle) }) { return true }
        return operations.values.contains { other in
            guard other.number != operation.number, case .lock(let rival, _) = other.operation else { return false }
            return mayBeSameFile(rival.index, handle)
        }
    }

    /// Whether something in flight may take a handle's lock away.
    private func isLockContested(_ handle: Int) -> Bool {
        operations.values.contains { other in
            switch other.operation {
            case .lock(let contested, _), .unlock(let contested), .close(let contested):
                contested.index == handle && other.mistakes.isEmpty
            default: false
            }
        }
    }

    private func isSameFile(_ first: Int, _ second: Int) -> Bool {
        !worlds.isLost && worlds.all.allSatisfy { $0.tree.opened[first] != nil && $0.tree.opened[first] == $0.tree.opened[second] }
    }

    private func mayBeSameFile(_ first: Int, _ second: Int) -> Bool {
        worlds.isLost || worlds.all.contains { $0.tree.opened[first] != nil && $0.tree.opened[first] == $0.tree.opened[second] }
    }
}
