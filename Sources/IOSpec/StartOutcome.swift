// What became of starting an operation in the kernel.

/// The answer of ``KernelInterface/start(_:_:on:)``.
public enum StartOutcome: BitwiseCopyable, Sendable {
    /// An event for the slot will come.
    case pending
    /// Over already, and no event will come. `result` and `made` are as in ``KernelEvent``.
    case finished(result: Int32, made: HandleKind)
    /// Nothing was started: the kernel's queue is full. The engine holds the operation back and asks again after the next wait.
    case full

    /// Over already, with `result`, and no handle was made.
    public static func finished(_ result: Int32) -> StartOutcome { .finished(result: result, made: .file) }
}
