// Operations that begin with a path beneath a directory.

/// What begins with a path.
public enum PathOperation: BitwiseCopyable, Hashable, Sendable {
    /// Opens `path` beneath a directory; completes with a number that `IOBackend.handle(madeBy:)` turns into the handle that was
    /// made. `permissions` are those of a file that is made, less what the system withholds
    /// (clauses `path.beneath`, `path.errors`, `path.named-pipe`).
    case open(beneath: Handle, path: PathReference, options: OpenOptions, permissions: UInt16)
}
