// Operations on what has positions.

/// What is done with a file. There is no current position: each transfer names its offset (clause `file.positional`).
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
}
