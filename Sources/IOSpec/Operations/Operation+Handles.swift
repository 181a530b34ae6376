// The handles that operations name.

extension Operation {
    /// The handle that the operation acts on, or nil when it needs none.
    public var handle: Handle? {
        switch self {
        case .control(.nop), .time: nil
        case .control(.close(let handle)): handle
        case .path(let operation): operation.handle
        case .file(let operation): operation.handle
        case .stream(let operation): operation.handle
        case .message(.send(let handle, _)), .message(.receive(let handle, _)): handle
        case .watch(.readiness(let handle, _)), .watch(.readinessMultishot(let handle, _)), .watch(.processEnd(let handle)): handle
        }
    }

    /// The second handle of an operation that acts on two; nil for any other.
    public var secondHandle: Handle? {
        switch self {
        case .path(.hardLink(_, _, let second, _)), .path(.rename(_, _, let second, _, _)): second
        case .stream(.splice(_, let second, _, _)): second
        default: nil
        }
    }
}

extension PathOperation {
    /// The directory that the path is resolved beneath.
    public var handle: Handle {
        switch self {
        case .open(let handle, _, _, _), .status(let handle, _, _, _), .readLink(let handle, _, _), .symbolicLink(let handle, _, _),
            .hardLink(let handle, _, _, _), .rename(let handle, _, _, _, _), .unlink(let handle, _), .makeDirectory(let handle, _, _),
            .removeDirectory(let handle, _):
            handle
        }
    }

    /// The path.
    public var path: PathReference {
        switch self {
        case .open(_, let path, _, _), .status(_, let path, _, _), .readLink(_, let path, _), .symbolicLink(_, let path, _),
            .hardLink(_, let path, _, _), .rename(_, let path, _, _, _), .unlink(_, let path), .makeDirectory(_, let path, _),
            .removeDirectory(_, let path):
            path
        }
    }
}

extension FileOperation {
    /// The file or directory that the operation acts on.
    public var handle: Handle {
        switch self {
        case .read(let handle, _, _), .write(let handle, _, _), .readVectored(let handle, _, _), .writeVectored(let handle, _, _),
            .append(let handle, _), .synchronize(let handle), .synchronizeData(let handle), .status(let handle, _),
            .truncate(let handle, _), .allocate(let handle, _, _, _), .punchHole(let handle, _, _), .advise(let handle, _, _, _),
            .setPermissions(let handle, _), .setTimes(let handle, _, _), .lock(let handle, _), .unlock(let handle), .list(let handle, _, _):
            handle
        }
    }
}

extension StreamOperation {
    /// The stream, pipe or listener that the operation acts on; for a splice, where it moves from.
    public var handle: Handle {
        switch self {
        case .receive(let handle, _), .receiveExactly(let handle, _), .receiveVectored(let handle, _), .send(let handle, _),
            .sendVectored(let handle, _), .sendZeroCopy(let handle, _), .splice(let handle, _, _, _), .accept(let handle),
            .acceptMultishot(let handle), .receiveMultishot(let handle, _), .connect(let handle, _), .shutDown(let handle, _),
            .setOption(let handle, _, _), .option(let handle, _):
            handle
        }
    }
}
