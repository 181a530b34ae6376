// Why a kernel interface stopped waiting.

/// The answer of ``KernelInterface/wait(until:into:)``.
public enum WaitOutcome: BitwiseCopyable, Sendable {
    /// There are events, or the deadline has come, or neither: the engine looks and waits again.
    case progressed
    /// Someone used the waker.
    case woken
}
