// How large a backend is set up.

/// What a program chooses when it sets a backend up.
public struct BackendConfiguration: BitwiseCopyable, Hashable, Sendable {
    /// The operations that may be accepted and not yet reaped, in `1 ... 2^20`. Their slots are reserved at set-up.
    public var operations: Int
    /// The handles that may be open, in `1 ... 2^20`.
    public var handles: Int
    /// The entries of the kernel's submission queue, in `1 ... 2^15`; a burst beyond it is held back, never lost. An interface without such a queue hands
    /// over at most so many requests at a time, if it does that by batches.
    public var submissionQueue: Int
    /// The entries of the kernel's completion queue, in `1 ... 2^16`. An interface without such a queue takes at most so many events at a time.
    public var completionQueue: Int
    /// The worker threads for calls that block for a bounded time, in `1 ... 1024`.
    public var workers: Int

    /// A configuration; the defaults suit a program with one event loop.
    public init(operations: Int = 4096, handles: Int = 65_536, submissionQueue: Int = 256, completionQueue: Int = 4096, workers: Int = 4) {
        self.operations = operations
        self.handles = handles
        self.submissionQueue = submissionQueue
        self.completionQueue = completionQueue
        self.workers = workers
    }
}
