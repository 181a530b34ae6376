// Locking files, in the words of the cases.

public import IOSpec

extension CaseContext {
    /// Locks a handle, which must succeed.
    public func lock(_ handle: Handle, _ mode: LockMode = .exclusive) throws {
        try expect(perform(.file(.lock(handle, mode))), moves: 0, "locking")
    }

    /// Gives up a handle's lock, which must succeed.
    public func unlock(_ handle: Handle) throws {
        try expect(perform(.file(.unlock(handle))), moves: 0, "unlocking")
    }

    /// Whether a handle can be locked at once; it is locked then.
    public func tryLock(_ handle: Handle, _ mode: LockMode = .exclusive) throws -> Bool {
        let completion = try perform(.file(.lock(handle, mode)), deadline: .distantPast)
        if completion.error == nil { return true }
        try expect(completion, failsWith: .timedOut, "a lock that cannot be had at once")
        return false
    }

    /// Checks that a handle can be locked at once; it is locked then.
    public func expectFree(_ handle: Handle, _ when: @autoclosure () -> String, mode: LockMode = .exclusive, clause: String) throws {
        try expect(tryLock(handle, mode), "the file can be locked at once \(when())", clause: clause)
    }

    /// Checks that a handle cannot be locked now.
    public func expectLocked(_ handle: Handle, _ when: @autoclosure () -> String, mode: LockMode = .exclusive, clause: String) throws {
        try expect(!tryLock(handle, mode), "the file cannot be locked \(when())", clause: clause)
    }
}
