// The operations without their arguments, for tables.

/// Which operation, for reports and for the table of mechanisms.
public enum OperationKind: UInt8, BitwiseCopyable, Sendable, CaseIterable {
    case nop, close
    case timer
    case open
    case read, write, readVectored, writeVectored, append, synchronize, synchronizeData, status, truncate
    case receive, send, accept, connect, shutDown
}

extension Operation {
    /// Which operation this is.
    public var kind: OperationKind {
        switch self {
        case .control(.nop): .nop
        case .control(.close): .close
        case .time(.timer): .timer
        case .path(.open): .open
        case .file(.read): .read
        case .file(.write): .write
        case .file(.readVectored): .readVectored
        case .file(.writeVectored): .writeVectored
        case .file(.append): .append
        case .file(.synchronize): .synchronize
        case .file(.synchronizeData): .synchronizeData
        case .file(.status): .status
        case .file(.truncate): .truncate
        case .stream(.receive): .receive
        case .stream(.send): .send
        case .stream(.accept): .accept
        case .stream(.connect): .connect
        case .stream(.shutDown): .shutDown
        }
    }

    /// The handle that the operation acts on, or nil when it needs none.
    public var handle: Handle? {
        switch self {
        case .control(.nop), .time: nil
        case .control(.close(let handle)): handle
        case .path(.open(let handle, _, _, _)): handle
        case .file(let operation): operation.handle
        case .stream(let operation): operation.handle
        }
    }
}

extension FileOperation {
    /// The file that the operation acts on.
    public var handle: Handle {
        switch self {
        case .read(let handle, _, _), .write(let handle, _, _), .readVectored(let handle, _, _), .writeVectored(let handle, _, _),
            .append(let handle, _), .synchronize(let handle), .synchronizeData(let handle), .status(let handle, _),
            .truncate(let handle, _):
            handle
        }
    }
}

extension StreamOperation {
    /// The stream, pipe or listener that the operation acts on.
    public var handle: Handle {
        switch self {
        case .receive(let handle, _), .send(let handle, _), .accept(let handle), .connect(let handle, _), .shutDown(let handle, _):
            handle
        }
    }
}
