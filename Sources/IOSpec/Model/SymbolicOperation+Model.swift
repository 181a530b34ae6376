// What the reference model asks of an operation, whatever the state.

extension SymbolicOperation {
    /// The permissions with which a history makes files, and directories.
    public static var filePermissions: UInt16 { 0o644 }
    public static var directoryPermissions: UInt16 { 0o750 }

    /// The handles that are used; the listener of a connect is only an address.
    var usedHandles: [Symbol] {
        switch self {
        case .nop, .timer: []
        case .hardLink(let first, _, let second, _), .rename(let first, _, let second, _, _), .splice(let first, let second, _, _):
            [first, second]
        case .close(let handle), .open(let handle, _, _, _), .pathStatus(let handle, _, _), .readLink(let handle, _),
            .symbolicLink(let handle, _, _), .unlink(let handle, _), .makeDirectory(let handle, _), .removeDirectory(let handle, _),
            .read(let handle, _, _, _), .write(let handle, _, _, _), .append(let handle, _), .truncate(let handle, _),
            .allocate(let handle, _, _, _), .punchHole(let handle, _, _), .synchronize(let handle, _), .status(let handle),
            .list(let handle), .listPiece(let handle, _), .setPermissions(let handle, _), .setTimes(let handle, _, _),
            .advise(let handle, _, _, _), .passHandles(_, _, let handle), .receiveHandles(let handle, _, _),
            .setOption(let handle, _, _), .option(let handle, _), .lock(let handle, _), .unlock(let handle), .receive(let handle, _, _),
            .receiveExactly(let handle, _), .send(let handle, _, _), .sendZeroCopy(let handle, _), .accept(let handle, _),
            .connect(let handle, _), .shutDown(let handle, _), .sendMessage(let handle, _, _), .receiveMessage(let handle, _),
            .readiness(let handle, _), .acceptMultishot(let handle, _), .receiveMultishot(let handle, _),
            .readinessMultishot(let handle, _):
            [handle]
        }
    }

    /// The handles that go with a message. What becomes of them does not end it.
    var passedHandles: [Symbol] {
        if case .passHandles(let handles, _, _) = self { return handles }
        return []
    }

    /// The symbol that stands for what the operation makes.
    var madeSymbol: Int? {
        switch self {
        case .open(_, _, _, let made), .accept(_, let made): made.index
        default: nil
        }
    }

    /// The bytes that are to be moved, of a transfer that can be short.
    var requestedCount: Int? {
        switch self {
        case .read(_, let count, _, _), .receive(_, let count, _), .receiveExactly(_, let count), .splice(_, _, let count, _): count
        case .write(_, let payload, _, _), .append(_, let payload), .send(_, let payload, _), .sendZeroCopy(_, let payload): payload.count
        default: nil
        }
    }

    /// The same, also of a message over a stream, which has no borders there.
    var streamCount: Int? {
        switch self {
        case .sendMessage(_, let payload, _), .passHandles(_, let payload, _): payload.count
        case .receiveMessage(_, let room), .receiveHandles(_, let room, _): room
        default: requestedCount
        }
    }

    /// The paths, each with the directory that it is resolved beneath; none when this is no path operation.
    var paths: [(directory: Int, path: String)] {
        switch self {
        case .open(let directory, let path, _, _), .pathStatus(let directory, let path, _), .readLink(let directory, let path),
            .symbolicLink(let directory, let path, _), .unlink(let directory, let path), .makeDirectory(let directory, let path),
            .removeDirectory(let directory, let path):
            [(directory.index, path)]
        case .hardLink(let directory, let path, let toDirectory, let toPath),
            .rename(let directory, let path, let toDirectory, let toPath, _):
            [(directory.index, path), (toDirectory.index, toPath)]
        default: []
        }
    }

    /// Whether it is about what is opened, and judged by the possible worlds when its handle is such.
    var isAboutFiles: Bool {
        switch self {
        case .read, .write, .append, .truncate, .allocate, .punchHole, .synchronize, .status, .list, .setPermissions, .setTimes, .advise:
            true
        default: !paths.isEmpty
        }
    }

    /// Whether what it does can be seen by others.
    var changesFiles: Bool {
        switch self {
        case .open(_, _, let options, _): !options.isDisjoint(with: [.creating, .truncating, .temporary])
        case .symbolicLink, .hardLink, .rename, .unlink, .makeDirectory, .removeDirectory, .write, .append, .truncate, .allocate,
            .punchHole, .setPermissions:
            true
        default: false
        }
    }
}
