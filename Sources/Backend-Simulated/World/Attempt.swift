// What one try at an operation came to.

import IOSpec

/// The answer of every `attempt`. A try has no effect unless it is over.
enum Attempt {
    /// Over; as in ``KernelEvent``.
    case over(Int32, made: HandleKind = .file, alignment: DirectAlignment = .none)
    /// It would wait: to be tried again when one of the two signals is given, and not at all when it was stopped.
    case waits(Signal, Signal? = nil)

    /// A wait that lasts has something to tell, as in ``KernelEvent``, and goes on as one that waits for the two signals.
    case tells(Int32, Signal, Signal)

    static func failed(_ cause: IOError.Cause) -> Attempt { .over(IOError(cause).encoded) }
}
