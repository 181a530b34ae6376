// Operations that begin with a path beneath a directory.

/// What begins with a path. Each resolves its path beneath its directory and acts on the last component there, without following it unless
/// it says so (clauses `path.beneath`, `path.last-component`, `path.errors`, `path.malformed`).
public enum PathOperation: BitwiseCopyable, Hashable, Sendable {
    /// Opens `path` beneath a directory; completes with a number that `IOBackend.handle(madeBy:)` turns into the handle that was
    /// made. `permissions` are those of a file that is made, less what the system withholds
    /// (clauses `path.create`, `path.named-pipe`).
    case open(beneath: Handle, path: PathReference, options: OpenOptions, permissions: UInt16)

    /// Fills the region, which has exactly the size of a ``FileStatus``, with that of the name; of a symbolic link itself unless
    /// `followsLink` (clause `path.status`).
    case status(beneath: Handle, path: PathReference, into: MemoryRegion, followsLink: Bool)

    /// Fills the region with the target of a symbolic link, without a closing zero; completes with its length. A region that is too short
    /// for it is `.invalidArgument`, never a shortened target (clause `link.read`).
    case readLink(beneath: Handle, path: PathReference, into: MemoryRegion)

    /// Makes a symbolic link at `path` that says `target`, which need not exist (clause `link.symbolic`).
    case symbolicLink(beneath: Handle, path: PathReference, target: PathReference)

    /// Gives the file at `path` another name (clause `link.hard`).
    case hardLink(beneath: Handle, path: PathReference, toDirectory: Handle, toPath: PathReference)

    /// Moves the name `path`, in one step (clauses `rename.moves`, `rename.exclusive`, `rename.exchange`).
    case rename(beneath: Handle, path: PathReference, toDirectory: Handle, toPath: PathReference, RenameMode)

    /// Removes the name of anything but a directory (clause `unlink.removes`).
    case unlink(beneath: Handle, path: PathReference)

    /// Makes an empty directory; `permissions` are as in `open` (clause `directory.make`).
    case makeDirectory(beneath: Handle, path: PathReference, permissions: UInt16)

    /// Removes an empty directory (clause `directory.remove`).
    case removeDirectory(beneath: Handle, path: PathReference)
}
