// Which handles an operation of a history needs and makes.

import IOSpec

extension SymbolicOperation {
    /// The handles that it makes, in the order of their making.
    var makes: [Symbol] {
        switch self {
        case .open(_, _, _, let made), .accept(_, let made): [made]
        case .acceptMultishot(_, let made): made
        case .receiveHandles(_, _, let made): made
        default: []
        }
    }

    /// The handles that it is given.
    var uses: [Symbol] {
        switch self {
        case .nop, .timer: []
        case .close(let handle), .read(let handle, _, _, _), .write(let handle, _, _, _), .append(let handle, _), .truncate(let handle, _),
            .allocate(let handle, _, _, _), .punchHole(let handle, _, _), .synchronize(let handle, _), .status(let handle),
            .list(let handle), .listPiece(let handle, _), .setPermissions(let handle, _), .setTimes(let handle, _, _),
            .advise(let handle, _, _, _), .receiveHandles(let handle, _, _), .setOption(let handle, _, _), .option(let handle, _),
            .lock(let handle, _), .unlock(let handle), .receive(let handle, _, _),
            .receiveExactly(let handle, _), .send(let handle, _, _), .sendZeroCopy(let handle, _), .accept(let handle, _),
            .shutDown(let handle, _), .receiveMessage(let handle, _), .readiness(let handle, _),
            .acceptMultishot(let handle, _), .readinessMultishot(let handle, _):
            [handle]
        case .open(let directory, _, _, _), .pathStatus(let directory, _, _), .readLink(let directory, _),
            .symbolicLink(let directory, _, _),
            .unlink(let directory, _), .makeDirectory(let directory, _), .removeDirectory(let directory, _):
            [directory]
        case .hardLink(let first, _, let second, _), .rename(let first, _, let second, _, _), .splice(let first, let second, _, _),
            .connect(let first, let second), .receiveMultishot(let first, let second):
            [first, second]
        case .passHandles(let handles, _, let end): [end] + handles
        case .sendMessage(let handle, _, let receiver): [handle] + (receiver.map { [$0] } ?? [])
        }
    }
}

extension SymbolicOperation {
    /// Whether its result stands for the handle that it makes.
    var makesByResult: Bool {
        switch self {
        case .open, .accept: true
        default: false
        }
    }
}

extension SymbolicResource {
    /// How many handles acquiring it makes.
    var makesCount: Int {
        switch self {
        case .pair: 2
        case .refused: 0
        default: 1
        }
    }
}
