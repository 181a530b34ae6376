// Operations that are about operations and handles themselves.

/// Nothing, and closing.
public enum ControlOperation: BitwiseCopyable, Hashable, Sendable {
    /// Completes with 0.
    case nop
    /// Cancels the handle's operations, awaits them, then closes it; completes with 0 (clauses `close.cancels`, `close.ends-stream`, `handle.stale`).
    case close(Handle)
}
