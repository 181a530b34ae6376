// Operations on what has positions, and on directories as such.

/// What is done with a file or directory. There is no current position: each transfer names its offset (clause `file.positional`).
public enum FileOperation: BitwiseCopyable, Hashable, Sendable {
    /// Fills the region from `at` on; completes with the bytes read, fewer only at the end of the file (clauses `file.full-transfer`, `file.end-of-file`).
    case read(Handle, into: MemoryRegion, at: Int64)
    /// Writes the region at `at`; completes with the bytes written (clause `file.full-transfer`).
    case write(Handle, from: MemoryRegion, at: Int64)
    /// Fills the segments one after the other from `at` on.
    case readVectored(Handle, into: SegmentList, at: Int64)
    /// Writes the segments one after the other at `at`.
    case writeVectored(Handle, from: SegmentList, at: Int64)
    /// Writes the region at the end of a file that was opened for appending (clauses `file.append`, `file.append-concurrent`).
    case append(Handle, from: MemoryRegion)
    /// Brings contents and status to storage (clause `file.sync-covers`).
    case synchronize(Handle)
    /// Brings contents, and what is needed to read them again, to storage.
    case synchronizeData(Handle)
    /// Fills the region, which has exactly the size of a ``FileStatus``, with one.
    case status(Handle, into: MemoryRegion)
    /// Makes the file `to` bytes long: what is cut off is lost, what is added reads as zeros.
    case truncate(Handle, to: Int64)
    /// Takes storage for `count` bytes, at least 1, from `at` on, and makes the file longer where they reach beyond its end, unless `keepsSize`
    /// (clauses `space.allocate`, `space.range`).
    case allocate(Handle, at: Int64, count: Int64, keepsSize: Bool)
    /// Gives the storage of `count` bytes, at least 1, back: they read as zeros, and the size stays (clause `space.punch-hole`).
    case punchHole(Handle, at: Int64, count: Int64)
    /// Tells how `count` bytes from `at` on will be used, 0 for all that follow; changes nothing but speed (clause `file.advise`).
    case advise(Handle, at: Int64, count: Int64, Advice)
    /// Sets the permission bits of a file or directory (clause `file.set-permissions`).
    case setPermissions(Handle, UInt16)
    /// Sets when a file or directory was read and changed (clause `file.set-times`).
    case setTimes(Handle, access: FileTime, modification: FileTime)
    /// Waits until the file can be locked, and locks it for this handle. Locking a handle again changes the mode of its lock, which it does not hold while it waits
    /// for that. Closing the last handle that has the lock gives it up; one that came in a message has it in common with the one that was passed. A deadline in the past only tries
    /// (clauses `lock.excludes`, `lock.waits`, `lock.mode`, `lock.released`, `lock.cancel`).
    case lock(Handle, LockMode)
    /// Gives up the handle's lock; one that holds none changes nothing. Locking and unlocking one handle keep the order of their submission.
    case unlock(Handle)
    /// Fills the region with ``DirectoryEntry`` records, at least one and no more than fit, that come after a cursor, 0 for the first; completes with the bytes
    /// filled, or 0 after the last. A region too short for one is `.invalidArgument` (clauses `directory.list`, `directory.cursor`).
    case list(Handle, into: MemoryRegion, after: UInt64)
}
