// What a loop has to know of an operation before it submits it.

import IOSpec

extension Operation {
    /// Whether it makes a handle.
    var makesHandle: Bool {
        switch self {
        case .path(.open), .stream(.accept): true
        default: false
        }
    }

    /// Whether it may wait for somebody else as long as that takes, so that it must be possible to cancel it. Anything else is over soon by itself, and a task that is
    /// cancelled meanwhile waits for it.
    var mayWaitForOthers: Bool {
        switch self {
        case .control, .file(.read), .file(.write), .file(.readVectored), .file(.writeVectored), .file(.append), .file(.synchronize),
            .file(.synchronizeData), .file(.status), .file(.truncate), .file(.allocate), .file(.punchHole), .file(.advise),
            .file(.setPermissions), .file(.setTimes), .file(.unlock), .file(.list):
            false
        case .stream(.shutDown), .stream(.setOption), .stream(.option): false
        case .path(.open), .file(.lock), .stream, .message, .watch, .time: true
        case .path: false
        }
    }
}
