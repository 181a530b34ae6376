// Whom a lock on a file keeps out.

/// How a file is locked; the lock binds only those who lock, too.
public enum LockMode: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    /// Others may lock it shared as well.
    case shared
    /// Nobody else may.
    case exclusive
}
