// What a task is told when its operation is over.

import IOSpec

/// The result of an operation, and the handle that it made, if it makes one.
struct Outcome: BitwiseCopyable, Sendable {
    let result: Int32
    var handle = Handle.invalid

    /// An operation that came to nothing.
    static func failed(_ cause: IOError.Cause) -> Outcome { Outcome(result: IOError(cause).encoded) }

    /// What the operation failed with, if its result is negative.
    var error: IOError { IOError(encoded: result) ?? IOError(.other) }
}
