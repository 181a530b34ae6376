// What handles refer to.

import IOSpec

/// Everything that a handle can refer to.
enum Thing {
    case file(OpenFile)
    case directory(OpenDirectory)
    case pipe(PipeEnd)
    case stream(StreamEnd)
    case listener(Listener)
    case messages(MessageEnd)

    /// What is common to all.
    var description: Description {
        switch self {
        case .file(let file): file
        case .directory(let directory): directory
        case .pipe(let end): end
        case .stream(let end): end
        case .listener(let listener): listener
        case .messages(let end): end
        }
    }
}
