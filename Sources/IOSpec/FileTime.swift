// One of the times of a file, as an operation sets it.

/// What becomes of a time.
public enum FileTime: BitwiseCopyable, Hashable, Sendable {
    /// It stays.
    case unchanged
    /// The present, by the clock of the file system.
    case now
    /// Nanoseconds since the start of 1970; the file system may keep them less exactly.
    case at(Int64)
}
