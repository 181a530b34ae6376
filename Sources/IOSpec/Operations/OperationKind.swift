// The operations without their arguments, for tables.

/// Which operation, for reports and for the table of mechanisms.
public enum OperationKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    case nop, close
    case timer
    case open, pathStatus, readLink, symbolicLink, hardLink, rename, unlink, makeDirectory, removeDirectory
    case read, write, readVectored, writeVectored, append, synchronize, synchronizeData, status, truncate
    case allocate, punchHole, advise, setPermissions, setTimes, lock, unlock, list
    case receive, receiveExactly, receiveVectored, send, sendVectored, sendZeroCopy, splice
    case accept, acceptMultishot, receiveMultishot, connect, shutDown, setOption, option
    case sendMessage, receiveMessage
    case readiness, readinessMultishot, processEnd

    /// Whether such an operation may have completions with more to follow.
    public var isMultishot: Bool {
        switch self {
        case .acceptMultishot, .receiveMultishot, .readinessMultishot: true
        default: false
        }
    }
}

extension Operation {
    /// Which operation this is.
    public var kind: OperationKind {
        switch self {
        case .control(let operation): operation.kind
        case .time(.timer): .timer
        case .path(let operation): operation.kind
        case .file(let operation): operation.kind
        case .stream(let operation): operation.kind
        case .message(.send): .sendMessage
        case .message(.receive): .receiveMessage
        case .watch(.readiness): .readiness
        case .watch(.readinessMultishot): .readinessMultishot
        case .watch(.processEnd): .processEnd
        }
    }
}

extension ControlOperation {
    /// Which operation this is.
    public var kind: OperationKind {
        switch self {
        case .nop: .nop
        case .close: .close
        }
    }
}

extension PathOperation {
    /// Which operation this is.
    public var kind: OperationKind {
        switch self {
        case .open: .open
        case .status: .pathStatus
        case .readLink: .readLink
        case .symbolicLink: .symbolicLink
        case .hardLink: .hardLink
        case .rename: .rename
        case .unlink: .unlink
        case .makeDirectory: .makeDirectory
        case .removeDirectory: .removeDirectory
        }
    }
}

extension FileOperation {
    /// Which operation this is.
    public var kind: OperationKind {
        switch self {
        case .read: .read
        case .write: .write
        case .readVectored: .readVectored
        case .writeVectored: .writeVectored
        case .append: .append
        case .synchronize: .synchronize
        case .synchronizeData: .synchronizeData
        case .status: .status
        case .truncate: .truncate
        case .allocate: .allocate
        case .punchHole: .punchHole
        case .advise: .advise
        case .setPermissions: .setPermissions
        case .setTimes: .setTimes
        case .lock: .lock
        case .unlock: .unlock
        case .list: .list
        }
    }
}

extension StreamOperation {
    /// Which operation this is.
    public var kind: OperationKind {
        switch self {
        case .receive: .receive
        case .receiveExactly: .receiveExactly
        case .receiveVectored: .receiveVectored
        case .send: .send
        case .sendVectored: .sendVectored
        case .sendZeroCopy: .sendZeroCopy
        case .splice: .splice
        case .accept: .accept
        case .acceptMultishot: .acceptMultishot
        case .receiveMultishot: .receiveMultishot
        case .connect: .connect
        case .shutDown: .shutDown
        case .setOption: .setOption
        case .option: .option
        }
    }
}
